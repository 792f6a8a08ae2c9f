"""States that only move forward."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st
from recado.model.communication import CommunicationState
from recado.rules.communications import communication_id, joined, receipted

from tests.rules.test_contacts import message

RECEIPTS: tuple[CommunicationState, ...] = ("sent", "delivered", "read", "failed")


def after(*receipts: CommunicationState) -> CommunicationState:
    communication = message().model_copy(update={"state": "queued"})
    for receipt in receipts:
        communication = receipted(communication, receipt)
    return communication.state


def test_every_order_of_the_receipts_ends_in_the_same_state() -> None:
    assert {after(*order) for order in permutations(RECEIPTS)} == {"read"}


@given(st.lists(st.sampled_from(RECEIPTS), max_size=12))
def test_repeats_and_gaps_never_move_a_state_back(receipts: list[CommunicationState]) -> None:
    for n in range(len(receipts)):
        assert joined(after(*receipts[:n]), after(*receipts)) == after(*receipts)


def test_a_failure_holds_against_a_late_sent_but_not_against_a_proof_of_delivery() -> None:
    assert after("failed", "sent") == "failed"
    assert after("failed", "delivered") == "delivered"


def test_a_receipt_that_tells_nothing_new_gives_back_the_same_communication() -> None:
    read = message().model_copy(update={"state": "read"})
    assert receipted(read, "delivered") is read


def test_the_same_event_of_two_clinics_has_two_ids() -> None:
    ids = {communication_id(tenant, "whatsapp", "1", "wamid.1") for tenant in ("a", "b", "a")}
    assert len(ids) == 2


def test_ids_do_not_run_into_each_other() -> None:
    assert communication_id("a", "b", "c", "d") != communication_id("a", "b", "cd", "")

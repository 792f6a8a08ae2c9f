"""What may happen to a contact."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Conflict
from recado.model.communication import Communication
from recado.model.contact import Callback, Contact
from recado.model.tenant import Agent
from recado.rules import contacts

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
ANA = Agent(id="ana", name="Ana")


def new_contact() -> Contact:
    return contacts.opened(
        "p1", 1, now=NOW, channel="whatsapp", account="1", address="5511987654321", language="pt-BR"
    )


def message(text: str = "Olá") -> Communication:
    return Communication(
        id="m1",
        patient="p1",
        channel="whatsapp",
        account="1",
        address="5511987654321",
        direction="inbound",
        kind="text",
        text=text,
        author="patient",
        state="received",
        at=NOW,
        moment="m",
    )


def test_a_new_contact_is_due_a_minute_later_should_nobody_route_it() -> None:
    assert new_contact().due_at == NOW + timedelta(seconds=60)


def test_what_a_patient_says_shows_in_the_list_and_counts_as_unread() -> None:
    after = contacts.heard(new_contact(), message("Bom dia " * 40), NOW, pending=False)
    assert (after.unread, len(after.last_text), after.last_inbound_at) == (1, contacts.PREVIEW, NOW)


LINE = "whatsapp/1/5511987654321"


def said(hours_ago: float) -> Communication:
    return message().model_copy(update={"provider_at": NOW - timedelta(hours=hours_ago)})


def test_a_message_that_comes_late_opens_the_window_from_when_it_was_written() -> None:
    after = contacts.heard(new_contact(), said(20), NOW, pending=False)
    assert (after.heard_at, after.last_inbound_at) == ({LINE: NOW - timedelta(hours=20)}, NOW)


def test_a_clock_that_is_ahead_of_ours_and_one_that_tells_nothing_count_as_now() -> None:
    for one in (said(-1), message()):
        assert contacts.heard(new_contact(), one, NOW, pending=False).heard_at == {LINE: NOW}


@given(st.permutations([1, 5, 20, 30]))
def test_in_whatever_order_messages_come_the_window_runs_from_the_last_that_was_written(
    order: list[int],
) -> None:
    contact = new_contact()
    for hours in order:
        contact = contacts.heard(contact, said(hours), NOW, pending=False)
    assert contact.heard_at == {LINE: NOW - timedelta(hours=1)}


def test_what_needs_automatic_handling_makes_an_assigned_contact_due_again() -> None:
    assigned = contacts.assigned(new_contact(), ANA)
    after = contacts.heard(assigned, message(), NOW, pending=True)
    assert (after.pending, after.due_at) == (("m1",), NOW + timedelta(seconds=60))


def test_taking_a_contact_does_not_lose_what_still_needs_automatic_handling() -> None:
    pending = contacts.heard(new_contact(), message(), NOW, pending=True)
    assert contacts.assigned(pending, ANA).due_at == pending.due_at


def test_handling_the_last_pending_message_of_an_assigned_contact_leaves_nothing_due() -> None:
    pending = contacts.heard(contacts.assigned(new_contact(), ANA), message(), NOW, pending=True)
    after = contacts.handled(pending, "m1")
    assert (after.pending, after.due_at) == ((), None)


def test_handling_a_message_leaves_an_unassigned_contact_due() -> None:
    pending = contacts.heard(new_contact(), message(), NOW, pending=True)
    assert contacts.handled(pending, "m1").due_at == pending.due_at


def test_an_answer_takes_a_waiting_contact_and_stops_the_clock_once() -> None:
    first = contacts.answered(contacts.waiting(new_contact()), "Bom dia", ANA, NOW)
    second = contacts.answered(first, "E então?", ANA, NOW + timedelta(minutes=5))
    assert (second.state, second.agent, second.answered_at) == ("assigned", "ana", NOW)


def test_a_transferred_contact_waits_anew_in_the_other_queue() -> None:
    later = NOW + timedelta(minutes=3)
    after = contacts.waiting(contacts.assigned(new_contact(), ANA), "billing", later)
    assert (after.state, after.agent, after.queue, after.waiting_since) == ("waiting", None, "billing", later)


def test_a_closed_contact_refuses_everything() -> None:
    closed = contacts.closed(new_contact(), "resolved", NOW)
    changes: list[Callable[[], Contact]] = [
        lambda: contacts.closed(closed, "resolved", NOW),
        lambda: contacts.assigned(closed, ANA),
        lambda: contacts.waiting(closed),
        lambda: contacts.answered(closed, "", ANA, NOW),
    ]
    for change in changes:
        with pytest.raises(Conflict):
            change()


def test_what_is_still_to_be_handled_stays_so_when_an_agent_closes_over_it() -> None:
    pending = contacts.heard(contacts.assigned(new_contact(), ANA), message(), NOW, pending=True)
    closed = contacts.closed(pending, "resolved", NOW)
    assert (closed.state, closed.pending, closed.due_at) == ("closed", ("m1",), pending.due_at)
    after = contacts.handled(closed, "m1")
    assert (after.state, after.pending, after.due_at) == ("closed", (), None)


def test_a_closed_contact_with_nothing_left_to_handle_is_never_due() -> None:
    assert contacts.closed(contacts.waiting(new_contact()), "resolved", NOW).due_at is None


def heard(**changes: object) -> Contact:
    """A contact whose one message has just been handled."""
    contact = contacts.heard(new_contact(), message(), NOW, pending=False)
    return contact.model_copy(update=changes)


def test_what_served_itself_is_closed_and_counts_as_answered() -> None:
    after = contacts.self_served(heard(), "confirmed", NOW)
    assert (after.state, after.disposition, after.answered_at) == ("closed", "confirmed", NOW)


@pytest.mark.parametrize(
    "waits",
    [
        {"unread": 2},
        {"pending": ("m2",)},
        {"callback": Callback(phone="+5511987654321", due_at=NOW)},
        {"reason": "missed_call"},
        {"state": "assigned", "agent": "ana"},
        {"state": "closed", "disposition": "resolved"},
    ],
)
def test_nothing_is_closed_over_what_waits_for_a_person_nor_opened_again(waits: dict[str, object]) -> None:
    contact = heard(**waits)
    assert contacts.self_served(contact, "opted_out", NOW) == contacts.answered_by_itself(contact)


@given(st.lists(st.integers(min_value=-600, max_value=600), min_size=2, max_size=20))
def test_places_on_the_timeline_only_go_forward_whatever_the_clocks_say(skews: list[int]) -> None:
    contact, moments = new_contact(), []
    for skew in skews:
        contact, moment = contacts.placed(contact, NOW + timedelta(seconds=skew))
        moments.append(moment)
    assert moments == sorted(set(moments))

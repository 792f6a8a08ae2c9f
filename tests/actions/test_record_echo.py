"""A message of the clinic's that its provider tells us of: our own come back, or one typed in another app."""

from __future__ import annotations

from typing import Any

import pytest
from recado.actions.close import close
from recado.actions.deliver import claim, settle
from recado.actions.record import record
from recado.actions.reply import reply
from recado.channels import Received
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules.sending import LEASE
from recado.store import contacts, patients, rows

from tests.actions.test_record import told
from tests.cloud import Cloud
from tests.samples import NOW, later, received
from tests.visits import FIRST, booked, overtaken, reminded, said, view

pytestmark = pytest.mark.usefixtures("clinic")


def echo(text: str = "Até amanhã!", message_id: str = "mid.1", **event: Any) -> Received:
    return received(text, message_id, name="", **event)._replace(kind="echo", key=f"echo/{message_id}")


def entries() -> list[Communication]:
    (link,) = view().links
    return contacts.timeline("boavista", link.patient)[0]


def outgoing() -> list[Communication]:
    return [one for one in entries() if one.direction == "outbound"]


def contact() -> Contact:
    found = contacts.latest_contact("boavista", view().links[0].patient)
    assert found is not None
    return found


def answered(text: str = "Temos sim.") -> Communication:
    """Maria has written, Ana has answered, and the answer is in delivery's hands."""
    record("boavista", received("Bom dia"), NOW)
    stored = reply("boavista", "ana", contact().id, text, NOW)
    claimed = claim("boavista", stored.id, NOW)
    assert claimed is not None
    return claimed


def test_what_staff_typed_elsewhere_is_on_the_timeline_as_theirs() -> None:
    record("boavista", received("Bom dia"), NOW)
    record("boavista", echo(), later(minutes=1))
    (typed,) = outgoing()
    assert (typed.author, typed.state, typed.text, typed.contact) == (
        "staff",
        "sent",
        "Até amanhã!",
        contact().id,
    )
    assert (contact().spoken_at, contact().answered_at, contact().unread) == (
        later(minutes=1),
        later(minutes=1),
        0,
    )


def test_after_it_a_short_answer_is_not_taken_for_one_to_our_question() -> None:
    booked()
    assert reminded() == ["72h"]
    record("boavista", received("Oi"), FIRST)
    record("boavista", echo("Quer vir às 10?"), FIRST.replace(minute=45))
    _, message = said("sim", "wamid.2", now=FIRST.replace(minute=50))
    assert message.question is None


def test_the_same_echo_again_changes_nothing(clinic: Cloud) -> None:
    record("boavista", received("Bom dia"), NOW)
    record("boavista", echo(), later(minutes=1))
    before = clinic.items("contacts")
    for minutes in (2, 60 * 24 * 8):
        record("boavista", echo(), later(minutes=minutes))
    assert clinic.items("contacts") == before


def test_our_own_message_that_comes_back_after_it_was_settled_stays_one() -> None:
    settle("boavista", answered(), "mid.1", NOW)
    record("boavista", echo("Temos sim."), later(minutes=1))
    assert [(one.author, one.state) for one in outgoing()] == [("agent:ana", "sent")]


def test_our_own_message_that_comes_back_before_it_was_settled_stays_one() -> None:
    claimed = answered()
    record("boavista", echo("Temos sim."), NOW)
    settle("boavista", claimed, "mid.1", later(seconds=2))
    (one,) = outgoing()
    assert (one.author, one.state, one.provider_id) == ("agent:ana", "sent", "mid.1")


def test_it_is_ours_though_the_timeline_lags_behind_the_claim() -> None:
    record("boavista", received("Bom dia"), NOW)
    stored = reply("boavista", "ana", contact().id, "Temos sim.", NOW)
    events, name = rows._connection.client.meta.events, "after-call.dynamodb.Query"

    def claimed_meanwhile(parsed: Any, **_: Any) -> None:
        if any("timeline" in item for item in parsed["Items"]):
            events.unregister(name, claimed_meanwhile)
            assert claim("boavista", stored.id, NOW)

    events.register(name, claimed_meanwhile)
    record("boavista", echo("Temos sim."), later(seconds=1))
    assert [(one.author, one.state) for one in outgoing()] == [("agent:ana", "sent")]


def test_where_its_sender_died_all_that_is_told_of_it_later_finds_it() -> None:
    answered()
    record("boavista", told("delivered", "mid.1"), NOW)
    record("boavista", echo("Temos sim."), later(seconds=1))
    assert [(one.state, one.provider_id) for one in outgoing()] == [("delivered", "mid.1")]
    record("boavista", told("read", "mid.1"), later(minutes=1))
    record("boavista", echo("Temos sim."), later(hours=25))
    assert [(one.author, one.state) for one in outgoing()] == [("agent:ana", "read")]


def test_of_two_with_the_same_words_neither_is_lost_whichever_comes_back_first() -> None:
    first = answered("Sim.")
    second = claim("boavista", reply("boavista", "ana", contact().id, "Sim.", NOW).id, NOW + LEASE)
    assert second is not None
    record("boavista", echo("Sim.", "mid.1"), NOW)
    settle("boavista", first, "mid.1", NOW)
    settle("boavista", second, "mid.2", NOW)
    record("boavista", echo("Sim.", "mid.2"), NOW)
    assert [(one.state, one.provider_id) for one in outgoing()] == [("sent", "mid.1"), ("sent", "mid.2")]


def test_it_is_known_by_our_reference_whatever_became_of_its_words() -> None:
    claimed = answered()
    record("boavista", echo("Temos sim.\n1 Confirmar", reference=claimed.id), NOW)
    settle("boavista", claimed, "mid.1", later(seconds=2))
    assert [one.author for one in outgoing()] == ["agent:ana"]


def test_an_echo_that_was_taken_for_anothers_is_ours_once_it_is_settled() -> None:
    """The words were changed on their way, and the provider kept no reference."""
    claimed = answered()
    record("boavista", echo("Temos sim. 🙂"), NOW)
    assert [one.author for one in outgoing()] == ["agent:ana", "staff"]
    settle("boavista", claimed, "mid.1", later(seconds=2))
    assert [(one.author, one.state, one.provider_id) for one in outgoing()] == [
        ("agent:ana", "sent", "mid.1")
    ]
    record("boavista", told("read", "mid.1"), later(minutes=1))
    assert [one.state for one in outgoing()] == ["read"]


def test_a_reference_of_another_app_says_nothing() -> None:
    answered()
    record("boavista", echo("Outra coisa", reference="crm-123"), NOW)
    assert [one.author for one in outgoing()] == ["agent:ana", "staff"]


@pytest.mark.parametrize("echo_first", [True, False])
def test_echo_and_settling_at_once_leave_one_message(echo_first: bool) -> None:
    claimed = answered()

    def come_back() -> None:
        record("boavista", echo("Temos sim."), NOW)

    def be_settled() -> None:
        settle("boavista", claimed, "mid.1", NOW)

    first, second = (come_back, be_settled) if echo_first else (be_settled, come_back)
    with overtaken(first):
        second()
    assert [(one.author, one.state, one.provider_id) for one in outgoing()] == [
        ("agent:ana", "sent", "mid.1")
    ]


def test_receipts_of_what_staff_typed_count_in_any_order() -> None:
    record("boavista", received("Bom dia"), NOW)
    record("boavista", told("delivered", "mid.1"), NOW)
    record("boavista", echo(), NOW)
    record("boavista", told("read", "mid.1"), NOW)
    assert [one.state for one in outgoing()] == ["read"]


def test_a_closed_contact_stays_closed_when_staff_write() -> None:
    record("boavista", received("Bom dia"), NOW)
    close("boavista", contact().id, "resolved", NOW)
    record("boavista", echo(), later(minutes=1))
    assert (contact().state, contact().number, contact().spoken_at) == ("closed", 1, later(minutes=1))


def test_whom_staff_write_to_first_is_a_lead_without_a_contact() -> None:
    record("boavista", echo(), NOW)
    (link,) = view().links
    assert patients.get("boavista", link.patient).kind == "lead"
    assert contacts.latest_contact("boavista", link.patient) is None
    assert [one.author for one in outgoing()] == ["staff"]


def test_another_clinics_message_is_not_ours() -> None:
    claimed = answered()
    record("delsol", echo("Temos sim.", reference=claimed.id), NOW)
    assert [one.state for one in outgoing()] == ["claimed"]


@pytest.mark.parametrize(
    ("kind", "author", "direction"), [("message", "patient", "inbound"), ("echo", "staff", "outbound")]
)
def test_what_was_before_we_came_is_kept_at_its_time_and_opens_nothing(
    kind: Any, author: str, direction: str
) -> None:
    old = received("Bom dia", historic=True)._replace(kind=kind, at="2026-06-01T12:00:00Z")
    for _ in range(2):
        record("boavista", old, NOW)
    (one,) = entries()
    assert (one.author, one.direction, one.contact) == (author, direction, None)
    assert one.moment.startswith("2026-06-01T12:00:00")
    assert contacts.open_contacts("boavista") == ([], None)


def test_a_word_to_stop_of_long_ago_stops_nobody_now() -> None:
    old = received("PARAR", historic=True)._replace(at="2026-06-01T12:00:00Z")
    record("boavista", old, NOW)
    assert patients.get("boavista", view().links[0].patient).opted_out == frozenset()

"""The desk calls somebody back: reached, or asked for a time and called again, up to a cap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from recado.actions.record import record
from recado.actions.respond import respond
from recado.actions.take import take
from recado.errors import Conflict, NotFound, Stale, Unavailable
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.follow_up import AttemptOutcome
from recado.model.patient import Quiet
from recado.model.reachability import Reachability, SlotCount
from recado.model.record import iso
from recado.model.tenant import Account
from recado.rules.day_parts import slot_of
from recado.store import contacts, patients, reachability, tenants

from tests.actions.test_desk import lost_answer
from tests.calls import CALLER
from tests.pursuit import CALLED, attempted, her_contact, her_texts, missed, swept
from tests.samples import BOAVISTA, BRUNO, NOW, later, received
from tests.visits import booked, opted_out, overtaken

pytestmark = pytest.mark.usefixtures("clinic")
EVENING = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
"""18:00 in São Paulo: the first moment of the part of the day in which most are reached."""


@pytest.fixture(autouse=True)
def owed(clinic: object) -> Contact:
    return missed()


def hands(agent: str = "ana") -> set[str]:
    return set(tenants.agent("boavista", agent).assigned)


def written_about(now: datetime) -> None:
    """The text about her call came to nothing, so that the day's one is still to be written."""
    (text,) = her_texts("missed_call")
    contacts.save_communication("boavista", text.model_copy(update={"state": "failed"}))


def test_who_is_not_reached_is_called_again_at_another_hour_and_out_of_sight_until_then(
    owed: Contact,
) -> None:
    take("boavista", "ana", owed.id, CALLED)
    contact = attempted("voicemail", note="caixa postal")
    assert (contact.state, contact.agent, hands()) == ("scheduled", None, set())
    assert contact.callback is not None
    assert (contact.callback.phone, contact.callback.due_at, contact.due_at) == (CALLER, EVENING, EVENING)
    assert contact.callback.why is not None
    assert (contact.callback.why.kind, contact.callback.why.part) == ("ladder", "evening")
    assert contact.follow_up is not None
    (attempt,) = contact.follow_up.attempts
    assert (attempt.outcome, attempt.by, attempt.at, attempt.note) == (
        "voicemail",
        "agent:ana",
        CALLED,
        "caixa postal",
    )
    assert contact == her_contact()


def test_at_its_time_it_goes_back_to_whom_it_was_with(owed: Contact) -> None:
    tenants.save_agent("boavista", BRUNO)
    attempted()
    assert swept(EVENING - timedelta(minutes=1)).state == "scheduled"
    contact = swept(EVENING + timedelta(minutes=1))
    assert (contact.state, contact.agent) == ("assigned", "ana")
    assert contact.callback is not None
    assert hands() == {owed.id}


def test_when_nobody_has_a_hand_free_it_waits_in_its_queue() -> None:
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "away"}))
    attempted()
    contact = swept(EVENING)
    assert (contact.state, contact.waiting_since) == ("waiting", EVENING)


def test_she_is_asked_for_a_time_and_what_she_names_is_the_time(owed: Contact) -> None:
    written_about(NOW)
    attempted()
    (text,) = her_texts("called_you")
    assert (text.state, text.channel, text.purpose, text.contact) == (
        "queued",
        "whatsapp",
        "text_back",
        owed.id,
    )
    assert "Quando podemos ligar?" in text.text
    assert text.not_after == CALLED + timedelta(hours=1)
    soon = CALLED + timedelta(minutes=5)
    record("boavista", received("amanhã às 10", "wamid.t")._replace(at=iso(soon)), soon)
    assert her_contact().state == "new"
    respond("boavista", owed.id, soon)
    contact = her_contact()
    ten = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    assert contact.callback is not None
    assert (contact.state, contact.callback.due_at, contact.callback.agreed) == ("scheduled", ten, True)
    assert contact.follow_up is not None
    assert contact.follow_up.end is None


def test_a_time_that_she_has_named_wins_over_a_planned_one(owed: Contact) -> None:
    record("boavista", received("amanhã às 10", "wamid.t"), later(minutes=5))
    respond("boavista", owed.id, later(minutes=5))
    contact = attempted()
    assert contact.callback is not None
    assert contact.callback.due_at == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    assert contact.callback.agreed


def test_her_number_is_written_to_once_a_day() -> None:
    attempted()
    assert her_texts("called_you") == []  # the text about her call is the day's
    attempted(now=EVENING)
    assert her_texts("called_you") == []
    attempted(now=EVENING + timedelta(hours=15))
    attempted(now=EVENING + timedelta(hours=17))
    assert len(her_texts("called_you")) == 1


def test_in_quiet_hours_nothing_is_written(owed: Contact) -> None:
    written_about(NOW)
    known = patients.get("boavista", owed.patient)
    quiet = Quiet(begins="10:00", ends="13:00")
    patients.put("boavista", known.model_copy(update={"quiet": quiet}))
    contact = attempted()
    assert her_texts("called_you") == []
    assert contact.callback is not None
    assert contact.callback.asked_at is None


def test_on_a_day_on_which_the_clinic_is_closed_nothing_is_written(owed: Contact) -> None:
    written_about(NOW)
    clinic = tenants.fresh("boavista")
    tenants.save_tenant("boavista", clinic.model_copy(update={"closed_days": (CALLED.date(),)}))
    attempted()
    assert her_texts("called_you") == []


def test_each_text_takes_another_way_where_there_is_one(owed: Contact) -> None:
    tenants.save_account("boavista", Account(tenant="boavista", channel="email", id="ola@boavista.example"))
    tenants.forget()
    known = patients.get("boavista", owed.patient)
    email = ContactPoint(system="email", value="maria@mail.example")
    points = (*known.contact_points, email)
    patients.put("boavista", known.model_copy(update={"contact_points": points}))
    for day in (1, 2):
        attempted(now=CALLED + timedelta(days=day, hours=day))
    assert {one.channel for one in her_texts("called_you")} == {"whatsapp", "email"}


def ladder(outcome: AttemptOutcome = "no_answer") -> list[datetime]:
    """Attempts in vain, each when it is due, until there are no more; the times of them all."""
    now, tried = CALLED, []
    while her_contact().state != "closed":
        tried.append(now)
        owed = attempted(outcome, now).callback
        now = owed.due_at if owed else now
    return tried


def test_after_the_cap_she_is_unreachable_and_told_kindly_once(owed: Contact) -> None:
    tried = ladder()
    assert len(tried) == BOAVISTA.callback_attempts
    contact = her_contact()
    assert (contact.state, contact.disposition, contact.callback) == ("closed", "unreachable", None)
    assert contact.follow_up is not None
    assert (contact.follow_up.end, contact.follow_up.ended_at) == ("unreachable", tried[-1])
    slots = [slot_of(one, BOAVISTA.timezone) for one in tried]
    assert len(set(slots)) == len(slots)
    (last,) = her_texts("not_reached")
    assert BOAVISTA.phone in last.text
    with pytest.raises(Conflict):
        attempted(now=tried[-1])


def test_the_clinic_says_how_often_is_enough() -> None:
    stored = tenants.get("boavista")
    tenants.save_tenant("boavista", stored.model_copy(update={"callback_attempts": 2}))
    tenants.forget()
    assert len(ladder()) == 2


def test_what_worked_at_this_clinic_decides_when(owed: Contact) -> None:
    counted = Reachability(slots={"1/midday": SlotCount(tried=40, reached=38)})
    reachability.put("boavista", counted)
    contact = attempted()
    assert contact.callback is not None
    assert contact.callback.why is not None
    assert (contact.callback.why.kind, contact.callback.why.tried) == ("learnt", 40)
    assert slot_of(contact.callback.due_at, BOAVISTA.timezone) == (1, "midday")


@pytest.mark.parametrize(
    ("outcome", "state", "disposition"),
    [("reached", "assigned", None), ("booked", "closed", "booked"), ("declined", "closed", "declined")],
)
def test_who_was_spoken_to_is_not_called_again(
    owed: Contact, outcome: AttemptOutcome, state: str, disposition: str | None
) -> None:
    contact = attempted(outcome)
    assert (contact.state, contact.disposition, contact.callback) == (state, disposition, None)
    assert (contact.answered_at, contact.unread) == (CALLED, 0)
    assert contact.follow_up is not None
    assert (contact.follow_up.end, contact.follow_up.ended_at) == (outcome, CALLED)
    assert hands() == ({owed.id} if state == "assigned" else set())
    assert her_texts("called_you", "not_reached") == []


def test_at_a_wrong_number_she_is_neither_called_nor_written_to(owed: Contact) -> None:
    written_about(NOW)
    contact = attempted("wrong_number")
    assert (contact.state, contact.disposition) == ("closed", "unreachable")
    assert her_texts("called_you", "not_reached") == []


def test_who_has_another_number_is_called_there(owed: Contact) -> None:
    known = patients.get("boavista", owed.patient)
    second = ContactPoint(system="phone", value="+551133334444")
    points = (*known.contact_points, second)
    patients.put("boavista", known.model_copy(update={"contact_points": points}))
    contact = attempted("wrong_number")
    assert contact.callback is not None
    assert (contact.state, contact.callback.phone) == ("scheduled", second.value)
    assert attempted("wrong_number", EVENING).disposition == "unreachable"


def test_who_wants_to_hear_nothing_is_left_alone(owed: Contact) -> None:
    opted_out(owed.patient)
    contact = attempted()
    assert (contact.state, contact.disposition) == ("closed", "opted_out")
    assert contact.follow_up is not None
    assert contact.follow_up.end == "declined"
    assert her_texts("called_you", "not_reached") == []


def test_who_stops_us_before_the_next_attempt_is_not_called(owed: Contact) -> None:
    attempted()
    opted_out(owed.patient)
    assert swept(EVENING).disposition == "opted_out"


def test_whoever_writes_is_reached_and_seen_at_once(owed: Contact) -> None:
    attempted()
    soon = CALLED + timedelta(minutes=5)
    record("boavista", received("Oi, era sobre a minha consulta", "wamid.t"), soon)
    respond("boavista", owed.id, soon)
    contact = her_contact()
    assert (contact.state, contact.agent) == ("assigned", "ana")
    assert contact.follow_up is not None
    assert (contact.follow_up.end, contact.follow_up.ended_at) == ("reached", soon)


def test_a_visit_settles_it() -> None:
    attempted()
    booked(now=CALLED + timedelta(minutes=5))
    contact = her_contact()
    assert (contact.state, contact.disposition, contact.callback) == ("closed", "booked", None)
    assert contact.follow_up is not None
    assert contact.follow_up.end == "booked"


def test_the_same_request_again_is_the_same_attempt(owed: Contact) -> None:
    first = attempted(once="key-1", version=owed.version)
    assert attempted(once="key-1", version=owed.version) == first
    with lost_answer("TransactWriteItems"), pytest.raises(Unavailable):
        attempted("busy", EVENING, once="key-2")
    again = attempted("busy", EVENING + timedelta(seconds=9), once="key-2")
    assert again.follow_up is not None
    assert [one.outcome for one in again.follow_up.attempts] == ["no_answer", "busy"]


def test_two_attempts_at_once_are_both_kept(owed: Contact) -> None:
    with overtaken(lambda: attempted("busy")):
        attempted("no_answer", CALLED + timedelta(seconds=1))
    found = her_contact().follow_up
    assert found is not None
    assert sorted(one.outcome for one in found.attempts) == ["busy", "no_answer"]


def test_who_has_seen_another_version_is_told(owed: Contact) -> None:
    with pytest.raises(Stale):
        attempted(version=owed.version + 7)


def test_it_is_an_agents_of_this_clinic(owed: Contact) -> None:
    from recado.actions.note_attempt import note_attempt  # noqa: PLC0415

    nobody: dict[str, Any] = {"outcome": "busy", "now": CALLED}
    with pytest.raises(NotFound):
        note_attempt("boavista", "nobody", owed.id, **nobody)
    with pytest.raises(NotFound):
        note_attempt("delsol", "lucia", owed.id, **nobody)


def test_who_wrote_and_is_called_in_vain_is_followed_up_too() -> None:
    record("boavista", received("Me liguem", "wamid.9", "5521998760002"), NOW)
    found = next(one for one in contacts.open_contacts("boavista")[0] if one.reason == "message")
    from recado.actions.note_attempt import note_attempt  # noqa: PLC0415

    contact = note_attempt("boavista", "ana", found.id, "no_answer", later(minutes=20))
    assert contact.callback is not None
    assert (contact.state, contact.callback.phone) == ("scheduled", "+5521998760002")
    assert contact.follow_up is not None
    assert contact.follow_up.since == NOW

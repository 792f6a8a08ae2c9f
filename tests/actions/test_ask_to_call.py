"""Nobody has answered: another channel, then a person, who is told when they need not call any more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from recado.actions.answer_question import answer_question
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.move_appointment import move_appointment
from recado.actions.remind import remind
from recado.actions.route import route
from recado.model.appointment import Appointment
from recado.model.contact import Contact
from recado.model.tenant import Account
from recado.rules.replies import read
from recado.store import contacts, tenants

from tests.samples import ANA
from tests.visits import FIRST, SECOND, START, booked, now_is, opted_out, said, written

pytestmark = pytest.mark.usefixtures("clinic")
MORNING = START - timedelta(minutes=90)
"""In quiet hours at first, the message of three hours before and the call are due at their end."""
MINUTE = timedelta(minutes=1)


def unanswered(start: str = "2026-11-30T09:30") -> Appointment:
    """A visit about which everything was sent, and to which nothing was said."""
    visit = booked(start=start)
    for now in (FIRST, SECOND, MORNING, MORNING + MINUTE):
        remind("boavista", now)
    return visit


def latest(visit: Appointment) -> Contact:
    found = contacts.latest_contact("boavista", visit.patient)
    assert found is not None
    return found


def sweep(now: datetime) -> None:
    remind("boavista", now)


def test_a_visit_that_nobody_confirmed_is_a_persons_task_with_its_deadline() -> None:
    visit = unanswered()
    contact = latest(visit)
    assert (contact.reason, contact.state, contact.patient_name) == ("unconfirmed", "new", "Maria Silva")
    (task,) = contact.unconfirmed
    assert (task.appointment, task.schedule, task.start) == (visit.id, 1, START)
    assert [one.state for one in now_is(visit).reminders] == ["sent"] * 4


def test_there_is_one_however_often_the_clock_fires() -> None:
    visit = unanswered()
    for minutes in (2, 3, 30):
        sweep(MORNING + minutes * MINUTE)
    assert latest(visit).number == 1
    assert len(latest(visit).unconfirmed) == 1


def test_who_is_in_a_conversation_already_is_called_from_there() -> None:
    visit = booked()
    contact, _ = said("Bom dia, tenho uma dúvida", now=FIRST)
    for now in (FIRST, SECOND, MORNING, MORNING + MINUTE):
        sweep(now)
    assert latest(visit).id == contact.id
    assert [one.appointment for one in latest(visit).unconfirmed] == [visit.id]


def test_who_has_confirmed_gets_neither_the_last_message_nor_a_call() -> None:
    visit = booked()
    sweep(FIRST)
    contact, message = said("1", now=FIRST)
    assert answer_question("boavista", contact, message, read("1", None), FIRST)
    assert [one.reason for one in now_is(visit).reminders[2:]] == ["confirmed", "confirmed"]
    for now in (SECOND, MORNING, MORNING + MINUTE, START):
        sweep(now)
    assert [one.at for one in written(visit.patient, "reminder")] == [FIRST, SECOND]
    assert latest(visit).unconfirmed == ()


def test_an_answer_to_the_last_message_settles_the_task_and_closes_its_contact() -> None:
    visit = unanswered()
    contact, message = said("1", now=MORNING + 5 * MINUTE)
    assert answer_question("boavista", contact, message, read("1", None), MORNING + 5 * MINUTE)
    closed = latest(visit)
    assert (closed.state, closed.disposition, closed.unconfirmed) == ("closed", "confirmed", ())
    sweep(MORNING + 6 * MINUTE)
    assert (now_is(visit).task, now_is(visit).due_at) == (None, None)


def test_the_agent_who_was_to_call_has_a_hand_free_when_they_have_answered() -> None:
    visit = unanswered()
    assert route("boavista", latest(visit).id, MORNING).agent == ANA.id
    contact, message = said("1", now=MORNING + 5 * MINUTE)
    assert answer_question("boavista", contact, message, read("1", None), MORNING + 5 * MINUTE)
    sweep(MORNING + 6 * MINUTE)
    assert (latest(visit).state, latest(visit).disposition) == ("closed", "confirmed")
    assert tenants.agent("boavista", ANA.id).assigned == frozenset()


@pytest.mark.parametrize(("done", "disposition"), [("cancelled", "cancelled"), ("moved", "moved")])
def test_what_the_desk_does_to_the_visit_settles_it_too(done: str, disposition: str) -> None:
    visit = unanswered()
    if done == "cancelled":
        cancel_appointment("boavista", visit.id, MORNING, author="agent:ana")
    else:
        move_appointment("boavista", visit.id, "2026-12-07T09:30", MORNING, author="agent:ana")
    sweep(MORNING + 2 * MINUTE)
    assert (latest(visit).state, latest(visit).disposition) == ("closed", disposition)
    assert now_is(visit).task is None


def test_a_task_that_nobody_got_to_ends_when_the_visit_begins() -> None:
    visit = unanswered()
    sweep(START)
    assert (latest(visit).state, latest(visit).disposition) == ("closed", "no_answer")
    assert now_is(visit).due_at is None


def test_a_contact_that_holds_something_else_stays_open() -> None:
    visit = unanswered()
    said("Onde fica a clínica?", now=MORNING + 2 * MINUTE)
    cancel_appointment("boavista", visit.id, MORNING + 3 * MINUTE, author="agent:ana")
    sweep(MORNING + 4 * MINUTE)
    assert (latest(visit).state, latest(visit).unconfirmed) == ("new", ())


def test_nobody_is_asked_to_call_whoever_wants_no_reminders() -> None:
    visit = booked()
    opted_out(visit.patient)
    for now in (FIRST, SECOND, MORNING, MORNING + MINUTE):
        sweep(now)
    assert contacts.latest_contact("boavista", visit.patient) is None
    assert {one.reason for one in now_is(visit).reminders} == {"opted_out"}


def test_the_last_message_goes_by_another_channel_than_those_that_were_not_answered() -> None:
    sms = Account(tenant="boavista", channel="twilio_sms", id="551140000000", display="SMS")
    tenants.save_account("boavista", sms)
    tenants.forget()
    visit = booked()
    for now in (FIRST, SECOND, MORNING):
        sweep(now)
    went = [one.channel for one in written(visit.patient, "reminder")]
    assert went == ["whatsapp", "whatsapp", "twilio_sms"]


def test_where_there_is_no_other_channel_it_goes_by_the_same() -> None:
    visit = booked()
    for now in (FIRST, SECOND, MORNING):
        sweep(now)
    last = written(visit.patient, "reminder")[-1]
    assert (last.channel, last.template and last.template.name) == ("whatsapp", "reminder_3h")

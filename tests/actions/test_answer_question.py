"""The patient's "1", "sim" or pressed button: applied once, to the visit that it answers, as it was asked."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from recado.actions.answer_question import answer_question
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.close import close
from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import answer_flow
from recado.actions.move_appointment import move_appointment
from recado.actions.record import record
from recado.actions.remind import remind
from recado.actions.reply import reply
from recado.actions.respond import respond
from recado.actions.sweep import sweep
from recado.channels import Received
from recado.errors import Stale
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules.replies import Reply, read
from recado.store import contacts, tenants

from tests import calls
from tests.cloud import Cloud
from tests.counter import counted
from tests.samples import NOW, PHONE, received
from tests.visits import FIRST, SECOND, START, booked, now_is, overtaken, reminded, said, view, written

pytestmark = pytest.mark.usefixtures("clinic")
MINUTE = timedelta(minutes=1)


def answered(said_so: tuple[Contact, Communication]) -> bool:
    contact, communication = said_so
    reply = read(communication.text, communication.payload)
    return answer_question("boavista", contact, communication, reply, FIRST + MINUTE)


def contact_now(contact: Contact) -> Contact:
    return contacts.get_contact("boavista", contact.id)


@pytest.mark.parametrize("text", ["1", "Sim", "confirmo"])
def test_a_confirmation_is_noted_answered_and_closes_the_contact(text: str) -> None:
    appointment = booked()
    reminded()
    contact, communication = said(text)
    assert answered((contact, communication))
    assert now_is(appointment).confirmation == "confirmed"
    assert now_is(appointment).status == "booked"
    closed = contact_now(contact)
    assert (closed.state, closed.disposition, closed.answered_at) == ("closed", "confirmed", FIRST + MINUTE)
    assert closed.pending == ()
    (reply,) = written(appointment.patient, "self_service")
    assert (reply.state, reply.contact, reply.appointment) == ("queued", contact.id, appointment.id)
    assert "confirmada" in reply.text
    assert reply.template is None
    assert reply.address == communication.address
    assert view().questions == ()
    assert len(view().upcoming) == 1


def test_a_confirmed_visit_is_still_reminded_of() -> None:
    booked()
    reminded()
    answered(said("1"))
    assert reminded(SECOND) == ["72h", "24h"]


def test_a_cancellation_withdraws_all_that_hangs_on_the_visit() -> None:
    appointment = booked()
    reminded()
    contact, _ = said_so = said("2")
    assert answered(said_so)
    cancelled = now_is(appointment)
    assert (cancelled.status, cancelled.confirmation, cancelled.due_at) == ("cancelled", "declined", None)
    assert [one.state for one in cancelled.reminders] == ["sent", *["cancelled"] * 3]
    assert contact_now(contact).disposition == "cancelled"
    assert (view().questions, view().upcoming) == ((), ())
    assert [one.state for one in written(appointment.patient, "reminder")] == ["withdrawn"]
    assert remind("boavista", SECOND).due == 0


def test_a_pressed_button_answers_as_a_word_does() -> None:
    appointment = booked()
    reminded()
    assert answered(said("Confirmo", payload=f"confirm:{appointment.id}:1", type="button"))
    assert now_is(appointment).confirmation == "confirmed"


def test_the_same_answer_again_changes_nothing(clinic: Cloud) -> None:
    booked()
    reminded()
    contact, communication = said("1")
    assert answered((contact, communication))
    before = [clinic.items(table) for table in ("appointments", "contacts", "patients")]
    assert answered((contact_now(contact), communication))
    with pytest.raises(Stale):
        answered((contact, communication))
    respond("boavista", contact.id, FIRST + MINUTE)
    assert [clinic.items(table) for table in ("appointments", "contacts", "patients")] == before


def test_two_who_handle_the_same_answer_at_once_apply_it_once() -> None:
    appointment = booked()
    reminded()
    said_so = said("1")
    with overtaken(lambda: answered(said_so)), pytest.raises(Stale):
        answered(said_so)
    assert now_is(appointment).version == 3
    assert len(written(appointment.patient, "self_service")) == 1


def test_a_visit_moved_between_asking_and_answering_stays_as_it_is_and_is_asked_about_again() -> None:
    appointment = booked()
    reminded()
    contact, communication = said("2")
    moved = move_appointment("boavista", appointment.id, "2026-12-01T10:00", FIRST, author="agent:ana")
    assert answered((contact, communication))
    assert now_is(appointment) == moved
    (reply,) = written(appointment.patient, "self_service")
    assert "10:00" in reply.text
    (question,) = view().questions
    assert (question.version, question.communication) == (2, reply.id)
    assert contact_now(contact).state == "new"
    assert contact_now(contact).pending == ()


def test_a_button_under_an_old_reminder_is_about_the_old_time() -> None:
    appointment = booked()
    reminded()
    move_appointment("boavista", appointment.id, "2026-12-01T10:00", FIRST, author="agent:ana")
    remind("boavista", FIRST + timedelta(hours=24, minutes=30))
    said_so = said("Cancelo", payload=f"cancel:{appointment.id}:1", type="button")
    assert answered(said_so)
    assert now_is(appointment).status == "booked"


def test_an_answer_that_meets_a_move_in_the_making_is_decided_anew() -> None:
    appointment = booked()
    reminded()
    contact, _ = said("2")

    def move() -> None:
        move_appointment("boavista", appointment.id, "2026-12-01T10:00", FIRST, author="agent:ana")

    with overtaken(move):
        respond("boavista", contact.id, FIRST + MINUTE)
    assert now_is(appointment).status == "booked"
    assert contact_now(contact).state == "assigned"


def test_whoever_wants_to_come_to_a_cancelled_visit_gets_a_person() -> None:
    appointment = booked()
    reminded()
    contact, communication = said("1")
    cancel_appointment("boavista", appointment.id, FIRST, author="agent:ana")
    assert answered((contact, communication))
    assert now_is(appointment).status == "cancelled"
    assert contact_now(contact).state == "new"
    respond("boavista", contact.id, FIRST + MINUTE)
    assert contact_now(contact).state == "assigned"
    assert len(written(appointment.patient, "self_service")) == 1


def test_cancelling_what_the_clinic_has_cancelled_meanwhile_is_simply_acknowledged() -> None:
    appointment = booked()
    reminded()
    said_so = said("2")
    cancelled = cancel_appointment("boavista", appointment.id, FIRST, author="agent:ana")
    assert answered(said_so)
    assert now_is(appointment) == cancelled
    assert contact_now(said_so[0]).disposition == "cancelled"


def test_an_answer_after_the_visit_has_begun_is_for_a_person() -> None:
    appointment = booked()
    reminded(SECOND)
    contact, communication = said("1", now=START - MINUTE)
    assert answer_question("boavista", contact, communication, Reply("confirm"), START)
    assert now_is(appointment).confirmation == "none"
    assert contact_now(contact).state == "new"
    assert view().questions == ()


def test_a_contact_that_holds_something_else_unread_stays_open_for_a_person() -> None:
    appointment = booked()
    reminded()
    said("Preciso trocar meu convênio, como faço?", "wamid.0")
    contact, communication = said("1", payload=f"confirm:{appointment.id}:1", type="button")
    assert answered((contact, communication))
    assert now_is(appointment).confirmation == "confirmed"
    assert contact_now(contact).state == "new"


def test_a_contact_that_an_agent_has_stays_with_them() -> None:
    appointment = booked()
    reminded()
    contact, communication = said("1")
    owned = contact.model_copy(update={"state": "assigned", "agent": "ana", "agent_name": "Ana Souza"})
    contacts.save_contact("boavista", owned)
    assert answered((contact_now(contact), communication))
    assert now_is(appointment).confirmation == "confirmed"
    assert contact_now(contact).state == "assigned"


def test_an_answer_that_an_agent_closed_over_before_it_was_handled_still_counts(clinic: Cloud) -> None:
    appointment = booked()
    reminded()
    contact, _ = said("2")
    close("boavista", contact.id, "resolved", FIRST)
    sweep("boavista", FIRST + 2 * MINUTE)
    assert (now_is(appointment).status, now_is(appointment).confirmation) == ("cancelled", "declined")
    closed = contact_now(contact)
    assert (closed.state, closed.disposition, closed.pending, closed.due_at) == (
        "closed",
        "resolved",
        (),
        None,
    )
    assert len(written(appointment.patient, "self_service")) == 1
    assert tenants.agent("boavista", "ana").assigned == frozenset()


@pytest.mark.parametrize("days", [8, 400])
def test_ok_once_the_visit_has_begun_is_just_a_message(days: int) -> None:
    appointment = booked()
    reminded()
    contact, communication = said("ok", now=NOW + timedelta(days=days))
    assert communication.question is None
    assert contact.pending == ()
    assert now_is(appointment).confirmation == "none"


def test_a_word_in_a_new_contact_is_for_the_person_who_has_spoken_since_we_asked() -> None:
    booked()
    reminded()
    contact, _ = said("Tem estacionamento?", "wamid.0")
    reply("boavista", "ana", contact.id, "Tem sim!", FIRST + MINUTE)
    close("boavista", contact.id, "resolved", FIRST + MINUTE)
    following, communication = said("ok", now=FIRST + 2 * MINUTE)
    assert following.number == 2
    assert communication.question is None
    close("boavista", following.id, "resolved", FIRST + 3 * MINUTE)
    assert said("sim", "wamid.2", now=FIRST + 4 * MINUTE)[1].question is None


def test_our_own_answer_to_one_question_does_not_keep_another_from_being_answered() -> None:
    first = booked()
    second = booked(first.patient, "2026-11-30T15:00")
    remind("boavista", FIRST)
    answered(said("1"))
    remind("boavista", FIRST + timedelta(hours=5, minutes=30))
    _, communication = said("1", "wamid.2", now=FIRST + timedelta(hours=6))
    assert communication.question is not None
    assert communication.question.subject == second.id


def hidden(payload: str | None = None, text: str = "1", identity: str = "BR.1") -> Received:
    """What Maria says when she hides her number."""
    kept = received(text, "wamid.hidden", payload=payload)
    return kept._replace(identities=[("bsuid", identity)], sender=identity)


def with_both() -> Received:
    """What Maria said when she did not hide it yet."""
    return received("Oi", "wamid.both")._replace(identities=[("phone", f"+{PHONE}"), ("bsuid", "BR.1")])


@pytest.mark.parametrize("pressed", [True, False])
def test_an_answer_under_a_hidden_number_is_to_what_was_asked_at_the_number(pressed: bool) -> None:
    record("boavista", with_both(), NOW)
    (contact,), _ = contacts.open_contacts("boavista")
    close("boavista", contact.id, "resolved", NOW)
    appointment = booked()
    reminded()
    with counted() as seen:
        record("boavista", hidden(f"confirm:{appointment.id}:1" if pressed else None), FIRST)
    assert seen == ["Query", "Query", "Query", "TransactWriteItems"]
    respond("boavista", f"{appointment.patient}.2", FIRST + MINUTE)
    assert now_is(appointment).confirmation == "confirmed"
    assert view().questions == ()


def test_whoever_hides_a_number_that_was_learnt_after_them_answers_too() -> None:
    record("boavista", hidden(text="Oi", identity="BR.1"), NOW)
    record("boavista", with_both(), NOW)
    appointment = booked()
    reminded()
    again = hidden(f"cancel:{appointment.id}:1")
    record("boavista", again._replace(event={**again.event, "provider_id": "wamid.9"}), FIRST)
    respond("boavista", f"{appointment.patient}.1", FIRST + MINUTE)
    assert now_is(appointment).status == "cancelled"


def test_what_is_no_answer_costs_no_read_of_another_contact_point() -> None:
    record("boavista", with_both(), NOW)
    booked()
    reminded()
    with counted() as seen:
        record("boavista", hidden(text="Tem estacionamento?"), FIRST)
    assert seen == ["Query", "Query", "TransactWriteItems"]


def test_what_is_no_answer_or_answers_nothing_is_left_to_people() -> None:
    booked()
    contact, communication = said("1")
    assert communication.question is None
    assert not answered((contact, communication))
    reminded()
    contact, communication = said("talvez", "wamid.2")
    assert not answered((contact, communication))


def test_a_question_about_a_visit_that_is_gone_is_left_to_people() -> None:
    appointment = booked()
    reminded()
    contact, communication = said("1")
    gone = communication.question
    assert gone is not None
    lost = communication.model_copy(update={"question": gone.model_copy(update={"subject": "a-gone"})})
    assert not answered((contact, lost))
    assert now_is(appointment).confirmation == "none"


def test_an_answer_for_one_of_two_visits_leaves_the_other_alone() -> None:
    first = booked()
    second = booked(first.patient, "2026-11-30T15:00")
    remind("boavista", FIRST)
    remind("boavista", FIRST + timedelta(hours=5, minutes=30))
    assert answered(said("Cancelo", payload=f"cancel:{first.id}:1", type="button"))
    assert (now_is(first).status, now_is(second).status) == ("cancelled", "booked")
    assert [one.subject for one in view().questions] == [second.id]


def test_a_call_in_between_does_not_hide_that_a_person_has_spoken() -> None:
    booked()
    reminded()
    contact, _ = said("Tem estacionamento?", "wamid.0")
    reply("boavista", "ana", contact.id, "Tem sim!", FIRST + MINUTE)
    close("boavista", contact.id, "resolved", FIRST + MINUTE)
    answer_flow(calls.flow(), FIRST + 2 * MINUTE)
    for event in calls.events(calls.ANSWERED_CALL, start=FIRST + 2 * MINUTE):
        hear_call(json.dumps(event).encode(), FIRST + 5 * MINUTE)
    hear_call(
        json.dumps(calls.record(calls.ANSWERED_CALL, start=FIRST + 2 * MINUTE)).encode(), FIRST + 5 * MINUTE
    )
    following, communication = said("ok", now=FIRST + 6 * MINUTE)
    assert following.number > contact.number + 1
    assert communication.question is None

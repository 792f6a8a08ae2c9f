"""A patient tells us to stop: everybody whom the word may mean is stopped, and nothing else is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions import change_consent
from recado.actions.admit import Person
from recado.actions.close import close
from recado.actions.note_consent import note_consent
from recado.actions.opt_out import opt_out
from recado.actions.record import record
from recado.actions.respond import respond
from recado.actions.sweep import sweep
from recado.model.contact import Callback, Contact
from recado.store import contacts, patients, tenants

from tests.samples import NOW, PHONE, WHATSAPP, later, received
from tests.visits import FIRST, MARIA, POINT, booked, now_is, reminded, said, written

pytestmark = pytest.mark.usefixtures("clinic")
JOAO = Person("João Souza", MARIA.phone)


def stop(message_id: str = "wamid.stop") -> Contact:
    """Maria's number says STOP, and routing hears of it."""
    contact, _ = said("PARAR", message_id, now=NOW)
    respond("boavista", contact.id, NOW)
    return contacts.get_contact("boavista", contact.id)


def stopped(patient: str) -> bool:
    return patients.get("boavista", patient).opted_out == {"care", "marketing"}


def test_stop_alone_is_settled_and_said_once() -> None:
    contact = stop()
    assert stopped(contact.patient)
    assert (contact.state, contact.disposition, contact.pending) == ("closed", "opted_out", ())
    assert len(written(contact.patient, "self_service")) == 1


def test_stop_does_not_close_over_what_automatic_handling_has_still_to_look_at() -> None:
    contact, communication = said("PARAR", "wamid.stop", now=NOW)
    contacts.save_contact("boavista", contact.model_copy(update={"pending": (*contact.pending, "another")}))
    contact = contacts.get_contact("boavista", contact.id)
    opt_out("boavista", contact, communication, NOW)
    after = contacts.get_contact("boavista", contact.id)
    assert (after.state, after.pending) == ("new", ("another",))
    assert stopped(contact.patient)


def test_stop_counts_though_an_agent_closed_over_it() -> None:
    contact, _ = said("PARAR", "wamid.stop", now=NOW)
    close("boavista", contact.id, "resolved", NOW)
    sweep("boavista", later(minutes=2))
    after = contacts.get_contact("boavista", contact.id)
    assert (after.state, after.disposition, after.pending, after.due_at) == ("closed", "resolved", (), None)
    assert stopped(contact.patient)


def test_stop_from_a_familys_number_stops_everybody_behind_it() -> None:
    mother, son = booked().patient, booked(JOAO, "2026-11-30T15:00").patient
    assert mother != son
    stop()
    assert stopped(mother)
    assert stopped(son)
    assert reminded() == []
    assert {one.state for who in (mother, son) for one in written(who, "confirmation")} == {"queued"}


def test_stop_under_a_hidden_number_stops_everybody_behind_the_number() -> None:
    both = [("phone", POINT.value), ("bsuid", "BR.1")]
    record("boavista", received("Oi", "wamid.0")._replace(identities=both), NOW)
    mother, son = booked().patient, booked(JOAO, "2026-11-30T15:00").patient
    hidden = received("PARAR", "wamid.stop")._replace(identities=[("bsuid", "BR.1")], sender="BR.1")
    record("boavista", hidden, NOW)
    respond("boavista", contacts.open_contacts("boavista")[0][0].id, NOW)
    assert mother != son
    assert stopped(mother)
    assert stopped(son)


def test_stop_stops_nobody_at_another_number() -> None:
    booked()
    other = booked(MARIA._replace(phone="(11) 98888-7777")).patient
    stop()
    assert not stopped(other)


def test_stop_twice_changes_nobody_the_second_time_and_keeps_both_words() -> None:
    mother, son = booked().patient, booked(JOAO, "2026-11-30T15:00").patient
    stop()
    before = [patients.get("boavista", one).opted_out for one in (mother, son)]
    stop("wamid.again")
    assert [patients.get("boavista", one).opted_out for one in (mother, son)] == before
    assert [len(patients.consents("boavista", one)) for one in (mother, son)] == [2, 2]


def test_each_change_keeps_who_said_what_when_and_where() -> None:
    contact, communication = said("PARAR", "wamid.stop", now=NOW)
    respond("boavista", contact.id, NOW)
    (kept,) = patients.consents("boavista", contact.patient)
    assert (kept.action, kept.purposes, kept.evidence) == ("stop", ("care", "marketing"), "PARAR")
    assert (kept.source, kept.channel, kept.account) == (
        f"communication:{communication.id}",
        "whatsapp",
        WHATSAPP["boavista"],
    )
    assert (kept.at, kept.recorded_at) == (communication.provider_at, NOW)


def test_start_starts_again_what_stop_stopped_and_says_so() -> None:
    mother, son = booked().patient, booked(JOAO, "2026-11-30T15:00").patient
    stop()
    again = said("START", "wamid.start", now=later(hours=1), at=later(minutes=59))[0]
    respond("boavista", again.id, later(hours=1))
    assert not stopped(mother)
    assert not stopped(son)
    after = contacts.get_contact("boavista", again.id)
    assert (after.state, after.disposition) == ("closed", "opted_in")
    assert "PARAR" in written(again.patient, "self_service")[-1].text


def test_start_undoes_nothing_that_the_front_desk_noted_about_somebody_else() -> None:
    mother, son = booked().patient, booked(JOAO, "2026-11-30T15:00").patient
    stop()
    note_consent("boavista", "ana", son, later(minutes=5), action="stop", purposes=["care"], note="pediu")
    again = said("START", "wamid.start", now=later(hours=1), at=later(minutes=59))[0]
    respond("boavista", again.id, later(hours=1))
    assert not stopped(mother)
    assert stopped(son)


def test_start_from_somebody_who_stopped_nothing_is_for_a_person_to_read() -> None:
    away()
    contact = wrote("start")
    assert (contact.state, contact.pending, contact.unread) == ("waiting", (), 1)
    assert written(contact.patient) == []


def test_an_older_stop_that_arrives_after_a_start_changes_nothing() -> None:
    patient = booked().patient
    note_consent("boavista", "ana", patient, later(minutes=30), action="start", purposes=["care"], note="")
    late = said("PARAR", "wamid.late", now=later(hours=1), at=later(minutes=10))[0]
    respond("boavista", late.id, later(hours=1))
    assert patients.get("boavista", patient).opted_out == {"marketing"}


@pytest.mark.parametrize(
    ("channel", "is_stopped"), [("twilio_sms", True), ("aws_sms", True), ("whatsapp", False)]
)
def test_cancel_by_sms_stops_and_is_read_by_a_person(channel: str, is_stopped: bool) -> None:
    away()
    record("boavista", received("Cancel")._replace(channel=channel), NOW)
    respond("boavista", latest().id, NOW)
    assert (latest().state, latest().pending, latest().unread) == ("waiting", (), 1)
    assert stopped(latest().patient) is is_stopped


def test_cancel_by_sms_answers_the_question_that_is_open() -> None:
    visit = booked()
    assert reminded() == ["72h"]
    record("boavista", received("CANCEL")._replace(channel="twilio_sms"), FIRST + timedelta(hours=1))
    contact = contacts.latest_contact("boavista", visit.patient)
    assert contact is not None
    respond("boavista", contact.id, FIRST + timedelta(hours=1))
    assert now_is(visit).status == "cancelled"
    assert not stopped(visit.patient)


def test_stop_from_a_number_of_very_many_people_is_bounded_and_goes_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ("Maria Silva", "João Souza", "Rosa Lima", "Caio Reis")
    family = [
        booked(Person(name, MARIA.phone), f"2026-11-30T1{n}:00").patient for n, name in enumerate(names)
    ]
    monkeypatch.setattr(change_consent, "PEOPLE", 3)
    stop()
    assert [stopped(one) for one in family] == [True, True, True, False]


def away() -> None:
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "away"}))


def wrote(*texts: str) -> Contact:
    """A patient has said this, one after another, and all of it was looked at; their contact."""
    for number, text in enumerate(texts, 1):
        record("boavista", received(text, f"wamid.{number}"), later(minutes=number))
        respond("boavista", latest().id, later(minutes=number))
    return latest()


def latest() -> Contact:
    found = contacts.contacts_of_day("boavista", NOW.date().isoformat())
    return found[0]


def test_an_opt_out_alone_is_settled_without_a_person() -> None:
    contact = wrote("parar")
    assert (contact.state, contact.disposition) == ("closed", "opted_out")
    assert patients.get("boavista", contact.patient).opted_out == {"care", "marketing"}


def test_what_somebody_asked_before_they_opted_out_still_waits_for_a_person() -> None:
    away()
    contact = wrote("quero remarcar, por favor", "parar")
    assert (contact.state, contact.unread, contact.pending) == ("waiting", 2, ())
    assert patients.get("boavista", contact.patient).opted_out == {"care", "marketing"}


def test_a_call_that_is_owed_is_still_owed_after_an_opt_out() -> None:
    away()
    contact = wrote("oi")
    owed = Callback(phone=f"+{PHONE}", due_at=NOW + timedelta(hours=1))
    contacts.save_contact("boavista", contact.model_copy(update={"callback": owed, "unread": 0}))
    record("boavista", received("parar", "wamid.2"), later(minutes=2))
    respond("boavista", contact.id, later(minutes=2))
    assert (latest().state, latest().callback) == ("waiting", owed)

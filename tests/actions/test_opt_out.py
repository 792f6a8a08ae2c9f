"""A patient tells us to stop: everybody whom the word may mean is stopped, and nothing else is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions import opt_out
from recado.actions.admit import Person
from recado.actions.close import close
from recado.actions.record import record
from recado.actions.respond import respond
from recado.actions.sweep import sweep
from recado.model.contact import Callback, Contact
from recado.store import contacts, patients, tenants

from tests.cloud import Cloud
from tests.samples import NOW, PHONE, later, received
from tests.visits import MARIA, POINT, booked, reminded, said, written

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
    opt_out.opt_out("boavista", contact, communication, NOW)
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


def test_stop_twice_changes_nobody_the_second_time(clinic: Cloud) -> None:
    booked()
    booked(JOAO, "2026-11-30T15:00")
    stop()
    before = clinic.items("patients")
    stop("wamid.again")
    assert clinic.items("patients") == before


def test_stop_from_a_number_of_very_many_people_is_bounded_and_goes_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ("Maria Silva", "João Souza", "Rosa Lima", "Caio Reis")
    family = [
        booked(Person(name, MARIA.phone), f"2026-11-30T1{n}:00").patient for n, name in enumerate(names)
    ]
    monkeypatch.setattr(opt_out, "PEOPLE", 3)
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

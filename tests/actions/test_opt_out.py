"""A patient tells us to stop."""

from datetime import timedelta

import pytest
from recado.actions.record import record
from recado.actions.respond import respond
from recado.model.contact import Callback, Contact
from recado.store import contacts, patients, tenants

from tests.samples import NOW, PHONE, later, received

pytestmark = pytest.mark.usefixtures("clinic")


def away() -> None:
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "away"}))


def said(*texts: str) -> Contact:
    """A patient has said this, one after another, and all of it was looked at; their contact."""
    for number, text in enumerate(texts, 1):
        record("boavista", received(text, f"wamid.{number}"), later(minutes=number))
        respond("boavista", latest().id, later(minutes=number))
    return latest()


def latest() -> Contact:
    found = contacts.contacts_of_day("boavista", NOW.date().isoformat())
    return found[0]


def test_an_opt_out_alone_is_settled_without_a_person() -> None:
    contact = said("parar")
    assert (contact.state, contact.disposition) == ("closed", "opted_out")
    assert patients.get("boavista", contact.patient).opted_out == {"care", "marketing"}


def test_what_somebody_asked_before_they_opted_out_still_waits_for_a_person() -> None:
    away()
    contact = said("quero remarcar, por favor", "parar")
    assert (contact.state, contact.unread, contact.pending) == ("waiting", 2, ())
    assert patients.get("boavista", contact.patient).opted_out == {"care", "marketing"}


def test_a_call_that_is_owed_is_still_owed_after_an_opt_out() -> None:
    away()
    contact = said("oi")
    owed = Callback(phone=f"+{PHONE}", due_at=NOW + timedelta(hours=1))
    contacts.save_contact("boavista", contact.model_copy(update={"callback": owed, "unread": 0}))
    record("boavista", received("parar", "wamid.2"), later(minutes=2))
    respond("boavista", contact.id, later(minutes=2))
    assert (latest().state, latest().callback) == ("waiting", owed)

"""A family behind one number of Boa Vista's, for tests."""

from __future__ import annotations

from typing import Any

from recado.actions.admit import Person
from recado.actions.record import record
from recado.actions.respond import respond
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules.communications import communication_id
from recado.store import contacts, patients

from tests import visits
from tests.samples import later, received
from tests.visits import MARIA, view

JOAO = Person("João Souza", MARIA.phone)
NOBODY = "🌸"
"""A display name that is no name."""


def couple() -> tuple[Appointment, Appointment]:
    """Maria's visit and João's, both of this number, and at one time."""
    return visits.booked(MARIA), visits.booked(JOAO)


def wrote(text: str, message_id: str, name: str = NOBODY, minutes: float = 0, **event: Any) -> Communication:
    """What somebody wrote from the number, as it is stored when all is handled."""
    now = later(minutes=minutes)
    record("boavista", received(text, message_id, name=name, **event), now)
    handle(minutes)
    return said(message_id)


def handle(minutes: float = 0) -> None:
    """Let automatic handling and routing do their work."""
    for one in open_contacts():
        respond("boavista", one.id, later(minutes=minutes))


def said(message_id: str) -> Communication:
    """A message by its provider's id."""
    account = received().account
    found = contacts.find_communication(
        "boavista", communication_id("boavista", "whatsapp", account, message_id)
    )
    assert found is not None
    return found


def open_contacts() -> list[Contact]:
    """Those of the clinic."""
    return contacts.open_contacts("boavista")[0]


def contact_of(communication: Communication) -> Contact:
    """The contact that it belongs to."""
    return contacts.get_contact("boavista", communication.contact or "")


def home() -> str:
    """The household's record."""
    found = view().household
    assert found is not None
    assert patients.get("boavista", found).kind == "household"
    return found


def answers(patient: str) -> list[str]:
    """What we wrote to a record by ourselves, oldest first."""
    return [one.text for one in visits.written(patient, "self_service")]

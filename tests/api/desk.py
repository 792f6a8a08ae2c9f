"""A clinic with something of everything in it, and one good request for every route."""

from __future__ import annotations

from typing import Any, NamedTuple

from api.resource import Operation
from recado.actions.record import record
from recado.model.contact import Contact
from recado.store import contacts, unreadable

from infra.openapi import operations
from tests.api.client import Answer, Client, person
from tests.samples import ANA, BRUNO, NOW, received, seed

CANARY = "canary-of-boavista"

OPERATIONS = operations()
"""Every route, from the app itself."""


class Desk(NamedTuple):
    """Boa Vista's rows, each with a mark that no other clinic may ever see."""

    contact: Contact
    appointment: str

    def ids(self, operation: Operation) -> str:
        """The path of a route, with the id of a thing that exists."""
        things = {
            "contacts": self.contact.id,
            "patients": self.contact.patient,
            "appointments": self.appointment,
        }
        return operation.path.replace("{id}", things.get(operation.path.split("/")[1], ""))


def opened() -> Desk:
    """Fill the clinic's tables."""
    seed(ANA, BRUNO)
    record("boavista", received(f"Bom dia {CANARY}", name=f"Maria {CANARY}"), NOW)
    (contact,), _ = contacts.open_contacts("boavista")
    booking = {
        "patient": contact.patient,
        "start": "2028-11-24T09:30",
        "practitioner": f"Dra. {CANARY}",
        "type": "consulta",
        "minutes": 30,
    }
    booked = person("agent").post("/appointments", booking)
    assert booked.status == 201, booked
    unreadable.keep("boavista", "whatsapp", CANARY, b"{")
    return Desk(contact, booked.body["id"])


def body_of(operation: Operation, desk: Desk) -> Any:
    """A body that the route takes."""
    return {
        "reply": {"text": "Olá"},
        "take_contact": {},
        "transfer_contact": {"agent": "bruno"},
        "close_contact": {"disposition": "resolved"},
        "book_appointment": {
            "patient": desk.contact.patient,
            "start": "2028-11-25T09:30",
            "practitioner": "Dra. Lima",
            "type": "consulta",
            "minutes": 30,
        },
        "cancel_appointment": {},
        "move_appointment": {"start": "2028-11-26T09:30"},
        "set_own_state": {"state": "away"},
    }.get(operation.name)


def ask(client: Client, operation: Operation, desk: Desk, path: str | None = None) -> Answer:
    """Make the route's good request as this person."""
    query = {"phone": "+5511987654321"} if operation.name == "find_patients" else {}
    return client.call(operation.method, path or desk.ids(operation), body_of(operation, desk), query=query)

"""A clinic with something of everything in it, and one good request for every route."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any, NamedTuple

from api.resource import Operation
from recado.actions.record import record
from recado.model.communication import Attachment, Communication
from recado.model.contact import Contact
from recado.model.preflight import Preflight
from recado.model.tenant import Account
from recado.rules.reviews import pair_id
from recado.store import contacts, keyring, media, tenants, unreadable

from infra.openapi import operations
from tests.api.client import Answer, Client, person
from tests.cloud import Cloud, Saved
from tests.imports import handed
from tests.people import believed, known_as
from tests.samples import ANA, BRUNO, NOW, WHATSAPP, received, seed

CANARY = "canary-of-boavista"

OPERATIONS = operations()
"""Every route, from the app itself."""


ROTATING = Account(
    tenant="boavista", channel="whatsapp", id="100000000000009", display=CANARY, state="paused"
)
"""An account between two secrets."""


FILE = "m0photo"
"""A message with a file."""
LIST = "nome;telefone\nRui Lima;11 3000-1111\n"
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(64)).decode()


TWINS = ("p" + "a" * 20, "p" + "b" * 20)
"""Two records that Recado has joined."""


class Desk(NamedTuple):
    """Boa Vista's rows, each with a mark that no other clinic may ever see."""

    contact: Contact
    appointment: str
    preflight: str
    home: Contact
    """Of a household's contact point."""
    child: str
    """A patient by whom the contact's stands."""
    imported: str
    """A file of which more is to come."""

    def ids(self, operation: Operation) -> str:
        """The path of a route, with the id of a thing that exists."""
        attribution = operation.path.endswith("/attribution")
        has_no_visit = "/related" in operation.path or operation.name == "erase_patient"
        things = {
            "contacts": self.home.id if attribution else self.contact.id,
            "patients": self.child if has_no_visit else self.contact.patient,
            "appointments": self.appointment,
            "accounts": ROTATING.id if operation.name == "finish_rotation" else WHATSAPP["boavista"],
            "preflight": self.preflight,
            "reviews": pair_id(*TWINS),
        }
        if operation.name == "part_records":
            things["patients"] = TWINS[0]
        if operation.path.startswith("/patients/imports"):
            things["patients"] = self.imported
        path = operation.path.replace("{channel}", "whatsapp").replace("{number}", "0")
        path = (
            path.replace("{communication}", FILE)
            .replace("{other}", self.contact.patient)
            .replace("{part}", "1")
            .replace("{record}", TWINS[1])
        )
        return path.replace("{id}", things.get(operation.path.split("/")[1], ""))


def opened(cloud: Cloud) -> Desk:
    """The account with the clinic's tables filled: once, then as they were."""
    if not _OPENED:
        desk = _fill()
        _OPENED.append((desk, cloud.save()))
    desk, saved = _OPENED[0]
    cloud.restore(saved)
    return desk


_OPENED: list[tuple[Desk, Saved]] = []


def _fill() -> Desk:
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
    _sent_a_file(contact)
    unreadable.keep("boavista", "whatsapp", CANARY, b"{")
    tenants.save_account("boavista", ROTATING)
    live = {"access_token": "b", "previous": {"access_token": "a"}}
    keyring.keep("boavista", "whatsapp", ROTATING.id, live, {})
    known_as(TWINS[0], f"Ana {CANARY}", timedelta(days=1))
    known_as(TWINS[1], f"Ana {CANARY}")
    believed(TWINS[1], TWINS[0])
    trial = Preflight(id=f"f{'a' * 20}", at=NOW, text=CANARY)
    tenants.save_preflight("boavista", trial)
    contact = contacts.get_contact("boavista", contact.id)
    home, child = _family(contact)
    imported = handed(LIST, more=True, name=CANARY).id
    return Desk(contact, booked.body["id"], trial.id, home, child, imported)


def _family(contact: Contact) -> tuple[Contact, str]:
    """Somebody wrote from a number of two people, the elder of whom acts for a child."""
    for number, name in enumerate((f"Rui {CANARY}", f"Clara {CANARY}", "🌸")):
        record("boavista", received("Oi", f"wamid.f{number}", "5511900000077", name=name), NOW)
    open_ones, _ = contacts.open_contacts("boavista")
    (home,) = (one for one in open_ones if one.kind == "household")
    child = next(one.patient for one in open_ones if one.patient_name == f"Clara {CANARY}")
    relation = {"patient": contact.patient, "relationship": "caregiver"}
    assert person("agent").post(f"/patients/{child}/related", relation).status == 201
    return home, child


def _sent_a_file(contact: Contact) -> None:
    where = media.put("boavista", FILE, 0, b"", "image/png")
    photo = Attachment(kind="image", state="kept", mime="image/png", name=CANARY, object=where)
    message = Communication(
        id=FILE,
        patient=contact.patient,
        channel="whatsapp",
        account="1",
        address=contact.address,
        direction="inbound",
        kind="image",
        author="patient",
        state="received",
        at=NOW,
        moment="2026-11-23T13",
        attachments=(photo,),
    )
    contacts.save_communication("boavista", message)


BODIES: dict[str, Any] = {
    "import_patients": LIST,
    "add_import_part": LIST,
    "reply": {"text": "Olá"},
    "take_contact": {},
    "erase_patient": {"reason": "requested"},
    "keep_file": {"name": "a.png", "description": "Mapa", "data": PIXEL},
    "note_consent": {"action": "stop", "purposes": ["care"]},
    "describe_patient": {"birth_date": "1984-03-25"},
    "settle_dispute": {"field": "birth_date", "value": "1984-03-25"},
    "set_kind": {"kind": "member"},
    "set_care": {"team": "reception", "note": "Please ring."},
    "note_interaction": {"channel": "frontdesk", "name": "Rui"},
    "transfer_contact": {"agent": "bruno"},
    "close_contact": {"disposition": "resolved"},
    "attribute_contact": {"name": "Vera"},
    "join_records": {"record": TWINS[0]},
    "decide_review": {"decision": "same"},
    "cancel_appointment": {},
    "move_appointment": {"start": "2028-11-26T09:30"},
    "set_own_state": {"state": "away"},
    "add_account": {
        "channel": "whatsapp",
        "id": "300000000000003",
        "secrets": {"access_token": "sample-token"},
    },
    "change_account": {"display": "+55 11 3000-0000"},
    "pause_account": {},
    "resume_account": {"force": True},
    "rotate_secrets": {"secrets": {"access_token": "sample-token"}},
    "finish_rotation": {},
}
"""What routes take that is the same at every desk."""


def body_of(operation: Operation, desk: Desk) -> Any:
    """A body that the route takes."""
    patient = desk.contact.patient
    visit = {"start": "2028-11-25T09:30", "practitioner": "Dra. Lima", "type": "consulta", "minutes": 30}
    about = {
        "relate": {"patient": patient, "relationship": "spouse"},
        "book_appointment": {"patient": patient, **visit},
    }
    return {**BODIES, **about}.get(operation.name)


def ask(client: Client, operation: Operation, desk: Desk, path: str | None = None) -> Answer:
    """Make the route's good request as this person."""
    query = {
        "find_patients": {"phone": "+5511987654321"},
        "import_patients": {"source": "agenda"},
        "add_import_part": {"more": "true"},
    }.get(operation.name, {})
    headers = {"Content-Type": operation.content[0]} if operation.content else {}
    where, body = path or desk.ids(operation), body_of(operation, desk)
    return client.call(operation.method, where, body, query=query, headers=headers)

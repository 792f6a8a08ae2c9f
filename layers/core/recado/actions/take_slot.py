"""A patient takes one of the times that they were offered."""

from __future__ import annotations

from recado.actions.book import book
from recado.actions.load_chosen import load_chosen
from recado.actions.move_appointment import move_appointment
from recado.actions.place_visit import Visit
from recado.errors import Conflict, Invalid, Misconfigured, NotFound, SlotTaken, Stale
from recado.rules.flows.choices import chosen
from recado.rules.flows.scene import Done, Scene
from recado.store import patients

PATIENT = "patient"


def take_slot(tenant: str, scene: Scene, *, moves: bool) -> Done:
    """Book it, or move their visit to it. Saved at once, under the message's own name: the same message again
    finds it done. `taken`: somebody else was faster; `failed`: it cannot be done by themselves.

    Raises Unavailable, and Stale where somebody was faster with their record.
    """
    start, practitioner = chosen(scene.data.get("slot", ""))
    try:
        if moves:
            _move(tenant, scene, start, practitioner)
        else:
            _book(tenant, scene, start, practitioner)
    except SlotTaken:
        return Done("taken", {"offered": ""})
    except Stale:
        raise
    except (Conflict, Invalid, Misconfigured, NotFound):
        return Done("failed")
    quiet = "care" in patients.get(tenant, scene.contact.recipient).unwanted
    return Done(("moved" if moves else "booked") if quiet else "told")


def _book(tenant: str, scene: Scene, start: str, practitioner: str) -> None:
    visit = Visit(start=start, practitioner_id=practitioner, type_id=scene.data.get("type", ""))
    book(
        tenant,
        scene.contact.recipient,
        visit,
        scene.now,
        author=PATIENT,
        once=scene.communication.id,
    )


def _move(tenant: str, scene: Scene, start: str, practitioner: str) -> None:
    visit = load_chosen(tenant, scene)
    move_appointment(tenant, visit.id, start, scene.now, author=PATIENT, practitioner_id=practitioner or None)

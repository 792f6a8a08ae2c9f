"""A patient confirms or calls off a visit that they have named."""

from __future__ import annotations

from typing import Any

from recado.actions.cancel_appointment import call_off
from recado.actions.keep_visit import keep_visit
from recado.errors import NotFound
from recado.model.appointment import Appointment, Change
from recado.rules import appointments as rules
from recado.rules.flows.scene import Done, Scene
from recado.store import appointments, patients


def settle_visit(tenant: str, scene: Scene, answer: rules.Answer) -> Done:
    """The visit as they want it, and all that hangs on it, to be saved with our answer. `gone`: it is not
    theirs, or not to come any more."""
    before = _named(tenant, scene)
    if before is None:
        return Done("gone")
    standing = rules.standing(before, before.schedule, answer, scene.now)
    if standing != "applies":
        return Done("done" if standing == "done" else "gone")
    what: Change = "confirmed" if answer == "confirm" else "cancelled"
    said = scene.communication
    after = rules.touched(rules.answered(before, answer), what, scene.now, said.author, said.channel)

    def write(work: Any) -> None:
        if answer == "cancel":
            call_off(tenant, before, after, scene.now, work)
        else:
            keep_visit(tenant, before, after, scene.now, work)
            patients.settle_question(tenant, before.contact_point, before.id, work)

    return Done("done", writes=(write,))


def _named(tenant: str, scene: Scene) -> Appointment | None:
    """The visit that they have chosen, if it is of their record."""
    try:
        found = appointments.get(tenant, scene.data.get("visit", "").rpartition("|")[2])
    except NotFound:
        return None
    return found if found.patient == scene.contact.recipient else None

"""A patient confirms or calls off a visit that they have named."""

from __future__ import annotations

from typing import Any

from recado.actions.cancel_appointment import call_off
from recado.actions.keep_visit import keep_visit
from recado.actions.load_chosen import load_chosen
from recado.errors import NotFound
from recado.model.appointment import Change
from recado.rules import appointments as rules
from recado.rules.flows.scene import Done, Scene
from recado.store import patients


def settle_visit(tenant: str, scene: Scene, answer: rules.Answer) -> Done:
    """The visit as they want it, and all that hangs on it, to be saved with our answer. `gone`: it is not
    theirs, or not to come any more."""
    try:
        before = load_chosen(tenant, scene)
    except NotFound:
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

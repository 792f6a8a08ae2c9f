"""A patient asks self-service to be put on the waiting list."""

from __future__ import annotations

from typing import Any

from recado.actions.join_waiting import Wanted, prepare_entry
from recado.errors import Invalid, NotFound
from recado.rules.flows.scene import Done, Scene
from recado.rules.identity import is_visitor
from recado.store import patients, waiting


def wait_in_line(tenant: str, scene: Scene) -> Done:
    """Onto the list for the type that they chose, saved with our answer; not who could never be told of a
    time. Raises Unavailable."""
    if is_visitor(patients.get(tenant, scene.contact.recipient).live):
        return Done("failed")
    wanted = Wanted(scene.contact.recipient, scene.data.get("type", ""))
    try:
        entry = prepare_entry(tenant, wanted, scene.now, author="patient")
    except (Invalid, NotFound):
        return Done("failed")

    def write(work: Any) -> None:
        waiting.save_entry(tenant, entry, work)

    return Done("joined", writes=(write,))

"""Self-service learns how somebody is called: a visit is booked, and waited for, under a name."""

from __future__ import annotations

from typing import Any

from recado.actions.file_record import file_record
from recado.actions.relink import relink
from recado.errors import Invalid
from recado.rules.appointments import line
from recado.rules.flows.scene import Done, Scene
from recado.rules.told import tell
from recado.store import patients

FEWEST_LETTERS = 2


def know_name(tenant: str, scene: Scene) -> Done:
    """Whether the record has one, or they have just said it; it is saved with our answer, as what they call
    themselves on this channel. `unknown`: they are to be asked, or what they said is no name."""
    record = patients.get(tenant, scene.contact.recipient)
    if record.name:
        return Done("known")
    called = _name(scene.data.get("name", ""))
    if not called:
        return Done("unknown")
    after = tell(record, {"name": called}, scene.communication.channel, scene.now)

    def write(work: Any) -> None:
        patients.put(tenant, file_record(tenant, after, work), work)
        relink(tenant, after, work)

    return Done("known", {"name": called}, writes=(write,))


def _name(said: str) -> str:
    """What they wrote, if it may be a name: letters, and neither a figure nor a question."""
    letters = sum(one.isalpha() for one in said)
    if letters < FEWEST_LETTERS or any(one.isdigit() or one in "?¿!/@" for one in said):
        return ""
    try:
        return line("name", said)
    except Invalid:
        return ""

"""The clinic enters somebody who sees patients, or changes what it said of them."""

from __future__ import annotations

from typing import NamedTuple

from recado.errors import Conflict, Stale
from recado.model.schedule import Practitioner
from recado.model.tenant import Language
from recado.rules.appointments import line
from recado.rules.practitioners import named
from recado.store import schedules


class Wanted(NamedTuple):
    """What is said of them; none: it stays as it is."""

    name: str | None = None
    active: bool | None = None
    languages: tuple[Language, ...] | None = None


def set_practitioner(
    tenant: str, practitioner_id: str, wanted: Wanted, *, version: int | None = None
) -> Practitioner:
    """Store them; `version` as it was seen, 0 for somebody new.

    Raises Invalid that names `name`, Conflict when another active one is called so, NotFound and Stale.
    """
    new = Practitioner(id=practitioner_id, name="")
    held = new if version == 0 else schedules.practitioner(tenant, practitioner_id)
    if version is not None and version != held.version:
        raise Stale
    said = {name: value for name, value in wanted._asdict().items() if value is not None}
    changed = held.model_copy(update=said)
    changed = changed.model_copy(update={"name": line("name", changed.name)})
    if changed == held:
        return held
    others = schedules.practice(tenant).practitioners.values()
    if changed.active and named((one for one in others if one.id != held.id), changed.name):
        raise Conflict("Another practitioner is called so.", field="name")
    schedules.save_practitioner(tenant, changed)
    return changed.model_copy(update={"version": held.version + 1})

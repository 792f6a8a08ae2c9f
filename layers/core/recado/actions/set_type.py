"""The clinic enters a type of visit, or changes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from recado.errors import Conflict, Invalid, Stale
from recado.model.schedule import LONGEST_BUFFER, AppointmentType
from recado.model.tenant import Language
from recado.rules.appointments import length, line
from recado.rules.practitioners import named
from recado.store import schedules

LONGEST_TEXT: Final = 1000
"""Characters of an instruction: what every channel carries in one message."""


class Wanted(NamedTuple):
    """What is said of it; none: it stays as it is."""

    name: str | None = None
    minutes: int | None = None
    buffer: int | None = None
    active: bool | None = None
    bookable: bool | None = None
    practitioners: tuple[str, ...] | None = None
    preparation: Mapping[Language, str] | None = None


def set_type(tenant: str, type_id: str, wanted: Wanted, *, version: int | None = None) -> AppointmentType:
    """Store it; `version` as it was seen, 0 for a new one.

    Raises Invalid that names a field, Conflict when another active one is called so, NotFound and Stale.
    """
    new = AppointmentType(id=type_id, name="", minutes=1)
    held = new if version == 0 else schedules.appointment_type(tenant, type_id)
    if version is not None and version != held.version:
        raise Stale
    said = {name: value for name, value in wanted._asdict().items() if value is not None}
    changed = held.model_copy(update=said)
    changed = changed.model_copy(update={"name": line("name", changed.name)})
    if changed == held:
        return held
    practice = schedules.practice(tenant)
    _check(changed, practice.practitioners)
    if changed.active and named((one for one in practice.types.values() if one.id != held.id), changed.name):
        raise Conflict("Another type of visit is called so.", field="name")
    schedules.save_type(tenant, changed)
    return changed.model_copy(update={"version": held.version + 1})


def _check(kind: AppointmentType, known: Mapping[str, object]) -> None:
    length(kind.minutes)
    if not 0 <= kind.buffer <= LONGEST_BUFFER:
        raise Invalid("buffer", f"From 0 to {LONGEST_BUFFER}.")
    if not set(kind.practitioners) <= known.keys():
        raise Invalid("practitioners", "There is no such practitioner.")
    if any(not text.strip() or len(text) > LONGEST_TEXT for text in kind.preparation.values()):
        raise Invalid("preparation", f"From 1 to {LONGEST_TEXT} characters in each language.")

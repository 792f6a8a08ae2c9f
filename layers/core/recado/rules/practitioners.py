"""Who does what: practitioners and types of visit as people name them, and as they go together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from recado.model.schedule import AppointmentType, Practitioner
from recado.rules.accents import bare

Named = TypeVar("Named", Practitioner, AppointmentType)


def named(some: Iterable[Named], typed: str) -> Named | None:
    """The only active one that is called so, whatever the case, the accents and the dots; none: nobody is,
    or several are."""
    wanted = _plain(typed)
    found = [one for one in some if one.active and _plain(one.name) == wanted]
    return found[0] if len(found) == 1 else None


def does(practitioner: Practitioner, kind: AppointmentType) -> bool:
    """Whether somebody can be booked for a type of visit."""
    both = practitioner.active and kind.active
    return both and (not kind.practitioners or practitioner.id in kind.practitioners)


def _plain(name: str) -> str:
    return " ".join(bare(name.casefold()).replace(".", "").split())

"""What patients are called, where a list shows many of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from recado.store import patients

AT_ONCE: Final = 100
"""So many patients are read at once."""


def names_of(tenant: str, ids: Iterable[str]) -> dict[str, str | None]:
    """The names of those of these patients whom the clinic has, by id."""
    wanted = list(dict.fromkeys(ids))
    chunks = (wanted[place : place + AT_ONCE] for place in range(0, len(wanted), AT_ONCE))
    return {one.id: one.name for chunk in chunks for one in patients.some(tenant, chunk)}

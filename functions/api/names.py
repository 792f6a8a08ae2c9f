"""What patients are called, where a list shows many of them."""

from __future__ import annotations

from collections.abc import Iterable

from recado.store import patients


def names_of(tenant: str, ids: Iterable[str]) -> dict[str, str | None]:
    """The names of those of these patients whom the clinic has, by id."""
    return {one.id: one.name for one in patients.some(tenant, dict.fromkeys(ids))}

"""All records of a clinic's patients, a page at a time, in the order of their ids.

A page of a hundred costs one query of an index of keys and one batch read of rows of some 2 KB, both
eventually consistent: about 25 read units, and two calls. A clinic of ten thousand is a hundred pages.
"""

from __future__ import annotations

from typing import Final

from recado.model.patient import Patient
from recado.store.patients import PatientRow
from recado.store.rows import key, named, readable

PAGE: Final = 100
"""What one batch read holds at most."""


def everyone(tenant: str, after: str | None = None, limit: int = PAGE) -> tuple[list[Patient], str | None]:
    """The records after this id, and the last id looked at; none: that was all. The index lags a moment, and
    knows nobody who is erased."""
    begin = None if after is None else PatientRow.pk > key(tenant, "P", after)
    with named():
        rows = list(PatientRow.by_everyone.query(key(tenant, "everyone"), begin, limit=limit + 1))
        keys = [row.pk for row in rows[:limit]]
        held = {row.pk: row for row in PatientRow.batch_get([(pk, "P") for pk in keys])} if keys else {}
    found = readable((held[pk] for pk in keys if pk in held), Patient)
    here = [one for one in found.values() if one.erased_at is None]
    return here, keys[-1].rpartition("#")[2] if len(rows) > limit else None

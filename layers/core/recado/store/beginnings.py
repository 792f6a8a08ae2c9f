"""How what was said with somebody began."""

from __future__ import annotations

from recado.model.communication import Communication
from recado.store.contacts import ContactRow
from recado.store.rows import key, named, readable


def first_heard(tenant: str, patient: str, limit: int = 100) -> list[Communication]:
    """The earliest communications of a record, in order."""
    with named():
        rows = list(ContactRow.by_timeline.query(key(tenant, "P", patient), limit=limit))
    return list(readable(rows, Communication).values())

"""What was said with somebody, from a moment on."""

from __future__ import annotations

from datetime import datetime

from recado.model.communication import Communication
from recado.model.record import iso
from recado.store.contacts import ContactRow
from recado.store.rows import key, named, readable


def first_heard(tenant: str, patient: str, limit: int = 100) -> list[Communication]:
    """The earliest communications of a record, in order."""
    with named():
        rows = list(ContactRow.by_timeline.query(key(tenant, "P", patient), limit=limit))
    return list(readable(rows, Communication).values())


def said_since(tenant: str, patient: str, since: datetime) -> list[Communication]:
    """The communications of a record from then on, in order; the index lags a moment."""
    own = key(tenant, "P", patient)
    with named():
        rows = list(ContactRow.by_timeline.query(own, ContactRow.moment >= iso(since)))
    return list(readable(rows, Communication).values())

"""What is written about that is no visit to come: rows of the appointments table, due in its index."""

from __future__ import annotations

from typing import Final

from recado.errors import NotFound
from recado.model.outreach import Outreach
from recado.model.record import iso
from recado.store.appointments import AppointmentRow
from recado.store.rows import Transaction, fields, key, load, named, readable, save

OUTREACH: Final = "U"
"""The kind of its row."""


def save_outreach(tenant: str, outreach: Outreach, within: Transaction | None = None) -> None:
    """Store one, alone or within a transaction. Raises Stale."""
    due_at = outreach.due_at
    row = AppointmentRow(
        pk=key(tenant, OUTREACH, outreach.id),
        sk=OUTREACH,
        patient=None if outreach.erased_at else key(tenant, "PU", outreach.patient),
        start=f"{iso(outreach.anchor)}#{outreach.id}",
        due=key(tenant, "due") if due_at else None,
        due_at=iso(due_at) if due_at else None,
        **fields(outreach),
    )
    save(row, outreach.version, within)


def find_outreach(tenant: str, outreach_id: str) -> Outreach | None:
    """One of this clinic's, or none."""
    return load(AppointmentRow, Outreach, key(tenant, OUTREACH, outreach_id), OUTREACH)


def of_patient(tenant: str, patient: str) -> list[Outreach]:
    """All that a record was ever written to about, in order of time; the index lags."""
    with named():
        rows = list(AppointmentRow.by_patient.query(key(tenant, "PU", patient)))
        found = readable(AppointmentRow.batch_get([(row.pk, row.sk) for row in rows]), Outreach)
    return sorted(found.values(), key=lambda one: one.anchor)


def get_outreach(tenant: str, outreach_id: str) -> Outreach:
    """One of this clinic's. Raises NotFound."""
    found = find_outreach(tenant, outreach_id)
    if found is None or found.erased_at:
        raise NotFound
    return found

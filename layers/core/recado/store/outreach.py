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
        day=key(tenant, "UD", outreach.source),
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


def of_source(
    tenant: str, source: str, limit: int, after: str | None = None
) -> tuple[list[Outreach], str | None]:
    """A page of all that is of one campaign, authorisation …, in order of time, and where to go on; the index
    lags."""
    begin = None if after is None else AppointmentRow.start > after
    with named():
        rows = list(AppointmentRow.by_day.query(key(tenant, "UD", source), begin, limit=limit + 1))
        held = AppointmentRow.batch_get([(row.pk, row.sk) for row in rows[:limit]]) if rows else ()
        found = readable(held, Outreach)
    shown = sorted(found.values(), key=lambda one: (one.anchor, one.id))
    return shown, rows[limit - 1].start if len(rows) > limit else None


def get_outreach(tenant: str, outreach_id: str) -> Outreach:
    """One of this clinic's. Raises NotFound."""
    found = find_outreach(tenant, outreach_id)
    if found is None or found.erased_at:
        raise NotFound
    return found

"""The waiting list's rows, in the appointments table: entries (`T#t#W#<id>`), each due when no day is left.

All who wait are in one partition of the `day` index (`T#t#WL`), in the order in which they came.
"""

from __future__ import annotations

from typing import Final

from recado.errors import NotFound
from recado.model.record import iso
from recado.model.waiting import WaitingEntry
from recado.store.appointments import AppointmentRow
from recado.store.rows import Transaction, fields, key, load, named, readable, save

ENTRY: Final = "W"
"""The kind of its row."""
OPEN: Final = ("waiting", "offered")


def save_entry(tenant: str, entry: WaitingEntry, within: Transaction | None = None) -> None:
    """Store one, alone or within a transaction. Raises Stale."""
    is_open = entry.state in OPEN
    due_at = entry.due_at if is_open else None
    row = AppointmentRow(
        pk=key(tenant, ENTRY, entry.id),
        sk=ENTRY,
        day=key(tenant, "WL") if is_open else None,
        patient=None if entry.erased_at else key(tenant, "WP", entry.patient),
        start=f"{iso(entry.since)}#{entry.id}",
        due=key(tenant, "due") if due_at else None,
        due_at=iso(due_at) if due_at else None,
        **fields(entry),
    )
    save(row, entry.version, within)


def check_unchanged(tenant: str, entry: WaitingEntry, within: Transaction) -> None:
    """Let the transaction succeed only while the entry is as it was loaded."""
    as_loaded = AppointmentRow.version == entry.version
    within.condition_check(AppointmentRow, key(tenant, ENTRY, entry.id), ENTRY, condition=as_loaded)


def find_entry(tenant: str, entry_id: str) -> WaitingEntry | None:
    """One of this clinic's, as it is now, or none."""
    return load(AppointmentRow, WaitingEntry, key(tenant, ENTRY, entry_id), ENTRY)


def get_entry(tenant: str, entry_id: str) -> WaitingEntry:
    """One of this clinic's. Raises NotFound."""
    found = find_entry(tenant, entry_id)
    if found is None or found.erased_at:
        raise NotFound
    return found


def all_waiting(tenant: str) -> list[WaitingEntry]:
    """All who are on the list, in the order in which they came; who came just now may be missing."""
    with named():
        rows = list(AppointmentRow.by_day.query(key(tenant, "WL")))
    return [one for one in _at([(row.pk, row.sk) for row in rows]) if one.state in OPEN]


def of_patient(tenant: str, patient: str) -> list[WaitingEntry]:
    """All entries a record ever had; the index lags a moment."""
    with named():
        rows = list(AppointmentRow.by_patient.query(key(tenant, "WP", patient)))
    return _at([(row.pk, row.sk) for row in rows])


def some(tenant: str, ids: list[str]) -> list[WaitingEntry]:
    """Those of these entries that the clinic has, as they are now."""
    return _at([(key(tenant, ENTRY, one), ENTRY) for one in dict.fromkeys(ids)])


def _at(keys: list[tuple[str, str]]) -> list[WaitingEntry]:
    with named():
        rows = list(AppointmentRow.batch_get(keys, consistent_read=True)) if keys else []
    found = readable(rows, WaitingEntry)
    return sorted(found.values(), key=lambda one: (one.since, one.id))

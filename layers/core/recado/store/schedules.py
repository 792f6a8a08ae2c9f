"""A clinic's practitioners, types of visit and schedules: one partition, read as a whole, cached a minute.

`P#<id>` is a practitioner, `S#<id>` their schedule, `Y#<id>` a type of visit.
"""

from __future__ import annotations

from typing import NamedTuple

from recado.errors import NotFound
from recado.model.schedule import AppointmentType, Practitioner, Schedule
from recado.store.recent import Recent
from recado.store.rows import Row, Transaction, fields, key, load, named, readable, save, serve, table_name


class ScheduleRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(ScheduleRow)


class Practice(NamedTuple):
    """All of it, each by its id."""

    practitioners: dict[str, Practitioner]
    types: dict[str, AppointmentType]
    schedules: dict[str, Schedule]
    """By their practitioner's id."""


def _partition(tenant: str) -> str:
    return key(tenant, "B")


def practice(tenant: str) -> Practice:
    """All of a clinic's, as it is now."""
    with named():
        rows = list(ScheduleRow.query(_partition(tenant), consistent_read=True))
    people = readable((row for row in rows if row.sk.startswith("P#")), Practitioner)
    types = readable((row for row in rows if row.sk.startswith("Y#")), AppointmentType)
    schedules = readable((row for row in rows if row.sk.startswith("S#")), Schedule)
    return Practice(
        {one.id: one for one in people.values()},
        {one.id: one for one in types.values()},
        {one.practitioner: one for one in schedules.values()},
    )


_recent = Recent(practice)


def recent(tenant: str) -> Practice:
    """The same, at most a minute old: for all that reads it with a visit."""
    return _recent.of(tenant)


def practitioner(tenant: str, practitioner_id: str) -> Practitioner:
    """One of them, as they are now. Raises NotFound."""
    found = load(ScheduleRow, Practitioner, _partition(tenant), f"P#{practitioner_id}")
    if found is None:
        raise NotFound
    return found


def appointment_type(tenant: str, type_id: str) -> AppointmentType:
    """One of them, as it is now. Raises NotFound."""
    found = load(ScheduleRow, AppointmentType, _partition(tenant), f"Y#{type_id}")
    if found is None:
        raise NotFound
    return found


def schedule(tenant: str, practitioner_id: str) -> Schedule | None:
    """A practitioner's schedule as it is now, or none."""
    return load(ScheduleRow, Schedule, _partition(tenant), f"S#{practitioner_id}")


def save_practitioner(tenant: str, record: Practitioner, within: Transaction | None = None) -> None:
    """Store a practitioner. Raises Stale."""
    _save(tenant, ScheduleRow(pk=_partition(tenant), sk=f"P#{record.id}", **fields(record)), within)


def save_type(tenant: str, record: AppointmentType, within: Transaction | None = None) -> None:
    """Store a type of visit. Raises Stale."""
    _save(tenant, ScheduleRow(pk=_partition(tenant), sk=f"Y#{record.id}", **fields(record)), within)


def save_schedule(tenant: str, record: Schedule, within: Transaction | None = None) -> None:
    """Store a practitioner's schedule. Raises Stale."""
    row = ScheduleRow(pk=_partition(tenant), sk=f"S#{record.practitioner}", **fields(record))
    _save(tenant, row, within)


def _save(tenant: str, row: ScheduleRow, within: Transaction | None) -> None:
    save(row, 0, within)
    _recent.drop(tenant)

"""Appointments. `due` (sparse) says when a row's next reminder goes out; `day` is the clinic's calendar, a
partition for each month, in the order of wall time; `patient` finds all that somebody ever had. None of them
knows what is erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from recado.errors import NotFound
from recado.model.appointment import Appointment
from recado.model.record import iso
from recado.store.rows import Row, Transaction, fields, key, load, named, readable, save, serve, table_name


class _Due(GlobalSecondaryIndex["AppointmentRow"]):
    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due = UnicodeAttribute(hash_key=True)
    due_at = UnicodeAttribute(range_key=True)


class _Day(GlobalSecondaryIndex["AppointmentRow"]):
    class Meta:
        index_name = "day"
        projection = KeysOnlyProjection()

    day = UnicodeAttribute(hash_key=True)
    start = UnicodeAttribute(range_key=True)


class _Patient(GlobalSecondaryIndex["AppointmentRow"]):
    class Meta:
        index_name = "patient"
        projection = KeysOnlyProjection()

    patient = UnicodeAttribute(hash_key=True)
    start = UnicodeAttribute(range_key=True)


class AppointmentRow(Row):
    class Meta:
        table_name = table_name("APPOINTMENTS_TABLE")
        region = "us-east-1"

    due = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    day = UnicodeAttribute(null=True)
    patient = UnicodeAttribute(null=True)
    start = UnicodeAttribute()
    by_due = _Due()
    by_day = _Day()
    by_patient = _Patient()


serve(AppointmentRow)
VISIT: Final = "A"
"""The kind of a visit's row."""


def save_appointment(tenant: str, appointment: Appointment, within: Transaction | None = None) -> None:
    """Store an appointment, alone or within a transaction. Raises Stale."""
    due_at, erased = appointment.due_at, appointment.erased_at
    row = AppointmentRow(
        pk=key(tenant, "A", appointment.id),
        sk="A",
        day=None if erased else key(tenant, "D", appointment.local_start[:7]),
        patient=None if erased else key(tenant, "P", appointment.patient),
        start=f"{appointment.local_start}#{appointment.id}",
        due=key(tenant, "due") if due_at else None,
        due_at=iso(due_at) if due_at else None,
        **fields(appointment),
    )
    if within is None:
        save(row, appointment.version)
    else:
        within.save(row)


def find(tenant: str, appointment_id: str) -> Appointment | None:
    """One appointment of this clinic, or none."""
    return load(AppointmentRow, Appointment, key(tenant, "A", appointment_id), "A")


def get(tenant: str, appointment_id: str) -> Appointment:
    """One appointment of this clinic. Raises NotFound."""
    found = find(tenant, appointment_id)
    if found is None or found.erased_at:
        raise NotFound
    return found


def _at(keys: list[tuple[str, str]]) -> list[Appointment]:
    with named():
        found = readable(AppointmentRow.batch_get(keys), Appointment)
    return sorted(found.values(), key=lambda appointment: appointment.start)


def of_day(tenant: str, day: str) -> list[Appointment]:
    """The appointments of a day of the clinic's calendar (`YYYY-MM-DD`), in order."""
    return of_days(tenant, day, day)


def of_days(tenant: str, first: str, last: str) -> list[Appointment]:
    """Those from a day to another one of the same month, in order: one query, and a read for each hundred."""
    condition = _Day.start.between(first, f"{last}T~")
    with named():
        rows = list(AppointmentRow.by_day.query(key(tenant, "D", first[:7]), condition))
    return _at([(row.pk, row.sk) for row in rows])


def of_patient(tenant: str, patient: str) -> list[Appointment]:
    """All appointments of a record, in order of time; the index lags, and knows none older than itself."""
    with named():
        rows = list(AppointmentRow.by_patient.query(key(tenant, "P", patient)))
    return _at([(row.pk, row.sk) for row in rows])


def some(tenant: str, appointment_ids: list[str]) -> list[Appointment]:
    """These appointments of the clinic, in order of time."""
    return _at([(key(tenant, "A", one), "A") for one in appointment_ids])


class Due(NamedTuple):
    """A page of the appointments whose next reminder is due, longest overdue first."""

    appointments: list[Appointment]
    following: Mapping[str, Any] | None
    """Where the next page begins; none: that was all."""
    unreadable: tuple[str, ...] = ()
    """Appointments that this version cannot read; they stay due."""
    others: tuple[tuple[str, str], ...] = ()
    """What else is due, each by the kind of its row and its id: whoever sees to it reads it."""


def due(tenant: str, now: datetime, limit: int = 100, after: Mapping[str, Any] | None = None) -> Due:
    """A page of the appointments whose next reminder is due by now.

    The index lags behind the table: a row may no longer be due, and one saved just now may be missing.
    """
    query = AppointmentRow.by_due.query(
        key(tenant, "due"),
        _Due.due_at <= iso(now),
        limit=limit,
        last_evaluated_key=dict(after) if after else None,
    )
    with named():
        keys = [(row.pk, row.sk) for row in query]
        held = {(row.pk, row.sk): row for row in AppointmentRow.batch_get(keys)} if keys else {}
    found = readable((held[one] for one in keys if one in held and one[1] == VISIT), Appointment)
    others = [(sk, pk.rpartition("#")[2]) for pk, sk in held if sk != VISIT]
    unreadable = sorted(pk.rpartition("#")[2] for pk, sk in held.keys() - found.keys() if sk == VISIT)
    following = query.last_evaluated_key if len(keys) == limit else None
    return Due(list(found.values()), following, tuple(unreadable), tuple(others))

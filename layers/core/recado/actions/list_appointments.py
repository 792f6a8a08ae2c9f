"""The agenda of a day, or what is next for a patient."""

from __future__ import annotations

from datetime import date, datetime

from recado.actions.load_person import load_person
from recado.errors import Invalid
from recado.model.appointment import Appointment
from recado.model.patient import Patient
from recado.rules import times
from recado.store import appointments, patients, tenants


def list_appointments(
    tenant: str, now: datetime, *, day: str | None = None, patient: str | None = None
) -> list[Appointment]:
    """Appointments in order of time: of a day on the clinic's calendar, or those to come of a person, one of
    whose records is `patient`.

    Neither given: today's. Raises NotFound for a patient that the clinic does not have, Invalid that names
    `day` or `patient`.
    """
    if patient is not None and day is not None:
        raise Invalid("patient", "Give a day or a patient.")
    if patient is not None:
        found = [one for record in load_person(tenant, patient) for one in upcoming(tenant, record)]
        return sorted(found, key=lambda one: one.start)
    zone = tenants.get(tenant).timezone
    return appointments.of_day(tenant, _day(day) if day else times.wall(now, zone).date().isoformat())


def upcoming(tenant: str, record: Patient) -> list[Appointment]:
    """The visits to come that were booked for this record."""
    views = [patients.whole_view(tenant, point) for point in record.contact_points]
    found = [one for view in views for one in view.upcoming if one.patient == record.id]
    # One may be told of at several contact points, and DynamoDB refuses to be asked for it twice.
    return appointments.some(tenant, list(dict.fromkeys(one.appointment for one in found)))


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid("day", "Give a date, such as 2026-11-24.") from None

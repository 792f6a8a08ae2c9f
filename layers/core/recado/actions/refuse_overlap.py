"""Nobody is booked for two visits at once, unless somebody of the clinic means it."""

from __future__ import annotations

from datetime import datetime, timedelta

from recado.actions.find_own_visits import find_own_visits
from recado.actions.suggest_times import AFTER, BEFORE, suggest_times
from recado.errors import PatientBusy
from recado.model.appointment import Appointment
from recado.model.patient import Patient
from recado.model.schedule import AppointmentType
from recado.rules.overlaps import is_busy
from recado.store import patients, schedules


def refuse_overlap(tenant: str, visit: Appointment, begins: datetime, now: datetime) -> None:
    """Raise PatientBusy, with times at which both are free, if the person has another visit while this one
    would be. The visit itself, where it is moved, is in nobody's way."""
    record = patients.get(tenant, visit.patient)
    theirs = find_own_visits(tenant, record, begins, begins + timedelta(minutes=visit.minutes))
    if is_busy(theirs, begins, visit.minutes, but=visit.id):
        raise PatientBusy(_others(tenant, record, visit, begins, now))


def _others(
    tenant: str, record: Patient, visit: Appointment, begins: datetime, now: datetime
) -> list[dict[str, str]]:
    unknown = AppointmentType(id="", name=visit.type, minutes=visit.minutes)
    kind = schedules.recent(tenant).types.get(visit.type_id or "", unknown)
    as_long = kind.model_copy(update={"minutes": visit.minutes})
    around = find_own_visits(tenant, record, begins - BEFORE, begins + AFTER)
    own = visit.practitioner_id or ""
    return suggest_times(tenant, own, as_long, begins, now, moves=visit.id, theirs=around)

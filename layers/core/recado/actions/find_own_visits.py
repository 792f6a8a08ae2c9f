"""When has somebody a visit already, whoever it is with?"""

from __future__ import annotations

from datetime import datetime

from recado.actions.load_person import load_person
from recado.model.appointment import Appointment
from recado.model.patient import Patient
from recado.rules.overlaps import LONGEST
from recado.store import appointments, patients


def find_own_visits(tenant: str, record: Patient, since: datetime, until: datetime) -> list[Appointment]:
    """Visits that may be on between two moments, of the person whose record this is: of all their records
    that somebody of the clinic has confirmed to be one person's (decision 21). A guess keeps nobody from a
    time."""
    mine = [one for one in _records(tenant, record) if one.keeper == record.keeper]
    ids = {one.id for one in mine}
    views = [patients.whole_view(tenant, point) for one in mine for point in one.contact_points]
    shown = (one for view in views for one in view.upcoming if one.patient in ids)
    near = dict.fromkeys(one.appointment for one in shown if since - LONGEST < one.start < until)
    return appointments.some(tenant, list(near)) if near else []


def _records(tenant: str, record: Patient) -> tuple[Patient, ...]:
    return load_person(tenant, record.id) if record.person or record.joined else (record,)

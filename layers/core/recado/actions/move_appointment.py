"""The front desk puts a visit to another time."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.keep_visit import keep_visit
from recado.actions.load_appointment import load_appointment
from recado.actions.tell import consents, tell, withdraw
from recado.actions.zones import TZ_VERSION
from recado.model.appointment import Appointment
from recado.rules import appointments as rules
from recado.rules import times
from recado.store import patients
from recado.store.rows import transaction


@again
def move_appointment(
    tenant: str,
    appointment_id: str,
    start: str,
    now: datetime,
    *,
    author: str,
    version: int | None = None,
) -> Appointment:
    """Put a booked visit to another start (as in `book`), plan its reminders anew and tell the patient.

    What was asked about the old time, or written and not yet sent, is withdrawn; an answer to it finds the
    visit moved. To the start that it has: nothing changes. Raises NotFound, Invalid that names `start`,
    Conflict unless it is booked, and Stale when it is not at the caller's `version` any more.
    """
    appointment = load_appointment(tenant, appointment_id, version)
    at = rules.future(times.start_of(start, appointment.timezone), now)
    if at == appointment.start and appointment.status == "booked":
        return appointment
    moved = rules.moved(appointment, at, find_policy(tenant, appointment.type_id), TZ_VERSION, now)
    moved = rules.touched(moved, "moved", now, author)
    told = consents(tenant, appointment)
    with transaction() as work:
        keep_visit(tenant, appointment, moved, now, work)
        withdraw(tenant, appointment, "moved", work)
        patients.settle_question(tenant, moved.contact_point, moved.id, work)
        if told:
            patients.check_consent(tenant, moved.patient, "care", work)
            tell(tenant, moved, "moved", now, work)
    return moved.model_copy(update={"version": appointment.version + 1})

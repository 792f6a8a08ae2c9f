"""The front desk, or the patient, puts a visit to another time."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.keep_visit import Held, keep_visit
from recado.actions.load_appointment import load_appointment
from recado.actions.place_visit import refuse_move
from recado.actions.refuse_overlap import refuse_overlap
from recado.actions.tell import consents, tell, withdraw
from recado.actions.zones import TZ_VERSION
from recado.errors import Invalid
from recado.model.appointment import Appointment
from recado.rules import appointments as rules
from recado.rules import times
from recado.rules.slots import zone_of
from recado.store import patients, schedules, tenants
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
    practitioner_id: str | None = None,
    over: bool = False,
    beside: bool = False,
    held: Held | None = None,
) -> Appointment:
    """Put a booked visit to another start (as in `book`), plan its reminders anew and tell the patient.

    What was asked about the old time, or written and not yet sent, is withdrawn; an answer to it finds the
    visit moved. `practitioner_id`: with somebody else from now on. `over`: also where the time is taken, or
    nobody is to be seen, or the patient has another visit; `beside`: only the last. To the start that it
    has: nothing changes. The old time is freed at once. `held` as in `book`.

    Raises NotFound, Invalid that names `start` or `practitioner_id`, SlotTaken and PatientBusy with other
    times, Conflict unless it is booked, and Stale when it is not at the caller's `version` any more.
    """
    appointment = load_appointment(tenant, appointment_id, version)
    to_be = _with(tenant, appointment, practitioner_id)
    at = rules.future(times.start_of(start, to_be.timezone), now)
    if (at, to_be) == (appointment.start, appointment) and appointment.status == "booked":
        return appointment
    if held is None:
        refuse_move(tenant, to_be, at, now, by_patient=rules.is_by_patient(author), over=over)
    if not (over or beside):
        refuse_overlap(tenant, to_be, at, now)
    moved = rules.moved(to_be, at, find_policy(tenant, appointment.type_id, appointment), TZ_VERSION, now)
    moved = rules.touched(_preceded(moved, held), "moved", now, author)
    _save(tenant, appointment, moved, now, over=over, held=held)
    return moved.model_copy(update={"version": appointment.version + 1})


def _save(
    tenant: str, before: Appointment, moved: Appointment, now: datetime, *, over: bool, held: Held | None
) -> None:
    told = consents(tenant, before)
    with transaction() as work:
        keep_visit(tenant, before, moved, now, work, over=over, held=held)
        withdraw(tenant, before, "moved", work)
        patients.settle_question(tenant, moved.contact_point, moved.id, work)
        if told:
            patients.check_consent(tenant, moved.patient, "care", work)
            tell(tenant, moved, "moved", now, work)


def _preceded(visit: Appointment, held: Held | None) -> Appointment:
    """With what happened before this change, where its time was held."""
    return visit.model_copy(update={"history": (*visit.history, *held.history)}) if held else visit


def _with(tenant: str, visit: Appointment, practitioner_id: str | None) -> Appointment:
    """The visit as this practitioner's. Raises Invalid."""
    if practitioner_id in (None, visit.practitioner_id):
        return visit
    practice = schedules.recent(tenant)
    who = practice.practitioners.get(practitioner_id or "")
    if who is None or not who.active:
        raise Invalid("practitioner_id", "There is no such practitioner.")
    schedule = practice.schedules.get(who.id)
    return visit.model_copy(
        update={
            "practitioner": who.name,
            "practitioner_id": who.id,
            "location": (schedule.location or None) if schedule else None,
            "timezone": zone_of(tenants.get(tenant), schedule),
        }
    )

"""Whom a visit is with, what it is and when, as far as the clinic has entered it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.find_slots import Wanted, find_slots
from recado.actions.suggest_times import suggest_times
from recado.errors import Invalid, SlotTaken
from recado.model.appointment import Appointment
from recado.model.schedule import AppointmentType, Practitioner
from recado.model.tenant import Tenant
from recado.rules import appointments as rules
from recado.rules import slots, times
from recado.rules.practitioners import does, named
from recado.store import schedules, tenants
from recado.store.schedules import Practice


class Visit(NamedTuple):
    """What is booked: by the ids of a practitioner and a type of visit, or by their names.

    `start`: wall time where the practitioner is, or with an offset. A name that is one's of the clinic means
    that one. `minutes`: none is as long as the type says. `over`: also where the time is taken, or where
    nobody is to be seen, or where the patient has another visit. `beside`: only the last of these, for what
    another system says to be so.
    """

    start: str
    practitioner: str = ""
    type: str = ""
    minutes: int | None = None
    practitioner_id: str | None = None
    type_id: str | None = None
    over: bool = False
    beside: bool = False


class Placed(NamedTuple):
    """The same, looked up and checked: fields of an appointment, and its start."""

    practitioner: str
    practitioner_id: str | None
    type: str
    type_id: str | None
    minutes: int
    location: str | None
    timezone: str


def place_visit(
    tenant: str, clinic: Tenant, visit: Visit, now: datetime, *, by_patient: bool = False
) -> tuple[Placed, datetime]:
    """Who, what and when a visit is.

    A patient books what is offered to patients. The front desk books a type at any time that the schedule
    allows it, by names at any time at all. Whether the time is taken is checked when the visit is kept.

    Raises Invalid that names `start`, `practitioner`, `practitioner_id`, `type`, `type_id` or `minutes`, and
    SlotTaken for a time that patients are not offered.
    """
    practice = schedules.recent(tenant)
    who, kind = _who(practice, visit), _kind(practice, visit)
    if who and kind and (visit.practitioner_id and visit.type_id) and not does(who, kind):
        raise Invalid("type_id", "This practitioner does not do this type of visit.")
    schedule = practice.schedules.get(who.id) if who else None
    placed = Placed(
        practitioner=who.name if who else rules.line("practitioner", visit.practitioner),
        practitioner_id=who.id if who else None,
        type=kind.name if kind else rules.line("type", visit.type),
        type_id=kind.id if kind else None,
        minutes=_minutes(visit, kind),
        location=(schedule.location or None) if schedule else None,
        timezone=slots.zone_of(clinic, schedule),
    )
    start = rules.future(times.start_of(visit.start, placed.timezone), now)
    if by_patient:
        _refuse_unless_offered(tenant, placed.practitioner_id, placed.type_id, start, now)
    elif schedule and kind and visit.type_id and not visit.over:
        _refuse_outside(slots.is_within(clinic, schedule, _as_long(kind, placed), start))
    return placed, start


def _who(practice: Practice, visit: Visit) -> Practitioner | None:
    if visit.practitioner_id is None:
        return named(practice.practitioners.values(), visit.practitioner)
    found = practice.practitioners.get(visit.practitioner_id)
    if found is None or not found.active:
        raise Invalid("practitioner_id", "There is no such practitioner.")
    return found


def _kind(practice: Practice, visit: Visit) -> AppointmentType | None:
    if visit.type_id is None:
        return named(practice.types.values(), visit.type)
    found = practice.types.get(visit.type_id)
    if found is None or not found.active:
        raise Invalid("type_id", "There is no such type of visit.")
    return found


def _minutes(visit: Visit, kind: AppointmentType | None) -> int:
    if visit.minutes is not None:
        return rules.length(visit.minutes)
    if kind is None:
        raise Invalid("minutes", "Say how long it takes.")
    return kind.minutes


def _as_long(kind: AppointmentType, placed: Placed) -> AppointmentType:
    return kind.model_copy(update={"minutes": placed.minutes})


def _refuse_outside(within: bool) -> None:
    if not within:
        raise Invalid("start", "The practitioner's schedule does not allow this visit at this time.")


def refuse_move(
    tenant: str, visit: Appointment, start: datetime, now: datetime, *, by_patient: bool, over: bool
) -> None:
    """Whether a visit may be put to another start, as it is but for that: a patient's to what is offered to
    patients, the front desk's within the schedule, or anywhere (`over`). Its own time is in nobody's way.

    Raises SlotTaken with other times, and Invalid where it is none that patients book.
    """
    if by_patient:
        _refuse_unless_offered(tenant, visit.practitioner_id, visit.type_id, start, now, moves=visit.id)
        return
    practice = schedules.recent(tenant)
    schedule = practice.schedules.get(visit.practitioner_id or "")
    kind = practice.types.get(visit.type_id or "")
    if over or schedule is None or kind is None:
        return
    as_long = kind.model_copy(update={"minutes": visit.minutes})
    if not slots.is_within(tenants.get(tenant), schedule, as_long, start):
        raise SlotTaken(suggest_times(tenant, schedule.practitioner, as_long, start, now, moves=visit.id))


def _refuse_unless_offered(
    tenant: str,
    practitioner_id: str | None,
    type_id: str | None,
    start: datetime,
    now: datetime,
    *,
    moves: str = "",
) -> None:
    """Raises SlotTaken, with other times, unless patients may book this by themselves; Invalid where it is
    none of the clinic's."""
    if practitioner_id is None or type_id is None:
        raise Invalid("practitioner_id", "Patients book a practitioner and a type of the clinic's.")
    just_then = Wanted(type_id, practitioner_id, start, start + slots.MOMENT, moves)
    if not find_slots(tenant, just_then, now, by_patient=True, most=1):
        kind = schedules.recent(tenant).types[type_id]
        raise SlotTaken(suggest_times(tenant, practitioner_id, kind, start, now, moves=moves))

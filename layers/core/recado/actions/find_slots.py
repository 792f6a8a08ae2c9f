"""When a visit could be: the free times of those who do it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.errors import Invalid
from recado.model.schedule import AppointmentType, Practitioner, Schedule, Taken
from recado.model.tenant import Tenant
from recado.rules import agendas as agenda_rules
from recado.rules import slots
from recado.rules.practitioners import does
from recado.rules.slots import Slot
from recado.store import agendas, schedules, tenants

LONGEST: Final = timedelta(days=62)
"""So far one question may reach: two months are two pages of a calendar."""
MOST: Final = 500
"""So many free times one answer holds."""


class Wanted(NamedTuple):
    """What is looked for; `practitioner` and `type` are ids, `practitioner` none: whoever does it. `moves`:
    the visit that is to be put there, whose own time is in nobody's way, and is no other time."""

    type: str
    practitioner: str | None
    since: datetime
    until: datetime
    moves: str = ""


class Free(NamedTuple):
    """A free time of somebody's, for this type of visit."""

    slot: Slot
    practitioner: Practitioner
    type: AppointmentType
    schedule: Schedule
    timezone: str


def find_slots(
    tenant: str, wanted: Wanted, now: datetime, *, by_patient: bool = False, most: int = MOST
) -> list[Free]:
    """Free times in order, of practitioners who have a schedule. `by_patient`: only what patients may book by
    themselves.

    Raises Invalid that names `type`, `practitioner` or `until`.
    """
    if wanted.until - wanted.since > LONGEST:
        raise Invalid("until", f"At most {LONGEST.days} days at once.")
    practice, clinic = schedules.recent(tenant), tenants.get(tenant)
    kind = practice.types.get(wanted.type)
    if kind is None or not kind.active or (by_patient and not kind.bookable):
        raise Invalid("type", "There is no such type of visit.")
    if wanted.practitioner is not None and wanted.practitioner not in practice.practitioners:
        raise Invalid("practitioner", "There is no such practitioner.")
    found = []
    for who in practice.practitioners.values():
        schedule = practice.schedules.get(who.id)
        if schedule is not None and wanted.practitioner in (None, who.id) and does(who, kind):
            zone = slots.zone_of(clinic, schedule)
            span = wanted.since, wanted.until
            moves = wanted.moves
            times = free_times(
                tenant, clinic, schedule, kind, span, now=now, by_patient=by_patient, moves=moves
            )
            found += [Free(slot, who, kind, schedule, zone) for slot in times]
    return sorted(found, key=lambda one: (one.slot.begins, one.practitioner.id))[:most]


def taken(tenant: str, practitioner: str, since: datetime, until: datetime) -> list[Taken]:
    """What is taken of somebody's time between two moments, as it is now."""
    days = list(agenda_rules.days(since, until))
    loaded = agendas.some(tenant, practitioner, days[0], days[-1]) if days else []
    # What two days share is noted in both.
    return list(dict.fromkeys(one for agenda in loaded for one in agenda.taken))


def free_times(
    tenant: str,
    clinic: Tenant,
    schedule: Schedule,
    kind: AppointmentType,
    span: tuple[datetime, datetime],
    *,
    now: datetime,
    by_patient: bool,
    moves: str = "",
) -> list[Slot]:
    """The free times of one schedule in a span, in order; `by_patient` as in find_slots, `moves` as in
    Wanted."""
    since, until = span
    if by_patient:
        earliest, latest = slots.self_service(schedule, now)
        since, until = max(since, earliest), min(until, latest)
    if until <= since:
        return []
    busy = taken(tenant, schedule.practitioner, since, until + timedelta(minutes=kind.minutes + kind.buffer))
    own = {one.begins for one in busy if one.by == moves}
    others = [one for one in busy if one.by != moves]
    found = slots.free(clinic, schedule, kind, others, since=since, until=until, now=now)
    return [one for one in found if one.begins not in own]

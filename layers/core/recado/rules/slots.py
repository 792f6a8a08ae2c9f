"""Which times of a practitioner's are free. Pure: by their schedule, the clock on the wall and what is taken.

A wall time that clocks leave out is no slot; one that they show twice is one, its first occurrence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from recado.model.schedule import AppointmentType, Schedule, Span, Taken
from recado.model.tenant import Tenant
from recado.rules import times
from recado.rules.agendas import is_free

DAY = timedelta(days=1)
MOMENT = timedelta(seconds=1)


class Slot(NamedTuple):
    """A time at which a visit may begin."""

    begins: datetime
    wall: datetime
    """The same as the clocks there show it: naive."""


def free(
    clinic: Tenant,
    schedule: Schedule,
    kind: AppointmentType,
    taken: Iterable[Taken],
    *,
    since: datetime,
    until: datetime,
    now: datetime,
) -> Iterator[Slot]:
    """The free slots of a type from one moment to before another, in order of time.

    Each lies within one span that allows the type, on the schedule's grid; the buffer after it may lie
    outside, but not where somebody else is seen. What is past is never free.
    """
    known, length = list(taken), timedelta(minutes=kind.minutes + kind.buffer)
    for day in _days(since, until, zone_of(clinic, schedule)):
        possible = _possible(clinic, schedule, kind, day)
        wanted = [slot for slot in possible if since <= slot.begins < until and now < slot.begins]
        if wanted:
            # Only what is near is compared with each: a month's agenda is long.
            first, last = wanted[0].begins, wanted[-1].begins + length
            near = [one for one in known if one.begins < last and first < one.ends]
            for slot in wanted:
                if is_free(slot.begins, slot.begins + length, near, schedule.capacity, now):
                    yield slot


def is_within(clinic: Tenant, schedule: Schedule, kind: AppointmentType, begins: datetime) -> bool:
    """Whether a visit of this type at this moment lies within a span that allows it, on the grid or not."""
    zone = zone_of(clinic, schedule)
    ends, day = begins + timedelta(minutes=kind.minutes), times.wall(begins, zone).date()
    return any(
        bounds[0] <= begins and ends <= bounds[1]
        for span in spans_of(clinic, schedule, day)
        if _allows(span, kind)
        for bounds in (_bounds(span, day, zone),)
    )


def self_service(schedule: Schedule, now: datetime) -> tuple[datetime, datetime]:
    """From when until when patients may book by themselves now."""
    return now + timedelta(minutes=schedule.lead_minutes), now + timedelta(days=schedule.horizon_days)


def nearest(slots: Iterable[Slot], wanted: datetime, count: int) -> list[Slot]:
    """So many slots, those closest to a moment, in order of time."""
    closest = sorted(slots, key=lambda slot: (abs(slot.begins - wanted), slot.begins))[:count]
    return sorted(closest, key=lambda slot: slot.begins)


def zone_of(clinic: Tenant, schedule: Schedule | None) -> str:
    """The zone in which a schedule is meant, the clinic's unless it says otherwise."""
    return (schedule.timezone if schedule else None) or clinic.timezone


def spans_of(clinic: Tenant, schedule: Schedule, day: date) -> Sequence[Span]:
    """What holds on a date: what is said of this very date, else the week's unless the clinic is closed."""
    if schedule.valid_from and day < schedule.valid_from:
        return ()
    if schedule.valid_until and schedule.valid_until < day:
        return ()
    special = next((one for one in schedule.special if one.day == day), None)
    if special is not None:
        return sorted(special.spans, key=lambda span: span.begins)
    if day in clinic.closed_days:
        return ()
    weekly = (span for span in schedule.weekly if span.weekday == day.weekday())
    return sorted(weekly, key=lambda span: span.begins)


def _possible(clinic: Tenant, schedule: Schedule, kind: AppointmentType, day: date) -> list[Slot]:
    """All slots of a day, free or not, each once: spans may overlap."""
    zone, found = zone_of(clinic, schedule), dict[datetime, Slot]()
    for span in spans_of(clinic, schedule, day):
        if _allows(span, kind):
            found |= {slot.begins: slot for slot in _cut(span, day, kind.minutes, schedule.grid, zone)}
    return [found[begins] for begins in sorted(found)]


def _cut(span: Span, day: date, minutes: int, grid: int, zone: str) -> Iterator[Slot]:
    _, closes = _bounds(span, day, zone)
    wall, last = datetime.combine(day, time.fromisoformat(span.begins)), _end(span, day)
    while wall + timedelta(minutes=minutes) <= last:
        begins = times.instant(wall, zone)
        exists = times.wall(begins, zone) == wall
        if exists and begins + timedelta(minutes=minutes) <= closes:
            yield Slot(begins, wall)
        wall += timedelta(minutes=grid)


def _allows(span: Span, kind: AppointmentType) -> bool:
    return not span.types or kind.id in span.types


def _bounds(span: Span, day: date, zone: str) -> tuple[datetime, datetime]:
    """A span's moments; where clocks change at one of its ends, the first that its wall time may mean."""
    begins = datetime.combine(day, time.fromisoformat(span.begins))
    return times.instant(begins, zone), times.instant(_end(span, day), zone)


def _end(span: Span, day: date) -> datetime:
    if span.ends == "24:00":
        return datetime.combine(day + DAY, time())
    return datetime.combine(day, time.fromisoformat(span.ends))


def _days(since: datetime, until: datetime, zone: str) -> Iterator[date]:
    day, last = times.wall(since, zone).date(), times.wall(until, zone).date()
    while day <= last:
        yield day
        day += DAY

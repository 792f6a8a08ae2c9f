"""What is taken of a practitioner's time. Pure: each function takes agendas, or gives the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from recado.model.appointment import Appointment
from recado.model.schedule import Agenda, AppointmentType, Taken


class Place(NamedTuple):
    """The time of a practitioner's that a visit takes; its `ends` includes the buffer after it."""

    practitioner: str
    begins: datetime
    ends: datetime


def place(visit: Appointment | None, kind: AppointmentType | None = None) -> Place | None:
    """What a visit takes; none: it is of nobody whose time we keep, or cancelled. A visit that was missed
    took its time as well."""
    if visit is None or visit.practitioner_id is None or visit.status == "cancelled":
        return None
    length = timedelta(minutes=visit.minutes + (kind.buffer if kind else 0))
    return Place(visit.practitioner_id, visit.start, visit.start + length)


def days(begins: datetime, ends: datetime) -> Iterator[date]:
    """The days of UTC that a stretch of time lies in."""
    day, last = begins.astimezone(UTC).date(), (ends - timedelta(microseconds=1)).astimezone(UTC).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def freed(agenda: Agenda, *by: str) -> Agenda:
    """The agenda without what these visits or offers took of it."""
    left = tuple(one for one in agenda.taken if one.by not in by)
    return agenda if left == agenda.taken else agenda.model_copy(update={"taken": left})


def with_taken(agenda: Agenda, taken: Taken, now: datetime) -> Agenda:
    """The agenda with this time taken, in order, and without holds that have lapsed."""
    others = [one for one in agenda.taken if one.by != taken.by and is_live(one, now)]
    both = sorted((*others, taken), key=lambda one: (one.begins, one.by))
    return agenda.model_copy(update={"taken": tuple(both)})


def is_live(taken: Taken, now: datetime) -> bool:
    """Whether it still takes its time: a visit's does, a hold does until it lapses."""
    return taken.until is None or now < taken.until


def is_free(begins: datetime, ends: datetime, taken: Iterable[Taken], capacity: int, now: datetime) -> bool:
    """Whether one more can be seen all the time between two moments: never more than `capacity` at once."""
    over = {one.by: one for one in taken if is_live(one, now) and one.begins < ends and begins < one.ends}
    starts = [begins, *(one.begins for one in over.values() if one.begins > begins)]
    return all(sum(one.begins <= moment < one.ends for one in over.values()) < capacity for moment in starts)

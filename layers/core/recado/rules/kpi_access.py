"""How soon somebody is seen, and who is helped while nobody is there (K29). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from recado.model.outcomes import Outcomes
from recado.model.schedule import AppointmentType, Schedule, Taken
from recado.model.tenant import Tenant
from recado.rules import slots, times
from recado.rules.figures import Figure, Measure, Part, share

THIRD: Final = 3
"""The next and the second may be free by chance, because somebody has just called off (IHI's measure)."""


class Wait(NamedTuple):
    """How many days away a practitioner's third free time for a type of visit is; none: there is none in all
    the time that is looked ahead."""

    practitioner: str
    type: str
    days: int | None


class Access(NamedTuple):
    """The waits as they are now, and what came of a period."""

    waits: Sequence[Wait]
    outcomes: Outcomes


def wait(
    clinic: Tenant,
    schedule: Schedule,
    kind: AppointmentType,
    taken: Sequence[Taken],
    span: tuple[datetime, datetime],
) -> Wait:
    """How long somebody waits who asks for it at the first of the two moments, in days of the calendar there;
    what patients may not book by themselves counts, too: the desk books it."""
    now, until = span
    free = slots.free(clinic, schedule, kind, taken, since=now, until=until, now=now)
    third = next(islice(free, THIRD - 1, None), None)
    today = times.wall(now, slots.zone_of(clinic, schedule)).date()
    return Wait(schedule.practitioner, kind.id, (third.wall.date() - today).days if third else None)


def third_next_available(given: Access) -> Figure:
    """Days to the third free time, on average over practitioners and what they do; by type of visit. `none`:
    those that have no third free time, so that they are in no average."""
    types = sorted({one.type for one in given.waits})
    parts = {kind: _mean([one for one in given.waits if one.type == kind]) for kind in types}
    without = sum(one.days is None for one in given.waits)
    return Figure(*_mean(given.waits), {**parts, "none": Part(without, len(given.waits))})


def _mean(waits: Sequence[Wait]) -> Part:
    days = [one.days for one in waits if one.days is not None]
    return Part(round(sum(days) / len(days), 1) if days else None, len(days))


def after_hours_rate(given: Access) -> Figure:
    """Contacts opened while the clinic was closed that a person or self-service answered before it opened, of
    all such."""
    return share(given.outcomes.after_hours_served, given.outcomes.after_hours)


KPIS: Final[tuple[Measure[Access], ...]] = (
    Measure("K29", 1, "third_next_available", "R99, K29", "days", third_next_available),
    Measure("K29b", 1, "after_hours_rate", "R99, K29", "share", after_hours_rate),
)

"""Visits: who was reminded, who came, what was called off, and whose time was filled again (K20-K23). Pure.

Only visits that have begun count, so that the number of a day does not change when it is over: those to come
may still be reminded of, called off or filled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.visit_fact import VisitFact
from recado.rules.figures import Figure, Measure, part, share

LATE: Final = timedelta(hours=24)
"""Who calls off later than this before the visit leaves a time that is hard to fill (K22); who books later
needs no reminder (K20)."""


class Visits(NamedTuple):
    """Times that visits were put to, those that freed theirs included, and the visits of which a reminder
    arrived. `practice`: the same of all channels, since a freed time may be filled by any."""

    facts: Sequence[VisitFact]
    practice: Sequence[VisitFact]
    reminded: Collection[str]


def begun(facts: Iterable[VisitFact], since: datetime, until: datetime, now: datetime) -> list[VisitFact]:
    """Those that were to begin in a period, and by now."""
    return [one for one in facts if since <= one.start < until and one.start <= now]


def reminder_coverage(given: Visits) -> Figure:
    """Visits of which a reminder arrived (none goes once the visit has begun), of those that were not called
    off and had been booked at least a day before: whoever booked later needs none. Market: 41 % of practices
    remind at all (R65)."""
    eligible = [
        one for one in _kept(given.facts) if one.status != "cancelled" and one.start - one.put_at >= LATE
    ]
    return share(sum(one.appointment in given.reminded for one in eligible), len(eligible))


def no_show_rate(given: Visits) -> Figure:
    """Visits whose patient did not come, of those that took place or were missed; `not_noted`: of all that
    were not called off, those of which nobody has noted what came of them."""
    kept = _kept(given.facts)
    missed = sum(one.status == "noshow" for one in kept)
    came = sum(one.status in ("arrived", "fulfilled") for one in kept)
    open_still = sum(one.status == "booked" for one in kept)
    return share(missed, missed + came, {"not_noted": part(open_still, missed + came + open_still)})


def late_cancel_rate(given: Visits) -> Figure:
    """Visits that were called off less than 24 hours before they were to begin, of all; `cancelled`: whenever
    it was."""
    booked = _kept(given.facts)
    off = [one for one in booked if one.status == "cancelled"]
    late = [one for one in off if one.off_at is not None and one.start - one.off_at < LATE]
    return share(len(late), len(booked), {"cancelled": part(len(off), len(booked))})


def backfill_rate(given: Visits) -> Figure:
    """Times of practitioners that became free before they began, and in which somebody else, or the same
    patient again, was seen or expected after all, of all such times; `minutes`: of their minutes."""
    times = _freed(given.facts)
    filled = [_filled(one, given.practice) for one in times]
    length = sum(one.minutes for one in times)
    return share(sum(map(bool, filled)), len(times), {"minutes": part(sum(filled), length)})


def _kept(facts: Iterable[VisitFact]) -> list[VisitFact]:
    return [one for one in facts if not one.moved]


def _freed(facts: Iterable[VisitFact]) -> list[VisitFact]:
    """One for each practitioner's time, however often it became free: as it last did."""
    found: dict[tuple[str, datetime], VisitFact] = {}
    for one in sorted(facts, key=lambda each: (each.off_at or each.start, each.appointment, each.schedule)):
        if one.practitioner and one.off_at is not None and one.off_at < one.start:
            found[one.practitioner, one.start] = one
    return list(found.values())


def _filled(time: VisitFact, practice: Iterable[VisitFact]) -> int:
    """For how many of its minutes the practitioner had somebody else, booked since."""
    begins, ends = time.start, _end(time)
    since = time.off_at or begins
    theirs = [one for one in practice if one.practitioner == time.practitioner and one.off_at is None]
    spans = sorted((one.start, min(ends, _end(one))) for one in theirs if one.put_at >= since)
    filled, counted_to = timedelta(), begins
    for opens, closes in spans:
        filled += max(timedelta(), closes - max(opens, counted_to))
        counted_to = max(counted_to, closes)
    return filled // timedelta(minutes=1)


def _end(one: VisitFact) -> datetime:
    return one.start + timedelta(minutes=one.minutes)


KPIS: Final[tuple[Measure[Visits], ...]] = (
    Measure("K20", 1, "reminder_coverage", "R65, K20", "share", reminder_coverage),
    Measure("K21", 1, "no_show_rate", "R66, K21", "share", no_show_rate),
    Measure("K22", 1, "late_cancel_rate", "R66, K22", "share", late_cancel_rate),
    Measure("K23", 1, "backfill_rate", "R66, K23", "share", backfill_rate),
)

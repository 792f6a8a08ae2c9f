"""When there is somebody at a clinic. Pure: by its weekly hours, its closed days and the clock on its wall.

A clinic that has given no hours counts as always open: nobody is told that it is closed when it may not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from recado.model.tenant import OpeningHours, Tenant
from recado.rules import times

AHEAD = timedelta(days=60)
"""How far a next opening is looked for. A clinic that is closed for longer names no day."""

DAY = timedelta(days=1)


def is_open(clinic: Tenant, now: datetime) -> bool:
    """Whether somebody is there at this moment."""
    wall = times.wall(now, clinic.timezone)
    return not clinic.hours or any(_holds(span, wall.time()) for span in _spans(clinic, wall.date()))


def opens_at(clinic: Tenant, now: datetime) -> datetime | None:
    """The first moment (UTC) from now on at which it is open; `now` itself where it is.

    None: in all the time that is looked ahead, it is not.
    """
    if is_open(clinic, now):
        return now
    today = times.wall(now, clinic.timezone).date()
    days = (today + timedelta(days=number) for number in range(AHEAD.days))
    return next((found for day in days if (found := _opens_on(clinic, day, now))), None)


def time_open(clinic: Tenant, since: datetime, until: datetime) -> timedelta:
    """For how long, of the time between two moments, somebody was there; zero when they are not in order.

    Where clocks show an opening time twice, the first of the two is meant: hours at night may be one out.
    """
    if not clinic.hours or until <= since:
        return max(until - since, timedelta())
    found, counted_to = timedelta(), since
    for opens, closes in _open_between(clinic, since, until):
        begin, end = max(opens, counted_to), min(closes, until)
        if begin < end:
            found, counted_to = found + (end - begin), end
    return found


def after_open(clinic: Tenant, since: datetime, span: timedelta) -> datetime:
    """The moment at which somebody has been there for so long since then: a deadline in business time.

    `time_open` from then to it is the span. A clinic that opens too little in all the time that is looked
    ahead owes it at the end of that.
    """
    if not clinic.hours:
        return since + span
    left, counted_to = span, since
    for opens, closes in _open_between(clinic, since, since + AHEAD):
        begin = max(opens, counted_to)
        if begin >= closes:
            continue
        if closes - begin >= left:
            return begin + left
        left, counted_to = left - (closes - begin), closes
    return since + AHEAD


def _open_between(clinic: Tenant, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Every span of the days from one moment to the other, in the order in which they begin."""
    day, last = (times.wall(one, clinic.timezone).date() for one in (since, until))
    while day <= last:
        for span in sorted(_spans(clinic, day), key=lambda one: one.opens):
            yield _moment(clinic, day, span.opens), _moment(clinic, day, span.closes)
        day += DAY


def _moment(clinic: Tenant, day: date, wall: str) -> datetime:
    if wall == "24:00":
        return _moment(clinic, day + DAY, "00:00")
    return times.instant(datetime.combine(day, time.fromisoformat(wall)), clinic.timezone)


def _opens_on(clinic: Tenant, day: date, now: datetime) -> datetime | None:
    moments = (one for one in _beginnings(clinic, day) if one > now and is_open(clinic, one))
    return min(moments, default=None)


def _beginnings(clinic: Tenant, day: date) -> Iterator[datetime]:
    """Every moment of a day at which hours may begin: as they say, and where the clocks are put.

    Clocks put forward over an opening time open the clinic at that moment; put back into the hours, again.
    """
    for span in _spans(clinic, day):
        yield from times.instants(datetime.combine(day, time.fromisoformat(span.opens)), clinic.timezone)
    begin, end = _moment(clinic, day, "00:00"), _moment(clinic, day, "24:00")
    if changed := times.change(begin, end, clinic.timezone):
        yield changed


def _spans(clinic: Tenant, day: date) -> list[OpeningHours]:
    if day in clinic.closed_days:
        return []
    return [span for span in clinic.hours if span.weekday == day.weekday()]


def _holds(span: OpeningHours, wall: time) -> bool:
    """To the minute, and as text, since 24:00 is no time."""
    return span.opens <= f"{wall:%H:%M}" < span.closes

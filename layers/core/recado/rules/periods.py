"""Which stretch of time a report is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from recado.errors import Invalid
from recado.model.interval import interval_of
from recado.rules import times

LONGEST: Final = timedelta(days=31)
_DAY: Final = timedelta(days=1)
_YEARS: Final = range(2000, 2200)


class Period(NamedTuple):
    """From the first moment up to, and without, the last: both UTC and at the edge of an interval."""

    start: datetime
    end: datetime


def period(start: str | None, end: str | None, timezone: str, now: datetime) -> Period:
    """The period that was asked for; by default the clinic's present day.

    A date means its first moment on the clinic's wall, so the 24th is from the 24th to the 25th; a moment
    has an offset or `Z`, and is taken back to the interval that it lies in. Only one of both given: a day
    from there, or up to there. Raises Invalid that names `from` or `to`.
    """
    if start is None and end is None:
        today = times.wall(now, timezone).replace(hour=0, minute=0, second=0, microsecond=0)
        return _checked(times.instant(today, timezone), times.instant(today + _DAY, timezone))
    since = _moment("from", start, timezone) if start is not None else None
    until = _moment("to", end, timezone) if end is not None else (since or now) + _DAY
    return _checked(since or until - _DAY, until)


def _checked(start: datetime, end: datetime) -> Period:
    if end <= start:
        raise Invalid("to", "The end must be after the start.")
    if end - start > LONGEST + timedelta(hours=1):
        raise Invalid("to", f"A report is about {LONGEST.days} days at most.")
    return Period(interval_of(start), interval_of(end))


def _moment(field: str, text: str, timezone: str) -> datetime:
    try:
        given = datetime.fromisoformat(text)
        if given.year not in _YEARS:
            raise Invalid(field, "Is the year right?")
        if len(text) == len("2026-11-24"):
            return times.instant(given, timezone)
        if given.tzinfo is None:
            raise Invalid(field, "Give a date, or a moment with its offset or Z.")
        return given.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(field, "This is neither a date nor a moment.") from None

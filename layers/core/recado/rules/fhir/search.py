"""Search parameters of FHIR R4 (3.1.1), as far as we take them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from recado.errors import Invalid
from recado.rules import times

_DATE: Final = re.compile(r"(eq|ge|gt|le|lt|sa|eb)?((?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[T ].+)?)")

WIDEST: Final = timedelta(days=62)
"""So far one search may reach: two months are two pages of a calendar."""


class Period(NamedTuple):
    """From a moment on, and before another; none: no limit there."""

    since: datetime | None = None
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


def period(name: str, given: Iterable[str], timezone: str) -> Period:
    """What several `date=ge2026-11-24` say together; a date without a time is a day of the clinic's.

    Raises Invalid that names the parameter.
    """
    since: datetime | None = None
    until: datetime | None = None
    for one in given:
        begins, ends, prefix = _one(name, one, timezone)
        if prefix in ("", "eq", "ge", "gt", "sa"):
            least = ends if prefix in ("gt", "sa") else begins
            since = least if since is None else max(since, least)
        if prefix in ("", "eq", "le", "lt", "eb"):
            most = begins if prefix in ("lt", "eb") else ends
            until = most if until is None else min(until, most)
    return Period(since, until)


def _one(name: str, given: str, timezone: str) -> tuple[datetime, datetime, str]:
    """The first moment that it may mean, the first after it, and its prefix."""
    found = _DATE.fullmatch(given.strip())
    if found is None:
        raise Invalid(name, "Give a date or an instant, such as ge2026-11-24 or lt2026-11-24T09:30:00Z.")
    prefix, told = found[1] or "", found[2].replace(" ", "+") if "T" in found[2] else found[2]
    try:
        if len(told) == 10:
            day = date.fromisoformat(told)
            after = day + timedelta(days=1)
            return _midnight(day, timezone), _midnight(after, timezone), prefix
        at = datetime.fromisoformat(told)
        at = at.astimezone(UTC) if at.tzinfo else times.instant(at, timezone)
        return at, at + timedelta(seconds=1), prefix
    except (ValueError, OverflowError):
        raise Invalid(name, "There is no such date and time.") from None


def _midnight(day: date, timezone: str) -> datetime:
    return times.instant(datetime(day.year, day.month, day.day), timezone)  # noqa: DTZ001 - wall time


def days(name: str, wanted: Period, timezone: str) -> tuple[date, date]:
    """The first and the last day of the clinic's calendar that a period may touch. Raises Invalid for an open
    or a long one."""
    if wanted.since is None or wanted.until is None or wanted.until - wanted.since > WIDEST:
        raise Invalid(name, f"Give both ends, at most {WIDEST.days} days apart: {name}=ge…&{name}=lt….")
    first, last = times.wall(wanted.since, timezone).date(), times.wall(wanted.until, timezone).date()
    return first - timedelta(days=1), last + timedelta(days=1)


def reference(name: str, kind: str, given: str) -> str:
    """The id that a reference names: `Patient/p1` or `p1`. Raises Invalid."""
    stated, _, own = given.rpartition("/")
    if stated.rpartition("/")[2] not in ("", kind) or not own:
        raise Invalid(name, f"Give an id, or {kind}/<id>.")
    return own


def token(given: str) -> tuple[str | None, str]:
    """System and value of `system|value`; no system: any."""
    system, bar, value = given.rpartition("|")
    return (system, value) if bar else (None, given)

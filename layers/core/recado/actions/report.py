"""A clinic in numbers: how its desk stands, and what happened in a period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from recado.model.contact import Contact
from recado.model.interval import IntervalTotal, Now
from recado.rules import kpi
from recado.rules.periods import period
from recado.store import contacts, intervals, tenants


class Report(NamedTuple):
    """`intervals` are those in which something happened, in order; their times are UTC."""

    timezone: str
    now: Now
    intervals: list[IntervalTotal]


def report(tenant: str, start: str | None, end: str | None, now: datetime) -> Report:
    """The report of a period (see `rules.periods`). Raises Invalid that names `from` or `to`."""
    timezone = tenants.get(tenant).timezone
    since, until = period(start, end, timezone, now)
    return Report(timezone, kpi.standing(_open(tenant), now), intervals.totals(tenant, since, until))


def _open(tenant: str) -> Iterator[Contact]:
    page, after = contacts.open_contacts(tenant)
    yield from page
    while after:
        page, after = contacts.open_contacts(tenant, after=after)
        yield from page

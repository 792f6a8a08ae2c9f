"""A clinic in numbers: how its desk stands, and what happened in a period."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.walk_open import walk_open
from recado.model.interval import IntervalTotal, Now
from recado.rules import folds, kpi
from recado.rules.canonical import canonical
from recado.rules.facts import channel_of
from recado.rules.periods import period
from recado.store import aliases, intervals, tenants


class Report(NamedTuple):
    """`intervals` are those in which something happened, in order, on all channels; their times are UTC."""

    timezone: str
    now: Now
    intervals: list[IntervalTotal]


def report(
    tenant: str,
    start: str | None,
    end: str | None,
    now: datetime,
    *,
    channel: str | None = None,
    kind: str | None = None,
) -> Report:
    """The report of a period (see `rules.periods`), and of the desk now: of one channel, and of one kind of
    people, where they are named. People are counted as they are joined now, whatever they were then.

    Raises Invalid that names `from` or `to`.
    """
    timezone = tenants.get(tenant).timezone
    since, until = period(start, end, timezone, now)
    standing = [
        one
        for one in walk_open(tenant)
        if channel in (None, channel_of(one)) and kind in (None, one.kind or folds.UNKNOWN)
    ]
    totals = canonical(intervals.totals(tenant, since, until), aliases.everyone(tenant))
    happened = totals if kind is None else folds.of_kind(totals, kind)
    return Report(timezone, kpi.standing(standing, now), happened)

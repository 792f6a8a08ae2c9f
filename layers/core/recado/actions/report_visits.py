"""The visits of a period, as they count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.model.interval import interval_of
from recado.model.tenant import Tenant
from recado.model.visit_fact import VisitFact
from recado.rules.kpi_visits import Visits, begun
from recado.rules.periods import Period, period
from recado.store import intervals, tenants, visit_facts

DAY = timedelta(days=1)


class VisitReport(NamedTuple):
    """The visits of a period on all channels, and of each: the channel is the one by which the patient hears
    of the visit."""

    clinic: Tenant
    period: Period
    whole: Visits
    channels: Mapping[str, Visits]


def report_visits(tenant: str, start: str | None, end: str | None, now: datetime) -> VisitReport:
    """The visits that were to begin in a period (see `rules.periods`), and have: a read for each day, and one
    for each day on which they were reminded of. Raises Invalid that names `from` or `to`."""
    clinic = tenants.get(tenant)
    span = period(start, end, clinic.timezone, now)
    practice = list(facts_between(tenant, span.start, span.end))
    facts = begun(practice, span.start, span.end, now)
    reminded = _reminded(tenant, facts, span.end)
    channels = {
        name: Visits([one for one in facts if one.channel == name], practice, reminded)
        for name in sorted({one.channel for one in facts})
    }
    return VisitReport(clinic, span, Visits(facts, practice, reminded), channels)


def facts_between(tenant: str, since: datetime, until: datetime) -> Iterator[VisitFact]:
    """Of all days that this time may touch: a visit's day is that of where it is. Raises Unavailable."""
    day, last = (since - DAY).date(), (until + DAY).date()
    while day <= last:
        yield from visit_facts.of_day(tenant, day.isoformat())
        day += DAY


def _reminded(tenant: str, facts: Sequence[VisitFact], until: datetime) -> frozenset[str]:
    """The visits of which a reminder arrived, of all that were reminded of since the first of these was."""
    since = min((one.reminded_from for one in facts if one.reminded_from), default=None)
    if since is None:
        return frozenset()
    totals = intervals.totals(tenant, interval_of(since), until)
    arrived = (one.reminded for total in totals for one in total.outcomes.values())
    return frozenset[str]().union(*arrived)

"""Who was seen in a period, and again since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from recado.actions.report_visits import facts_between
from recado.model.tenant import Tenant
from recado.rules.kpi_retention import WITHIN, Seen, seen
from recado.rules.periods import Period, period
from recado.store import aliases, tenants


class RetentionReport(NamedTuple):
    """On all channels, and of those who were seen then by visits of one channel."""

    clinic: Tenant
    period: Period
    whole: Seen
    channels: Mapping[str, Seen]


def report_retention(tenant: str, start: str | None, end: str | None, now: datetime) -> RetentionReport:
    """Who was seen in a period (see `rules.periods`), and in the year after it: a read for each day of that,
    some seconds for a whole year. Raises Invalid that names `from` or `to`."""
    clinic = tenants.get(tenant)
    span = period(start, end, clinic.timezone, now)
    facts = list(facts_between(tenant, span.start, min(now, span.end + WITHIN)))
    people = {one.record: one.person for one in aliases.everyone(tenant)}
    whole = seen(facts, people, span.start, span.end, now)
    channels = {
        name: _of_channel(whole, seen([one for one in facts if one.channel == name], people, *span, now))
        for name in sorted({one.channel for one in facts})
    }
    return RetentionReport(clinic, span, whole, {name: one for name, one in channels.items() if one.times})


def _of_channel(whole: Seen, own: Seen) -> Seen:
    """Whoever comes back has come back, whichever channel their next visit is of."""
    times = {
        person: tuple(one for one in whole.times[person] if one >= first)
        for person, (first, *_) in own.times.items()
    }
    return Seen(times, own.now)

"""What came of a period: of calls, messages, self-service and following up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.model.outcomes import Outcomes, Return
from recado.model.tenant import Tenant
from recado.rules.outcomes import of_people, together
from recado.rules.periods import Period, period
from recado.store import aliases, intervals, tenants


class Outcome(NamedTuple):
    """What came of a period on all channels (`whole`), and on each; `returns`: who came again in it, and for
    as long after it as was asked. People are counted as they are joined now."""

    clinic: Tenant
    period: Period
    whole: Outcomes
    channels: Mapping[str, Outcomes]
    returns: tuple[Return, ...]


def report_outcomes(
    tenant: str, start: str | None, end: str | None, now: datetime, *, after: timedelta = timedelta()
) -> Outcome:
    """The outcomes of a period (see `rules.periods`). `after`: so much longer is looked for who came again.
    Raises Invalid that names `from` or `to`."""
    clinic = tenants.get(tenant)
    span = period(start, end, clinic.timezone, now)
    people = {one.record: one.person for one in aliases.everyone(tenant)}
    totals = intervals.totals(tenant, span.start, span.end + after)
    found = [one.outcomes for one in totals if one.start < span.end]
    channels = {
        name: of_people(together(one[name] for one in found if name in one), people)
        for name in sorted({name for one in found for name in one})
    }
    since = of_people(together(each for one in totals for each in one.outcomes.values()), people)
    return Outcome(clinic, span, together(channels.values()), channels, since.returns)

"""What the review site showed around a period, and whom the clinic invited to review it meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.rating import Rating
from recado.model.tenant import Tenant
from recado.rules.kpi_reviews import Invited
from recado.rules.outcomes import of_people, together
from recado.rules.periods import Period, period
from recado.rules.times import instant, wall
from recado.store import aliases, intervals, ratings, tenants

BEFORE: Final = timedelta(days=7)
"""A note that is no older than this when a period begins is of its beginning."""
DAY: Final = timedelta(days=1)
MOMENT: Final = timedelta(seconds=1)


class ReviewReport(NamedTuple):
    """On all channels together: the site does not say from where a review came."""

    clinic: Tenant
    period: Period
    whole: Invited


def report_reviews(tenant: str, start: str | None, end: str | None, now: datetime) -> ReviewReport:
    """By the first and the last note of a period (see `rules.periods`), or of the week before it; of fewer,
    whom was invited in the period is told. Raises Invalid that names `from` or `to`."""
    clinic = tenants.get(tenant)
    span = period(start, end, clinic.timezone, now)
    first, last = (wall(at, clinic.timezone).date() for at in (span.start, span.end - MOMENT))
    noted = ratings.between(tenant, (first - BEFORE).isoformat(), last.isoformat())
    before, after = (noted[0], noted[-1]) if len(noted) > 1 else (None, noted[0] if noted else None)
    between = _between(clinic, before, after) if before and after else span
    return ReviewReport(clinic, span, Invited(_invited(tenant, between), before, after))


def _between(clinic: Tenant, before: Rating, after: Rating) -> Period:
    """From when the first day begins until the last one ends."""
    first, last = (datetime.fromisoformat(one.day) for one in (before, after))
    return Period(instant(first, clinic.timezone), instant(last + DAY, clinic.timezone))


def _invited(tenant: str, between: Period) -> frozenset[str]:
    """People, as they are joined now: a read for each day."""
    totals = intervals.totals(tenant, between.start, between.end)
    people = {one.record: one.person for one in aliases.everyone(tenant)}
    whole = of_people(together(each for one in totals for each in one.outcomes.values()), people)
    return whole.messaged.get("review", frozenset())

"""Whom the clinic invited to review it in a period, and what the review site showed around it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.report_outcomes import report_outcomes
from recado.model.rating import Rating
from recado.model.tenant import Tenant
from recado.rules.kpi_reviews import Invited
from recado.rules.periods import Period
from recado.rules.times import wall
from recado.store import ratings


class ReviewReport(NamedTuple):
    """On all channels together: the site does not say from where a review came."""

    clinic: Tenant
    period: Period
    whole: Invited


def report_reviews(tenant: str, start: str | None, end: str | None, now: datetime) -> ReviewReport:
    """Of a period (see `rules.periods`). Raises Invalid that names `from` or `to`."""
    made = report_outcomes(tenant, start, end, now)
    people = made.whole.messaged.get("review", frozenset())
    before, after = (_shown(tenant, made.clinic, at) for at in made.period)
    return ReviewReport(made.clinic, made.period, Invited(people, before, after))


def _shown(tenant: str, clinic: Tenant, at: datetime) -> Rating | None:
    return next(iter(ratings.lately(tenant, wall(at, clinic.timezone).date().isoformat(), 1)), None)

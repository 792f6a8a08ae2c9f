"""A clinic learns from its own visits who does not come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from recado.actions.walk_visits import walk_visits
from recado.model.risk import RiskModel
from recado.rules import times
from recado.rules.risk.learning import learn
from recado.rules.risk.visits import visit_of
from recado.store import risks, tenants

DAYS: Final = 365
"""So far back it is learned from."""
MOST: Final = 10_000
"""So many visits, the latest: some seconds of a whole core, ten to fifteen of what the sweep has."""


def learn_risk(tenant: str, now: datetime) -> RiskModel:
    """Learn from the clinic's visits until last night, and keep it; what it is then.

    Twice the same night gives the same. Raises Unavailable, and Stale when somebody else has just learned.
    """
    today = times.wall(now, tenants.get(tenant).timezone).date()
    walked = walk_visits(tenant, today - timedelta(days=DAYS), today - timedelta(days=1))
    visits = list(islice(walked, MOST))
    ages = _ages(tenant, [one.id for one in visits])
    known = [visit_of(one, ages.get(one.id)) for one in visits if one.erased_at is None]
    before = risks.model(tenant)
    learned = learn(known, today, now)
    return risks.put_model(tenant, learned.model_copy(update={"version": before.version if before else 0}))


def _ages(tenant: str, visits: Sequence[str]) -> dict[str, int]:
    """By visit, the age that its patient had when it was predicted; of others it is not known here."""
    return {visit: risk.age for visit, risk in risks.risks(tenant, visits).items() if risk.age is not None}

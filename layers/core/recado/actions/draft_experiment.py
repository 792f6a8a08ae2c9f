"""A clinic thinks of comparing another reminder policy with its own: what would it take?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from recado.actions.check_policy import check_policy
from recado.actions.identify import new_id
from recado.actions.walk_visits import walk_visits
from recado.model.experiment import Experiment
from recado.model.policy import Policy
from recado.rules import experiments as rules
from recado.rules import times
from recado.rules.appointments import line
from recado.store import experiments, tenants


class Idea(NamedTuple):
    """The policy to be tried, for visits of a type or of all, and the smallest difference worth finding."""

    name: str
    policy: Policy
    difference: float
    type_id: str | None = None


def draft_experiment(tenant: str, idea: Idea, now: datetime, *, author: str) -> Experiment:
    """Keep it, with what it would take by the clinic's last weeks; nobody is in it yet.

    Raises Invalid that names a field, Conflict for one too many.
    """
    rules.refuse_many(experiments.listing(tenant))
    policy = check_policy(idea.policy)
    yesterday = times.wall(now, tenants.get(tenant).timezone).date() - timedelta(days=1)
    visits = walk_visits(tenant, yesterday - timedelta(weeks=rules.WINDOW), yesterday)
    of_type = [one for one in visits if idea.type_id in (None, one.type_id)]
    made = Experiment(
        id=new_id("x"),
        name=line("name", idea.name),
        policy=policy,
        type_id=idea.type_id,
        difference=idea.difference,
        estimate=rules.estimate(of_type, idea.difference),
        created_at=now,
        created_by=author,
    )
    return experiments.put(tenant, made)

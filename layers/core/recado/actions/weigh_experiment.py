"""What came of an experiment by now?"""

from __future__ import annotations

from datetime import datetime, timedelta

from recado.actions.walk_visits import walk_visits
from recado.model.experiment import Experiment
from recado.rules import experiments as rules
from recado.rules import times
from recado.store import experiments, tenants


def weigh_experiment(tenant: str, experiment_id: str, now: datetime) -> tuple[Experiment, rules.Results]:
    """The experiment and its results; before it is started, none. Reads all visits since it began,
    of two years at most. Raises NotFound, Unavailable."""
    one = experiments.get(tenant, experiment_id)
    if one.started_at is None:
        return one, rules.results(tenant, one, ())
    zone = tenants.get(tenant).timezone
    today, began = times.wall(now, zone).date(), times.wall(one.started_at, zone).date()
    first = max(began, today - timedelta(weeks=rules.LONGEST))
    return one, rules.results(tenant, one, walk_visits(tenant, first, today))

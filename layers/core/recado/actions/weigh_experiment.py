"""What came of an experiment by now?"""

from __future__ import annotations

from datetime import datetime

from recado.actions.walk_visits import walk_visits
from recado.model.experiment import Experiment
from recado.rules import experiments as rules
from recado.rules import times
from recado.store import experiments, tenants


def weigh_experiment(tenant: str, experiment_id: str, now: datetime) -> tuple[Experiment, rules.Results]:
    """The experiment and its results; before it is started, none. Reads each day since it began, two
    years at most. Raises NotFound, Unavailable."""
    one = experiments.get(tenant, experiment_id)
    if one.started_at is None:
        return one, rules.results(tenant, one, ())
    zone = tenants.get(tenant).timezone
    today, began = times.wall(now, zone).date(), times.wall(one.started_at, zone).date()
    days = min((today - began).days + 1, rules.LONGEST * 7)
    return one, rules.results(tenant, one, walk_visits(tenant, today, days))

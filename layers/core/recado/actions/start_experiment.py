"""An experiment begins, and ends."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.errors import Stale
from recado.model.experiment import Experiment
from recado.rules import experiments as rules
from recado.store import experiments, tenants


def start_experiment(
    tenant: str, experiment_id: str, now: datetime, *, author: str, version: int | None = None
) -> Experiment:
    """From now on half of the patients whose visits are booked get the other policy; workers know within a
    minute.

    Raises NotFound, Conflict (see rules.experiments.started), and Stale when it is not at `version`
    or another one is started at this moment.
    """
    one = _at(tenant, experiment_id, version)
    again(tenants.raise_flag)(tenant, "experiments")
    another = experiments.one_runs(tenant)
    return experiments.start(tenant, rules.started(one, now, author, another=another))


def stop_experiment(
    tenant: str, experiment_id: str, now: datetime, *, author: str, version: int | None = None
) -> Experiment:
    """Nobody who books from now on is in it; visits that were booked before keep their policy.

    Raises NotFound, Conflict unless it runs, and Stale when it is not at `version`.
    """
    return experiments.stop(tenant, rules.stopped(_at(tenant, experiment_id, version), now, author))


def _at(tenant: str, experiment_id: str, version: int | None) -> Experiment:
    one = experiments.get(tenant, experiment_id)
    if version is not None and version != one.version:
        raise Stale
    return one

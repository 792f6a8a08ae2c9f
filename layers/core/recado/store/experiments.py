"""A clinic's experiments (`T#t#experiments`), in the tenants table; at most a minute old where visits are
planned."""

from __future__ import annotations

from recado.errors import NotFound
from recado.model.experiment import Experiment
from recado.store.recent import Recent
from recado.store.rows import (
    Note,
    Row,
    fields,
    key,
    load,
    named,
    readable,
    save,
    serve,
    table_name,
    transaction,
)


class ExperimentRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


class PlaceRow(Note):
    """The one place of the experiment that runs."""

    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(ExperimentRow, PlaceRow)


def _partition(tenant: str) -> str:
    return key(tenant, "experiments")


def listing(tenant: str) -> list[Experiment]:
    """All of a clinic's, as they are now, the oldest first."""
    with named():
        rows = list(ExperimentRow.query(_partition(tenant), consistent_read=True))
    return sorted(readable(rows, Experiment).values(), key=lambda one: (one.created_at, one.id))


_recent = Recent(listing)


def recent(tenant: str) -> list[Experiment]:
    """The same, at most a minute old."""
    return _recent.of(tenant)


def get(tenant: str, experiment_id: str) -> Experiment:
    """One of them. Raises NotFound."""
    found = load(ExperimentRow, Experiment, _partition(tenant), experiment_id)
    if found is None:
        raise NotFound
    return found


def one_runs(tenant: str) -> bool:
    """Whether one of the clinic's runs now."""
    with named():
        return any(PlaceRow.query(_place(tenant).pk, consistent_read=True))


def start(tenant: str, experiment: Experiment) -> Experiment:
    """Store one that is running from now on, as it then is. Raises Stale, also while another one runs: of two
    that are started at once, one is."""
    with transaction() as work:
        work.save(_row(tenant, experiment))
        work.save(_place(tenant, experiment.id), condition=PlaceRow.pk.does_not_exist())
    _recent.drop(tenant)
    return experiment.model_copy(update={"version": experiment.version + 1})


def stop(tenant: str, experiment: Experiment) -> Experiment:
    """Store one that is over, as it then is. Raises Stale."""
    with transaction() as work:
        work.save(_row(tenant, experiment))
        work.delete(_place(tenant))
    _recent.drop(tenant)
    return experiment.model_copy(update={"version": experiment.version + 1})


def put(tenant: str, experiment: Experiment) -> Experiment:
    """Store one that does not run, as it then is. Raises Stale."""
    version = save(_row(tenant, experiment), experiment.version)
    _recent.drop(tenant)
    return experiment.model_copy(update={"version": version})


def _row(tenant: str, experiment: Experiment) -> ExperimentRow:
    return ExperimentRow(pk=_partition(tenant), sk=experiment.id, **fields(experiment))


def _place(tenant: str, experiment_id: str = "") -> PlaceRow:
    return PlaceRow(pk=key(tenant, "experiments", "running"), sk="X", body=experiment_id)

"""Two reminder policies, compared: which of them brings more patients to their visits?"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from recado.actions.draft_experiment import Idea, draft_experiment
from recado.actions.start_experiment import start_experiment, stop_experiment
from recado.actions.weigh_experiment import weigh_experiment
from recado.model.experiment import Experiment as StoredExperiment
from recado.model.record import iso
from recado.rules import experiments as rules
from recado.store import experiments
from typing_extensions import TypedDict

from api.answers import Moment, Page, moment, page
from api.policies import StepOf, Wanted, step_shown
from api.reading import Asked, Seen
from api.resource import Call, Resource

resource = Resource(__name__)


class Estimate(TypedDict):
    """What it takes (power 80 %, two-sided 5 %): `patients` in both arms together; by `a_week`, the patients
    who had a visit each week of late, so many `weeks`; null: more than two years. `kept`: the share of visits
    that took place."""

    kept: float
    a_week: float
    patients: int
    weeks: int | None


class Experiment(TypedDict):
    """Half of the patients get `steps` instead of the clinic's own, by lot and always the same, for visits
    booked from `started_at` to `stopped_at`. `difference`: the smallest one worth finding, of all visits."""

    id: str
    version: int
    name: str
    type_id: str | None
    steps: list[StepOf]
    difference: float
    estimate: Estimate
    state: Literal["draft", "running", "stopped"]
    created_at: Moment
    created_by: str
    started_at: Moment | None
    started_by: str | None
    stopped_at: Moment | None
    stopped_by: str | None


class Shares(TypedDict):
    """Of an arm's `patients`, by their first visit: whose took place, and who missed it; the others called it
    off, or nobody noted what came of it."""

    patients: int
    kept: int
    missed: int


class Difference(TypedDict):
    """Tried less usual, as a share of the patients, and its interval (95 %)."""

    of: float
    low: float
    high: float


class Results(Experiment):
    """What came of it by now, everybody in the arm they were assigned to. Until `enough` is true, fewer
    patients than planned were seen: whoever stops as soon as a difference shows finds many that are none."""

    usual: Shares
    tried: Shares
    kept: Difference | None
    missed: Difference | None
    enough: bool


class Draft(Asked):
    """The policy to be tried: of it only its steps and words count, the rest stays as it is for everybody."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    policy: Wanted
    difference: Annotated[
        float, Field(ge=0.005, le=0.5, description="Of all visits: 0.03 is three in a hundred more.")
    ]
    type_id: Annotated[str | None, Field(max_length=64)] = None


@resource.route("GET", "/experiments", "list_experiments", Page[Experiment])
def list_experiments(call: Call) -> Page[Experiment]:
    """All of the clinic's, the oldest first."""
    return page([_shown(one) for one in experiments.listing(call.tenant)])


@resource.route("POST", "/experiments", "draft_experiment", Experiment, status=201, body=Draft, keyed=True)
def draft(call: Call, body: Draft) -> Experiment:
    """Draw one up, and learn how many weeks it would need; nobody is in it yet."""
    idea = Idea(body.name, body.policy.policy(), body.difference, body.type_id)
    return call.once(lambda: _shown(draft_experiment(call.tenant, idea, call.now, author=call.author)))


@resource.route("GET", "/experiments/{id}", "read_experiment", Results)
def read_experiment(call: Call, experiment_id: str) -> Results:
    """One of them, with its results so far."""
    one, found = weigh_experiment(call.tenant, experiment_id, call.now)
    return {
        **_shown(one),
        "usual": _shares(found.usual),
        "tried": _shares(found.tried),
        "kept": _difference(found.kept),
        "missed": _difference(found.missed),
        "enough": found.enough,
    }


@resource.route("POST", "/experiments/{id}/start", "start_experiment", Experiment, body=Seen)
def start(call: Call, experiment_id: str, body: Seen) -> Experiment:
    """Begin; one runs at a time."""
    one = start_experiment(call.tenant, experiment_id, call.now, author=call.author, version=body.version)
    return _shown(one)


@resource.route("POST", "/experiments/{id}/stop", "stop_experiment", Experiment, body=Seen)
def stop(call: Call, experiment_id: str, body: Seen) -> Experiment:
    """End it: what is booked from now on goes by the clinic's own policy."""
    one = stop_experiment(call.tenant, experiment_id, call.now, author=call.author, version=body.version)
    return _shown(one)


def _shown(one: StoredExperiment) -> Experiment:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "type_id": one.type_id,
        "steps": [step_shown(each) for each in one.policy.steps],
        "difference": one.difference,
        "estimate": {
            "kept": one.estimate.kept,
            "a_week": one.estimate.a_week,
            "patients": one.estimate.patients,
            "weeks": one.estimate.weeks,
        },
        "state": one.state,
        "created_at": iso(one.created_at),
        "created_by": one.created_by,
        "started_at": moment(one.started_at),
        "started_by": one.started_by,
        "stopped_at": moment(one.stopped_at),
        "stopped_by": one.stopped_by,
    }


def _shares(one: rules.Shares) -> Shares:
    return {"patients": one.patients, "kept": one.kept, "missed": one.missed}


def _difference(one: rules.Difference | None) -> Difference | None:
    return {"of": one.of, "low": one.low, "high": one.high} if one else None

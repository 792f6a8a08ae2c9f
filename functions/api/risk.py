"""Which visits are likely missed, why, and from what that was learned. It orders calls; nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from recado.actions.list_risks import list_risks
from recado.actions.set_risk import set_risk
from recado.model.appointment import Appointment, Confirmation
from recado.model.record import iso
from recado.model.risk import Risk as StoredRisk
from recado.model.risk import RiskModel, Trial
from recado.rules.risk.scoring import untaught
from recado.store import risks, tenants
from typing_extensions import TypedDict

from api.answers import Moment, Page, moment, page
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)

State = Literal["off", "on"]


class TrialOf(TypedDict):
    """How the model of before did on `visits` that it had not seen: `brier` (0 is best) beside that of always
    saying the same (`plain`); `area`: how often a missed visit was put before a kept one (0.5: by chance)."""

    visits: int
    missed: int
    brier: float
    plain: float
    area: float | None


class Model(TypedDict):
    """`state`: whether it is used. `visits` 0: nothing was learned yet, and it is what is believed of any
    clinic. `weights`: log-odds by feature and bin, or by feature; `high_from`: from which probability on a
    visit is at risk; `shift` and `stretch`: the calibration of the log-odds."""

    state: State
    definition: str
    version: int
    learned_at: Moment | None
    visits: int
    missed: int
    intercept: float
    weights: dict[str, float]
    shift: float
    stretch: float
    high_from: float
    trial: TrialOf | None


class Switch(Asked):
    """Whether it is reckoned from now on."""

    state: State


class ReasonOf(TypedDict):
    """`moves`: by how much (log-odds) this feature's value makes it likelier than usual, or less so."""

    feature: str
    value: str
    moves: float


class Risk(TypedDict):
    """What was predicted, by which version of the model, from which `features`."""

    probability: float
    high: bool
    reasons: list[ReasonOf]
    features: dict[str, str]
    model: int
    definition: str
    at: Moment


class Visit(TypedDict):
    """A visit that is to come; `risk` null: nothing was predicted of it yet."""

    appointment: str
    patient: str
    patient_name: str | None
    practitioner: str
    local_start: str
    confirmation: Confirmation
    risk: Risk | None


class Day(Asked):
    """A day of the clinic's calendar; none: today."""

    day: Annotated[str | None, Field(max_length=10, description="`2026-11-24`")] = None


@resource.route("GET", "/risk", "read_risk", Model)
def read_risk(call: Call) -> Model:
    """What the clinic has learned, and how well it does."""
    return _model_of(call.tenant)


@resource.route("PUT", "/risk", "set_risk", Model, body=Switch)
def switch(call: Call, body: Switch) -> Model:
    """Have it reckoned, or no more."""
    set_risk(call.tenant, body.state)
    return _model_of(call.tenant)


@resource.route("GET", "/risk/visits", "list_risks", Page[Visit], query=Day)
def show_risks(call: Call, query: Day) -> Page[Visit]:
    """The visits of a day that are still to be kept, the likeliest missed first: whom to call."""
    return page([_visit_of(*one) for one in list_risks(call.tenant, call.now, day=query.day)])


def _model_of(tenant: str) -> Model:
    model: RiskModel = risks.model(tenant) or untaught()
    return {
        "state": tenants.fresh(tenant).risk,
        "definition": model.definition,
        "version": model.version,
        "learned_at": moment(model.learned_at),
        "visits": model.visits,
        "missed": model.missed,
        "intercept": model.intercept,
        "weights": model.weights,
        "shift": model.calibration.shift,
        "stretch": model.calibration.stretch,
        "high_from": model.high_from,
        "trial": _trial_of(model.trial) if model.trial else None,
    }


def _trial_of(one: Trial) -> TrialOf:
    return {
        "visits": one.visits,
        "missed": one.missed,
        "brier": one.brier,
        "plain": one.plain,
        "area": one.area,
    }


def _visit_of(visit: Appointment, risk: StoredRisk | None) -> Visit:
    return {
        "appointment": visit.id,
        "patient": visit.patient,
        "patient_name": visit.patient_name,
        "practitioner": visit.practitioner,
        "local_start": visit.local_start,
        "confirmation": visit.confirmation,
        "risk": _risk_of(risk) if risk else None,
    }


def _risk_of(one: StoredRisk) -> Risk:
    return {
        "probability": one.probability,
        "high": one.high,
        "reasons": [{"feature": it.feature, "value": it.value, "moves": it.moves} for it in one.reasons],
        "features": one.features,
        "model": one.model,
        "definition": one.definition,
        "at": iso(one.at),
    }

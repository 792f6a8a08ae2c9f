"""What a model makes of one visit: a probability, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import exp
from typing import Final

from recado.model.risk import Calibration, Reason, Risk, RiskModel
from recado.rules.risk import prior
from recado.rules.risk.features import DEFINITION, Features, features
from recado.rules.risk.shares import Shares
from recado.rules.risk.visits import Visit

REASONS: Final = 3
"""So many reasons are told: those that move it most."""

TOLD: Final = 0.1
"""A reason that moves the log-odds less is none."""


def untaught() -> RiskModel:
    """The model of a clinic that has no history: what is believed before (prior.py)."""
    return RiskModel(definition=DEFINITION, intercept=prior.INTERCEPT, weights=prior.weights())


def score(model: RiskModel, visit: Visit, of_patient: Sequence[Visit], now: datetime) -> Risk:
    """The risk that a visit is missed, as of the night before it. `of_patient`: its patient's visits."""
    return explained(model, features(visit, of_patient, Shares(model.shares, model.day)), visit, now)


def explained(model: RiskModel, row: Features, visit: Visit, now: datetime) -> Risk:
    """The risk of a visit whose features are known."""
    moved = moves(model.weights, row)
    odds = model.intercept + sum(moved.values())
    probability = calibrated(model.calibration, odds)
    shown = row.bins | {feature: f"{value:+.2f}" for feature, value in row.shares.items()}
    return Risk(
        probability=round(probability, 4),
        high=probability >= model.high_from,
        reasons=_reasons(model, moved, shown),
        features=shown,
        age=visit.age,
        model=model.version,
        definition=model.definition,
        calibration=model.calibration,
        at=now,
    )


def _reasons(model: RiskModel, moved: Mapping[str, float], shown: Mapping[str, str]) -> tuple[Reason, ...]:
    """What moves it away from the clinic's usual visit, the most telling first."""
    told = {feature: moved[feature] - model.typical.get(feature, 0.0) for feature in moved}
    most = sorted(told, key=lambda feature: -abs(told[feature]))[:REASONS]
    return tuple(
        Reason(feature=one, value=shown[one], moves=round(told[one], 3))
        for one in most
        if abs(told[one]) >= TOLD
    )


def moves(weights: Mapping[str, float], row: Features) -> dict[str, float]:
    """Feature → what it adds to the log-odds."""
    binned = {feature: weights.get(f"{feature}={value}", 0.0) for feature, value in row.bins.items()}
    return binned | {feature: weights.get(feature, 0.0) * value for feature, value in row.shares.items()}


def calibrated(calibration: Calibration, odds: float) -> float:
    """The probability that the log-odds stand for."""
    straight = calibration.shift + calibration.stretch * odds
    return 1 / (1 + exp(-max(-30.0, min(30.0, straight))))

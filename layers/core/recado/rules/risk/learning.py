"""From a clinic's visits to its model: features as they were known at the time, weights, and a trial on the
latest visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from recado.model.risk import Calibration, RiskModel, Trial
from recado.rules.risk.calibrating import area, brier, calibrate
from recado.rules.risk.features import DEFINITION, Features, features
from recado.rules.risk.fitting import Fitted, fit
from recado.rules.risk.scoring import calibrated, moves, untaught
from recado.rules.risk.shares import Shares
from recado.rules.risk.visits import Visit

TRIED: Final = 5
"""The last fifth of the visits is the trial: the model is fitted without it, and calibrated by it."""

FEWEST: Final = 100
"""With fewer visits in its trial, a model is not calibrated: chance would do it."""


WEEK: Final = timedelta(days=7)


def is_due(model: RiskModel | None, now: datetime) -> bool:
    """Whether it is time to learn again: a week has passed, or features are cut otherwise by now."""
    if model is None or model.definition != DEFINITION or model.learned_at is None:
        return True
    return now - model.learned_at >= WEEK


class _Seen(NamedTuple):
    """A visit with its features as of the night before, and whether it was missed."""

    row: Features
    missed: bool


def learn(visits: Iterable[Visit], today: date, now: datetime) -> RiskModel:
    """The model of a clinic with these visits, known as of the night before `today`.

    Of later days nothing is looked at; of each visit's own features nothing that was not known the night
    before it. It is fitted twice: on the first four fifths, to be tried and calibrated on the last one, and
    on all. Raises nothing: with no visits it is what was believed before.
    """
    known = [one for one in visits if one.day < today]
    shares = Shares({}, today.toordinal())
    seen = _walked(known, shares)
    tried, calibration = _tried(seen)
    fitted = _fitted(seen)
    return RiskModel(
        definition=DEFINITION,
        learned_at=now,
        day=today.toordinal(),
        visits=len(seen),
        missed=sum(one.missed for one in seen),
        intercept=round(fitted.intercept, 4),
        weights={name: round(weight, 4) for name, weight in fitted.weights.items()},
        typical=_typical(fitted, seen),
        shares=shares.kept(today.toordinal()),
        calibration=calibration,
        trial=tried,
        high_from=_high_from(fitted, calibration, seen) or untaught().high_from,
    )


def _walked(visits: Sequence[Visit], shares: Shares) -> list[_Seen]:
    """The visits with an outcome, day by day: first all features of a day, then its outcomes are known."""
    of_patient: dict[str, list[Visit]] = {}
    for one in visits:
        of_patient.setdefault(one.patient, []).append(one)
    ended = sorted((one for one in visits if one.came is not None), key=lambda one: (one.day, one.id))
    seen = []
    for _, those in groupby(ended, key=lambda one: one.day):
        day = list(those)
        seen += [_Seen(features(one, of_patient[one.patient], shares), not one.came) for one in day]
        for one in day:
            shares.add(one)
    return seen


def _fitted(seen: Sequence[_Seen]) -> Fitted:
    return fit([one.row for one in seen], [one.missed for one in seen])


def _tried(seen: Sequence[_Seen]) -> tuple[Trial | None, Calibration]:
    """How a model of the first four fifths does on the last, and what makes its probabilities come true."""
    cut = len(seen) - len(seen) // TRIED
    later = seen[cut:]
    if len(later) < FEWEST:
        return None, Calibration()
    fitted = _fitted(seen[:cut])
    odds = _odds(fitted, later)
    missed = [one.missed for one in later]
    plain = sum(one.missed for one in seen[:cut]) / cut
    said = [calibrated(Calibration(), one) for one in odds]
    trial = Trial(
        visits=len(later),
        missed=sum(missed),
        brier=round(brier(said, missed), 4),
        plain=round(brier([plain] * len(later), missed), 4),
        area=area(said, missed),
    )
    return trial, calibrate(odds, missed)


def _typical(fitted: Fitted, seen: Sequence[_Seen]) -> dict[str, float]:
    """What each feature adds on average: a reason is what moves a visit away from it."""
    sums: dict[str, float] = {}
    for one in seen:
        for feature, moved in moves(fitted.weights, one.row).items():
            sums[feature] = sums.get(feature, 0.0) + moved
    return {feature: round(total / len(seen), 4) for feature, total in sums.items()}


def _high_from(fitted: Fitted, calibration: Calibration, seen: Sequence[_Seen]) -> float | None:
    """What the likeliest missed fifth of the latest visits have at least; None while there are few."""
    later = seen[-len(seen) // TRIED :] if len(seen) >= FEWEST * TRIED else ()
    said = sorted(calibrated(calibration, odds) for odds in _odds(fitted, later))
    return round(said[-len(said) // 5], 4) if said else None


def _odds(fitted: Fitted, seen: Sequence[_Seen]) -> list[float]:
    return [fitted.intercept + sum(moves(fitted.weights, one.row).values()) for one in seen]

"""An additive logistic model by what is most likely after the visits, given what was believed before.

The log-odds of missing a visit are an intercept, a weight for the bin of each feature, and a weight times
each share. Bins of a feature exclude each other, so that Newton's step for all of them is one pass over the
visits; the features take turns (Gauss-Seidel) until nothing moves. The posterior is log-concave: there is one
top. Standard library only, a second for each ten thousand visits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp
from typing import Final, NamedTuple

from recado.rules.risk import prior
from recado.rules.risk.features import BINNED, SHARED, Features

ROUNDS: Final = 15
STILL: Final = 0.005
"""Weights that moved less in a round (log-odds) are where they belong."""


class Fitted(NamedTuple):
    """The weights, by feature and bin or by feature (see RiskModel)."""

    intercept: float
    weights: dict[str, float]


class _Visits:
    """The visits that are learned from, and what the weights make of them so far."""

    def __init__(self, rows: Sequence[Features], missed: Sequence[bool]) -> None:
        self.missed = [float(one) for one in missed]
        self.odds = [prior.INTERCEPT] * len(rows)

    def errors(self) -> tuple[list[float], list[float]]:
        """Of each visit: by how much what came is more than was expected, and how much it tells."""
        expected = [1 / (1 + exp(-odds)) for odds in self.odds]
        off = [came - each for came, each in zip(self.missed, expected, strict=True)]
        return off, [each * (1 - each) for each in expected]


def fit(rows: Sequence[Features], missed: Sequence[bool]) -> Fitted:
    """The weights after these visits; with none, those of before."""
    visits, weights = _Visits(rows, missed), prior.weights()
    turns = [_binned(feature, rows, visits, weights) for feature in BINNED]
    turns += [_shared(feature, rows, visits, weights) for feature in SHARED]
    intercept = {"": prior.INTERCEPT}
    turns.append(_turn(visits, [""] * len(rows), intercept, prior.FIRMNESS))
    for _ in range(ROUNDS if rows else 0):
        if max(turn() for turn in turns) < STILL:
            break
    return Fitted(intercept[""], weights)


def _binned(
    feature: str, rows: Sequence[Features], visits: _Visits, weights: dict[str, float]
) -> Callable[[], float]:
    bins = [f"{feature}={row.bins[feature]}" if feature in row.bins else None for row in rows]
    for index, one in enumerate(bins):
        visits.odds[index] += weights.get(one, 0.0) if one else 0.0
    return _turn(visits, bins, weights, prior.FIRMNESS)


def _turn(
    visits: _Visits, bins: Sequence[str | None], weights: dict[str, float], firmness: float
) -> Callable[[], float]:
    """One feature's turn: a Newton step for each of its bins; by how much the weights moved, at most."""
    believed = {one: weights.get(one, 0.0) for one in set(bins) if one is not None}

    def turn() -> float:
        off, tells = visits.errors()
        pull = {one: -firmness * (weights.get(one, 0.0) - before) for one, before in believed.items()}
        bend = dict.fromkeys(believed, firmness)
        for one, error, told in zip(bins, off, tells, strict=True):
            if one is not None:
                pull[one] += error
                bend[one] += told
        step: dict[str | None, float] = {one: pull[one] / bend[one] for one in believed}
        weights.update({one: weights.get(one, 0.0) + step[one] for one in believed})
        visits.odds = [odds + step.get(one, 0.0) for odds, one in zip(visits.odds, bins, strict=True)]
        return max((abs(moved) for moved in step.values()), default=0.0)

    return turn


def _shared(
    feature: str, rows: Sequence[Features], visits: _Visits, weights: dict[str, float]
) -> Callable[[], float]:
    """A share's turn: a Newton step of its one weight."""
    values, believed = [row.shares[feature] for row in rows], weights[feature]
    visits.odds = [odds + believed * value for odds, value in zip(visits.odds, values, strict=True)]

    def turn() -> float:
        off, tells = visits.errors()
        pull = sum(value * error for value, error in zip(values, off, strict=True))
        bend = sum(value * value * told for value, told in zip(values, tells, strict=True))
        pull -= prior.SHARE_FIRMNESS * (weights[feature] - believed)
        step = pull / (bend + prior.SHARE_FIRMNESS)
        weights[feature] += step
        visits.odds = [odds + step * value for odds, value in zip(visits.odds, values, strict=True)]
        return abs(step)

    return turn

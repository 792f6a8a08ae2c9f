"""What is said of probabilities: how they order, whether they come true, what their top fifth holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from recado.rules.risk.calibrating import area, brier

BINS: Final = 10


class Measured(NamedTuple):
    """`area`: AUC. `error`: the mean distance of said and so over tenths of the visits (expected
    calibration error). `precision`: what share of the top fifth was missed; `found`: what share of the
    missed is in it."""

    area: float
    brier: float
    error: float
    precision: float
    found: float


def measured(said: Sequence[float], missed: Sequence[bool]) -> Measured:
    """All of them."""
    order = sorted(range(len(said)), key=lambda index: -said[index])
    top = [missed[index] for index in order[: len(order) // 5]]
    return Measured(
        area=area(said, missed) or 0.0,
        brier=brier(said, missed),
        error=sum(abs(expected - was) for expected, was, _ in reliability(said, missed)) / BINS,
        precision=sum(top) / len(top),
        found=sum(top) / sum(missed),
    )


def reliability(said: Sequence[float], missed: Sequence[bool]) -> list[tuple[float, float, int]]:
    """Tenths of the visits by what was said: mean said, share missed, how many."""
    order = sorted(range(len(said)), key=lambda index: said[index])
    tenths = [order[len(order) * one // BINS : len(order) * (one + 1) // BINS] for one in range(BINS)]
    return [
        (sum(said[i] for i in tenth) / len(tenth), sum(missed[i] for i in tenth) / len(tenth), len(tenth))
        for tenth in tenths
        if tenth
    ]

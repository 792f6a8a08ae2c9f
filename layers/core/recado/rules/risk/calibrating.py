"""Whether probabilities come true, and what makes them."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import Final

from recado.model.risk import Calibration

ROUNDS: Final = 20
FIRMNESS: Final = 20.0
"""How firmly it is believed that nothing has to be changed (precision of both numbers)."""


def calibrate(odds: Sequence[float], missed: Sequence[bool]) -> Calibration:
    """Platt's scaling: the straight line through the log-odds by which these visits are likeliest, drawn
    towards changing nothing. It keeps the order of visits."""
    shift, stretch = 0.0, 1.0
    for _ in range(ROUNDS):
        a, b = -FIRMNESS * shift, -FIRMNESS * (stretch - 1)
        aa, ab, bb = FIRMNESS, 0.0, FIRMNESS
        for each, was in zip(odds, missed, strict=True):
            expected = 1 / (1 + exp(-(shift + stretch * each)))
            told = expected * (1 - expected)
            a, b = a + was - expected, b + (was - expected) * each
            aa, ab, bb = aa + told, ab + told * each, bb + told * each * each
        whole = aa * bb - ab * ab
        shift, stretch = shift + (a * bb - b * ab) / whole, stretch + (b * aa - a * ab) / whole
    return Calibration(shift=round(shift, 4), stretch=round(max(stretch, 0.05), 4))


def brier(said: Sequence[float], missed: Sequence[bool]) -> float:
    """The mean squared error of probabilities (Brier 1950): 0 is best."""
    return sum((each - was) ** 2 for each, was in zip(said, missed, strict=True)) / len(said)


def area(said: Sequence[float], missed: Sequence[bool]) -> float | None:
    """How often a missed visit was put before a kept one, ties counting half (AUC); none without both."""
    order = sorted(range(len(said)), key=lambda index: said[index])
    ones, ranks, index = sum(missed), 0.0, 0
    while index < len(order):
        end = index
        while end < len(order) and said[order[end]] == said[order[index]]:
            end += 1
        ranks += sum(missed[order[each]] for each in range(index, end)) * (index + 1 + end) / 2
        index = end
    pairs = ones * (len(said) - ones)
    return round((ranks - ones * (ones + 1) / 2) / pairs, 4) if pairs else None

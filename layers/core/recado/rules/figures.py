"""Numbers that say of how many they are, each with a name and a version. Pure.

Sources are the R and K numbers of the requirements. A definition that changes gets a new version; it is never
changed under its old one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil
from typing import Final, Generic, Literal, NamedTuple, TypeVar

I = TypeVar("I")  # noqa: E741 - what a measure is made of

Unit = Literal["share", "count", "seconds", "days", "times", "points"]
"""A share is from 0 to 1; points are from -100 to 100."""


class Part(NamedTuple):
    """A number, and of how many it is; none: of nobody, there is no number."""

    value: float | None
    n: int


class Figure(NamedTuple):
    """The same, and what it is made of, by name."""

    value: float | None
    n: int
    parts: Mapping[str, Part] = {}


class Measure(NamedTuple, Generic[I]):
    """A figure with a name: `id` and `version` say which definition it is, `source` what asks for it."""

    id: str
    version: int
    name: str
    source: str
    unit: Unit
    formula: Callable[[I], Figure]


NOTHING: Final = Figure(None, 0)


def part(number: float, of: int) -> Part:
    """A share, or a mean, to four places."""
    return Part(round(number / of, 4) if of else None, of)


def share(number: float, of: int, parts: Mapping[str, Part] | None = None) -> Figure:
    """The same, with its parts."""
    return Figure(*part(number, of), parts or {})


def count(number: int, of: int) -> Figure:
    """So many, of so many."""
    return Figure(number, of)


def percentile(values: Sequence[float], of: float) -> Part:
    """The value that this share of them does not exceed (nearest rank): one that has occurred."""
    ordered = sorted(values)
    return Part(ordered[ceil(of * len(ordered)) - 1] if ordered else None, len(ordered))

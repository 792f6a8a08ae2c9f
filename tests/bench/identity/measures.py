"""How well records were put together: pairs after closure, counts of people, reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, Protocol


class Decision(Protocol):
    """What was decided of one record: a line of the command's answer."""

    @property
    def record_id(self) -> str: ...
    @property
    def person_id(self) -> str: ...
    @property
    def decision(self) -> str: ...
    @property
    def score(self) -> float:
        """How probable it is that the record is of somebody who was known already."""

    @property
    def reads(self) -> int: ...


class Pairs(NamedTuple):
    """Of all pairs of records that are said to be one person's, and of all that are."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall or 1)


class Measured(NamedTuple):
    answered: Pairs
    """By the person each record was given."""
    automatic: Pairs
    """By what was decided without asking: a record to review stands for itself."""
    review: float
    """Records to review, of all."""
    reads_mean: float
    reads_most: int
    counted: float
    """People by counting, over those there are: 0.1 is a tenth too many."""
    summed: float
    """The same, each record being a new person with the probability that it said."""


def pairs(said: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> Pairs:
    """Precision and recall of the pairs of records that are `said` to be one; 1 where there is no pair."""
    together = _pairs(Counter((said[record], true[record]) for record in true))
    claimed, real = _pairs(Counter(said[record] for record in true)), _pairs(Counter(true.values()))
    return Pairs(together / claimed if claimed else 1.0, together / real if real else 1.0)


def _pairs(sizes: Counter[tuple[Hashable, Hashable]] | Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def measure(decided: Sequence[Decision], true: Mapping[str, str]) -> Measured:
    """`decided` in the order in which the records came; `true`, whose each is."""
    people = len(set(true.values()))
    return Measured(
        answered=pairs({one.record_id: one.person_id for one in decided}, true),
        automatic=pairs({one.record_id: _automatic(one) for one in decided}, true),
        review=sum(one.decision == "review" for one in decided) / len(decided),
        reads_mean=sum(one.reads for one in decided) / len(decided),
        reads_most=max(one.reads for one in decided),
        counted=len({one.person_id for one in decided}) / people - 1,
        summed=sum(1 - one.score for one in decided) / people - 1,
    )


def _automatic(one: Decision) -> tuple[str, str]:
    return ("alone", one.record_id) if one.decision == "review" else ("person", one.person_id)


def found_by(keys: Iterable[Mapping[str, Hashable | None]], true: Mapping[str, str]) -> float:
    """What share of all true pairs has the same value in one of `keys`, by record; None is no value."""
    keys = list(keys)
    records: dict[str, list[str]] = {}
    for record, person in true.items():
        records.setdefault(person, []).append(record)
    every = [pair for group in records.values() for pair in combinations(group, 2)]
    met = sum(any(key[a] is not None and key[a] == key[b] for key in keys) for a, b in every)
    return met / len(every) if every else 1.0

"""What intervals count, by people as they are joined now: who had two records then, and is one person today,
is one person in the past as well (R16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from recado.model.alias import Alias
from recado.model.interval import Counts, IntervalTotal


class _First(NamedTuple):
    at: datetime
    record: str


def canonical(totals: Sequence[IntervalTotal], aliases: Iterable[Alias]) -> list[IntervalTotal]:
    """These intervals, with every record as its person; a person's first contact is the first of their
    records' first contacts, and counts once."""
    known = list(aliases)
    people = {one.record: one.person for one in known}
    if not people:
        return list(totals)
    first = _firsts(totals, known, people)
    return [_total(one, people, first) for one in totals]


def _firsts(
    totals: Iterable[IntervalTotal], aliases: Iterable[Alias], people: Mapping[str, str]
) -> dict[str, _First]:
    """When each person came first, and under which record."""
    found = [(one.person, _First(one.first_at, one.record)) for one in aliases if one.first_at]
    found += [
        (people[record], _First(newcomer.at, record))
        for total in totals
        for counts in total.channels.values()
        for record, newcomer in counts.newcomers.items()
        if record in people
    ]
    first: dict[str, _First] = {}
    for person, one in found:
        first[person] = min(one, first.get(person, one))
    return first


def _total(total: IntervalTotal, people: Mapping[str, str], first: Mapping[str, _First]) -> IntervalTotal:
    return total.model_copy(
        update={
            "channels": _channels(total.channels, people, first),
            "kinds": {kind: _channels(one, people, first) for kind, one in total.kinds.items()},
        }
    )


def _channels(
    channels: Mapping[str, Counts], people: Mapping[str, str], first: Mapping[str, _First]
) -> dict[str, Counts]:
    return {name: _counts(name, one, people, first) for name, one in channels.items()}


def _counts(channel: str, counts: Counts, people: Mapping[str, str], first: Mapping[str, _First]) -> Counts:
    again = [
        newcomer
        for record, newcomer in counts.newcomers.items()
        if record in people and first.get(people[record], _First(newcomer.at, record)).record != record
    ]
    origins = [newcomer.origin for newcomer in again]
    leads = [channel for newcomer in again if newcomer.lead]
    return counts.model_copy(
        update={
            "patients": frozenset(people.get(one, one) for one in counts.patients),
            "sources": counts.sources or counts.patients,
            "first_touch": _without(counts.first_touch, origins),
            "contacted": _without(counts.contacted, leads),
        }
    )


def _without(counted: Mapping[str, int], names: Sequence[str]) -> dict[str, int]:
    left = {name: number - names.count(name) for name, number in counted.items()}
    return {name: number for name, number in left.items() if number > 0}

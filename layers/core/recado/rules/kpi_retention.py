"""Who comes back (K26). Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado.model.visit_fact import VisitFact
from recado.rules.figures import Figure, Measure, part, share

WITHIN: Final = timedelta(days=365)
SEEN: Final = frozenset({"arrived", "fulfilled"})


class Seen(NamedTuple):
    """When each person was seen, who was seen in a period that ended then (their first time in it, and all
    times after that); and until when it is known."""

    times: Mapping[str, tuple[datetime, ...]]
    now: datetime


def seen(
    facts: Iterable[VisitFact], people: Mapping[str, str], since: datetime, until: datetime, now: datetime
) -> Seen:
    """By these visits, of people as they are joined now."""
    known: defaultdict[str, set[datetime]] = defaultdict(set)
    for one in facts:
        if not one.moved and one.status in SEEN and since <= one.start <= now:
            known[people.get(one.patient, one.patient)].add(one.start)
    times = {person: tuple(sorted(found)) for person, found in known.items()}
    return Seen({person: found for person, found in times.items() if found[0] < until}, now)


def retention(given: Seen) -> Figure:
    """People who were seen again within twelve months of their first visit in the period, of those for whom
    these are over or who have been; on another day, since two visits of one day are one journey. `so_far`: of
    all, those included of whom it is not known yet."""
    judged = {person: _came_back(times) for person, times in given.times.items()}
    back = sum(judged.values())
    known = [person for person, came in judged.items() if came or given.now > given.times[person][0] + WITHIN]
    return share(back, len(known), {"so_far": part(back, len(judged))})


def _came_back(times: tuple[datetime, ...]) -> bool:
    first = times[0]
    return any(first.date() < one.date() and one <= first + WITHIN for one in times[1:])


KPIS: Final[tuple[Measure[Seen], ...]] = (Measure("K26", 1, "retention", "R97, K26", "share", retention),)

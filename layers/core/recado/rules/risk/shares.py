"""What share of their visits groups have missed, as of a day: shrunk to the clinic's own, the older ones
counting less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Final, NamedTuple

from recado.rules.risk.visits import Visit

CLASSES: Final = (1, 3, 8, 15, 29)
"""Days of lead at which the next class begins: the same day, 1-2 days, within one week, two, four."""


class Kind(NamedTuple):
    """How a group's share is shrunk: as if it had `strength` visits more that were as the clinic's are; and
    after how many days a visit counts half."""

    strength: float
    half_life: float


KINDS: Final[Mapping[str, Kind]] = {
    "base": Kind(50, 365),
    "recent": Kind(200, 10),
    "place": Kind(30, 180),
    "place_lead": Kind(30, 180),
    "place_booked": Kind(20, 180),
    "place_age": Kind(30, 180),
    "booked_day": Kind(30, 180),
    "patient": Kind(4, 180),
    "patient_alike": Kind(3, 180),
}
"""Groups of visits, all but the first two patients' own apart for those of the same day. Strengths are set by
what they mean (a patient's fourth visit says as much as all before; a place's thirtieth), not fitted."""

BEFORE: Final[Mapping[str, float]] = {"same": 0.10, "ahead": 0.25}
"""The clinic's own share before it has visits: see prior.py."""

MOST: Final = 2_000
"""So many groups are kept: those with most visits. A row of the table holds 400 KB."""


def kind_of(visit: Visit) -> str:
    """Whether it is of the same day: who is there when they book seldom misses it."""
    return "same" if visit.lead == 0 else "ahead"


def lead_class(visit: Visit) -> int:
    """The class of its lead time, 0 for the same day."""
    return sum(visit.lead >= edge for edge in CLASSES)


def age_class(visit: Visit) -> str:
    """Its patient's age in years, coarsely."""
    if visit.age is None:
        return "?"
    return str(sum(visit.age >= edge for edge in (2, 10, 18, 30, 45, 60, 70)))


def groups(visit: Visit) -> dict[str, str]:
    """Kind → the group of that kind that a visit is of, its patient's apart."""
    kind, place = kind_of(visit), visit.place
    return {
        "base": f"base|{kind}",
        "recent": f"recent|{kind}",
        "place": f"place|{kind}|{place}",
        "place_lead": f"place_lead|{lead_class(visit)}|{place}",
        "place_booked": f"place_booked|{kind}|{visit.booked_at.hour}|{place}",
        "place_age": f"place_age|{kind}|{age_class(visit)}|{place}",
        "booked_day": f"booked_day|{kind}|{visit.booked_at.toordinal()}",
    }


class Shares:
    """Visits and missed ones of each group, as of the day they were last counted."""

    def __init__(self, known: Mapping[str, tuple[float, float]], day: int) -> None:
        self._counts = {group: (seen, missed, day) for group, (seen, missed) in known.items()}

    def add(self, visit: Visit) -> None:
        """Count a visit whose outcome is known."""
        day = visit.day.toordinal()
        for kind, group in groups(visit).items():
            seen, missed = self.of(kind, group, day)
            self._counts[group] = (seen + 1, missed + (visit.came is False), day)

    def of(self, kind: str, group: str, day: int) -> tuple[float, float]:
        """Visits and missed ones of a group, as of a day."""
        seen, missed, since = self._counts.get(group, (0.0, 0.0, day))
        faded = 0.5 ** (max(0, day - since) / KINDS[kind].half_life)
        return seen * faded, missed * faded

    def base(self, visit: Visit) -> float:
        """What share of visits like this one the clinic's patients miss."""
        own = kind_of(visit)
        seen, missed = self.of("base", f"base|{own}", visit.day.toordinal())
        return shrunk(seen, missed, KINDS["base"].strength, BEFORE[own])

    def moves(self, visit: Visit) -> dict[str, float]:
        """Kind → by how much (log-odds) its group is above the clinic's share, or below."""
        day, base = visit.day.toordinal(), self.base(visit)
        return {
            kind: above(*self.of(kind, group, day), kind, base)
            for kind, group in groups(visit).items()
            if kind != "base"
        }

    def kept(self, day: int) -> dict[str, tuple[float, float]]:
        """What is worth keeping, as of a day: the largest groups."""
        faded = {group: self.of(group.partition("|")[0], group, day) for group in self._counts}
        largest = sorted(faded, key=lambda group: (-faded[group][0], group))[:MOST]
        return {group: (round(faded[group][0], 3), round(faded[group][1], 3)) for group in largest}


def of_patient(visit: Visit, others: Iterable[Visit], base: float) -> dict[str, float]:
    """The same of what this patient missed on earlier days: of all, and of visits like this one."""
    day, own = visit.day.toordinal(), kind_of(visit)
    earlier = [one for one in others if one.came is not None and one.day < visit.day]
    alike = [one for one in earlier if kind_of(one) == own]
    return {
        "patient": above(*_faded(earlier, day), "patient", base),
        "patient_alike": above(*_faded(alike, day), "patient_alike", base),
    }


def _faded(visits: Sequence[Visit], day: int) -> tuple[float, float]:
    """How many visits, and how many missed ones, the older ones counting less."""
    weights = [0.5 ** ((day - one.day.toordinal()) / KINDS["patient"].half_life) for one in visits]
    return sum(weights), sum(weight for weight, one in zip(weights, visits, strict=True) if one.came is False)


def above(seen: float, missed: float, kind: str, base: float) -> float:
    """By how much (log-odds) a group's share, shrunk as its kind is, is above the clinic's own."""
    return odds_of(shrunk(seen, missed, KINDS[kind].strength, base)) - odds_of(base)


def shrunk(seen: float, missed: float, strength: float, share: float) -> float:
    """A share, as if there had been so many visits more with this one (the mean of a Beta posterior)."""
    return (missed + strength * share) / (seen + strength)


def odds_of(share: float) -> float:
    """The log-odds of a share between 0 and 1."""
    return log(share / (1 - share))

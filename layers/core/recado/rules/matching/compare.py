"""How well two records agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from recado.model.profile import Evidence, Profile
from recado.rules.matching.signs import Around, Sign, births, signs
from recado.rules.matching.views import View, view
from recado.rules.matching.weights import WEIGHTS


class Compared(NamedTuple):
    """`score`: how likely it is (0..1) that two records are one person's; `conflicts`: fields that cannot
    both be right (`birth_date`, `document`, `ehr`)."""

    score: float
    evidence: tuple[Evidence, ...]
    conflicts: tuple[str, ...]


def compare(one: Profile, other: Profile, sharing: int = 1) -> Compared:
    """Compare two records; `sharing`: how many people are known behind the contact point that they share."""
    later, earlier = view([one]), view([other])
    found = signs(later, earlier, earlier.names[0] if earlier.names else None, Around(sharing))
    odds = 2.0 ** weighed(found)
    return Compared(odds / (1 + odds), evidence(found), conflicts(later, earlier))


def weighed(found: Iterable[Sign]) -> float:
    """The sum of what signs are worth, in bits: the odds' logarithm to base 2."""
    return sum(WEIGHTS.get(f"{field}: {level}", 0.0) for field, level in found)


def evidence(found: Iterable[Sign]) -> tuple[Evidence, ...]:
    """What each field is worth, the heaviest first."""
    levels: dict[str, str] = {}
    weights: dict[str, float] = {}
    for field, level in found:
        levels[field] = level if level.startswith(levels.get(field, "")) else levels[field]
        weights[field] = weights.get(field, 0.0) + WEIGHTS.get(f"{field}: {level}", 0.0)
    heaviest = sorted(
        (field for field in weights if round(weights[field], 2)), key=lambda field: -abs(weights[field])
    )
    return tuple(
        Evidence(field=field, level=levels[field], weight=round(weights[field], 2)) for field in heaviest
    )


def conflicts(one: View, other: View) -> tuple[str, ...]:
    """The fields in which two records cannot both be right."""
    found = []
    if births(one.births, other.births) in ("near", "conflict"):
        found.append("birth_date")
    mine, theirs = one.points.get("document"), other.points.get("document")
    if mine and theirs and not mine & theirs:
        found.append("document")
    if _are_two_of_one_source(one, other):
        found.append("ehr")
    return tuple(found)


def _are_two_of_one_source(one: View, other: View) -> bool:
    """Whether a system that gives everybody a number of its own (`<source>:<id>`) has them under two."""
    mine, theirs = (_by_source(view.points.get("ehr", ())) for view in (one, other))
    return any(mine[source].isdisjoint(theirs[source]) for source in mine.keys() & theirs.keys())


def _by_source(points: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for point in points:
        found.setdefault(point.rpartition(":")[0], set()).add(point)
    return found

"""How well two records agree."""

from __future__ import annotations

from typing import NamedTuple

from recado.model.profile import Evidence, Profile
from recado.rules.matching.names import fits


class Compared(NamedTuple):
    """`score`: how likely it is (0..1) that two records are one person's; `conflicts`: fields that cannot be."""

    score: float
    evidence: tuple[Evidence, ...]
    conflicts: tuple[str, ...]


def compare(one: Profile, other: Profile, sharing: int = 1) -> Compared:
    """Compare two records; `sharing`: how many people are known behind the contact point that they share."""
    fit = fits(one.name, other.name)
    score = {"same": 0.9, "may": 0.6, "unlike": 0.01, "unknown": 0.5 / sharing}[fit]
    return Compared(score, (Evidence(field="name", level=fit, weight=0.0),), ())

"""What patients say of how it was (K36, K38), and how many say something (K39). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from recado.model.survey import Survey
from recado.rules import surveys as rules
from recado.rules.figures import NOTHING, Figure, Measure, Part, part, share


class Asked(NamedTuple):
    """What was asked about the visits and matters of a period. Of these surveys, by id: `taken` by the
    provider of whichever line they went by, and `delivered`."""

    surveys: Sequence[Survey]
    taken: frozenset[str]
    delivered: frozenset[str]


def csat(given: Asked) -> Figure:
    """Those who gave 4 or 5 of 5, of all who gave one; `low`, `high`: the interval (95 %)."""
    found = rules.csat(given.surveys)
    ends = {"low": Part(_places(found.low), found.answers), "high": Part(_places(found.high), found.answers)}
    return share(found.content, found.answers, ends)


def nps(given: Asked) -> Figure:
    """The share of 9 and 10 less that of 0 to 6, in points (-100 to 100); `low`, `high`: the interval (95 %);
    `enough`: 1 from 30 answers on, below which it says little."""
    found = rules.nps(given.surveys)
    if not found.answers:
        return NOTHING
    parts = {
        "promoters": part(found.promoters, found.answers),
        "detractors": part(found.detractors, found.answers),
        "low": Part(found.low, found.answers),
        "high": Part(found.high, found.answers),
        "enough": Part(float(found.enough), found.answers),
    }
    return Figure(found.score, found.answers, parts)


def response_rate(given: Asked) -> Figure:
    """Surveys that were answered, of those of which it is known that they arrived; `taken`: the same of those
    that a provider took, since some channels never say what arrived."""
    answered = {one.id for one in given.surveys if one.score is not None}
    parts = {"taken": part(len(given.taken & answered), len(given.taken))}
    return share(len(given.delivered & answered), len(given.delivered), parts)


def _places(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


KPIS: Final[tuple[Measure[Asked], ...]] = (
    Measure("K36", 1, "csat", "R87, K36", "share", csat),
    Measure("K38", 1, "nps", "R88, K38", "points", nps),
    Measure("K39", 1, "survey_response_rate", "R89, K39", "share", response_rate),
)

"""Whether who is invited to review the clinic does, and how it is rated (K27). Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from recado.model.rating import Rating
from recado.rules.figures import Figure, Measure, Part, share


class Invited(NamedTuple):
    """Whom we invited in a period, and what the review site showed at its start (the last that was noted by
    then) and at its end; none: nobody had noted it."""

    people: frozenset[str]
    before: Rating | None
    after: Rating | None


def review_rate(given: Invited) -> Figure:
    """Reviews that were written in the period, by what the site showed before it and at its end, for each
    person who was invited in it. No site tells who wrote: others write, too, so that it may be more than 1,
    and a site takes reviews away, which counts as none. `rating`: the mean of all reviews so far, at the end.
    """
    before, after = given.before, given.after
    parts = {"rating": Part(after.rating_value, after.review_count)} if after else {}
    if before is None or after is None or before.day == after.day:
        return Figure(None, len(given.people), parts)
    return share(max(0, after.review_count - before.review_count), len(given.people), parts)


KPIS: Final[tuple[Measure[Invited], ...]] = (
    Measure("K27", 1, "review_rate", "R97, K27", "share", review_rate),
)

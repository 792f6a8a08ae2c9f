"""Whether who is invited to review the clinic does, and how it is rated (K27). Pure."""

from __future__ import annotations

from typing import Final, NamedTuple

from recado.model.rating import Rating
from recado.rules.figures import Figure, Measure, Part, share


class Invited(NamedTuple):
    """What the review site showed when it was first and last noted, none: it was not; and whom we invited
    between these days."""

    people: frozenset[str]
    before: Rating | None
    after: Rating | None


def review_rate(given: Invited) -> Figure:
    """Reviews that were written between two notes of what the site shows, for each person who was invited
    between them. No site tells who wrote: others write, too, so that it may be more than 1; and a site takes
    reviews away, which counts as none written. `rating`: the mean of all reviews so far, when last noted."""
    before, after = given.before, given.after
    parts = {"rating": Part(after.rating_value, after.review_count)} if after else {}
    if before is None or after is None or before.day == after.day:
        return Figure(None, len(given.people), parts)
    return share(max(0, after.review_count - before.review_count), len(given.people), parts)


KPIS: Final[tuple[Measure[Invited], ...]] = (
    Measure("K27", 1, "review_rate", "R97, K27", "share", review_rate),
)

"""What the site where patients review the clinic showed of it, as somebody of the clinic noted it."""

from __future__ import annotations

from typing import Final

from pydantic import Field

from recado.model.record import Instant, Versioned

WORST: Final = 1
BEST: Final = 5


class Rating(Versioned):
    """On a day (`YYYY-MM-DD`, the clinic's calendar): of all its reviews so far, how many there are and their
    mean; none: there are no reviews. In the terms of schema.org's AggregateRating, from 1 to 5."""

    day: str
    review_count: int = Field(ge=0)
    rating_value: float | None = Field(default=None, ge=WORST, le=BEST)
    noted_at: Instant
    noted_by: str

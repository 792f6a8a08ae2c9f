"""Somebody of the clinic notes what the review site shows today: no site tells us by itself."""

from __future__ import annotations

from datetime import date, datetime

from recado.actions.again import again
from recado.errors import Invalid
from recado.model.rating import Rating
from recado.rules.times import wall
from recado.store import ratings, tenants


@again
def note_rating(
    tenant: str, day: date, review_count: int, rating_value: float, now: datetime, *, author: str
) -> Rating:
    """Keep it, in the place of what was noted for this day before. Raises Invalid that names `day`."""
    if day > wall(now, tenants.get(tenant).timezone).date():
        raise Invalid("day", "This day is still to come.")
    known = ratings.find(tenant, day.isoformat())
    made = Rating(
        day=day.isoformat(),
        review_count=review_count,
        rating_value=rating_value,
        noted_at=now,
        noted_by=author,
        version=known.version if known else 0,
    )
    ratings.put(tenant, made)
    return made

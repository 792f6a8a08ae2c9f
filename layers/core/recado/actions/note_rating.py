"""Somebody of the clinic notes what the review site shows: no site tells us by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from recado.actions.again import again
from recado.errors import Invalid, NotFound
from recado.model.rating import Rating
from recado.rules.times import wall
from recado.store import ratings, tenants

LONGEST_AGO: Final = timedelta(days=3650)


@again
def note_rating(
    tenant: str, day: date, review_count: int, rating_value: float | None, now: datetime, *, author: str
) -> Rating:
    """Keep it, in the place of what was noted for this day before. Raises Invalid that names `day` or
    `rating_value`."""
    today = wall(now, tenants.get(tenant).timezone).date()
    if not today - LONGEST_AGO <= day <= today:
        raise Invalid("day", "This day is still to come, or too long ago.")
    if (rating_value is None) != (review_count == 0):
        raise Invalid("rating_value", "Reviews have a mean, and none have none.")
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


def drop_rating(tenant: str, day: date) -> None:
    """Take back what was noted for a day. Raises NotFound, Stale."""
    known = ratings.find(tenant, day.isoformat())
    if known is None:
        raise NotFound
    ratings.drop(tenant, known)

"""What the site where patients review the clinic shows of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions.note_rating import drop_rating, note_rating
from recado.model.rating import BEST, WORST
from recado.model.rating import Rating as StoredRating
from recado.model.record import iso
from recado.rules.times import wall
from recado.store import ratings, tenants
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.reading import Asked, day_of
from api.resource import Call, Resource

resource = Resource(__name__)

SHOWN = 24
"""So many are listed: two years of months."""


class Shown(Asked):
    """How many reviews the site shows, and their mean; of all so far. Null: there are none."""

    review_count: Annotated[int, Field(ge=0, le=1_000_000)]
    rating_value: Annotated[float | None, Field(ge=WORST, le=BEST)] = None


class Rating(TypedDict):
    """The same, on a day of the clinic's calendar."""

    day: str
    review_count: int
    rating_value: float | None
    noted_at: Moment
    noted_by: str


class Dropped(TypedDict):
    """The day of which nothing is noted any more."""

    day: str


@resource.route("GET", "/ratings", "list_ratings", Page[Rating])
def list_all(call: Call) -> Page[Rating]:
    """The last that were noted, the latest first."""
    today = wall(call.now, tenants.get(call.tenant).timezone).date().isoformat()
    return page([_shown(one) for one in ratings.lately(call.tenant, today, SHOWN)])


@resource.route("PUT", "/ratings/{day}", "note_rating", Rating, body=Shown)
def note(call: Call, day: str, body: Shown) -> Rating:
    """Note what it shows; noted again for the same day, the last counts."""
    shown = (body.review_count, body.rating_value)
    return _shown(note_rating(call.tenant, day_of("day", day), *shown, call.now, author=call.author))


@resource.route("DELETE", "/ratings/{day}", "drop_rating", Dropped)
def drop(call: Call, day: str) -> Dropped:
    """Take back what was noted for a day."""
    drop_rating(call.tenant, day_of("day", day))
    return {"day": day}


def _shown(one: StoredRating) -> Rating:
    return {
        "day": one.day,
        "review_count": one.review_count,
        "rating_value": one.rating_value,
        "noted_at": iso(one.noted_at),
        "noted_by": one.noted_by,
    }

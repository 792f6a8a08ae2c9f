"""Groups of patients, as saved questions."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions.add_segment import add_segment, change_segment, drop_segment
from recado.actions.preview_campaign import preview_segment
from recado.model import segment as stored
from recado.model.patient import Kind
from recado.model.record import iso
from recado.model.tenant import Language
from recado.rules import segments as rules
from recado.store import schedules, segments
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, page
from api.reading import Asked, Version
from api.resource import Call, Resource

resource = Resource(__name__)

Age = Annotated[int | None, Field(ge=0, le=130)]
Days = Annotated[int | None, Field(ge=1, le=3650)]


class Query(Asked):
    """Who is meant: all of this at once. `languages` []: any. `seen_before_days`: the last visit that took
    place (of `type_id`, where one is given) was so long ago or longer; `seen_within_days`: no longer ago.
    `missed_last`: they did not come to the last one. `nothing_booked`: no visit of any type is to come."""

    kinds: Annotated[list[Kind], Field(default=["patient", "member"], min_length=1, max_length=6)]
    languages: Annotated[list[Language], Field(default_factory=list, max_length=5)]
    age_from: Age = None
    age_to: Age = None
    type_id: Annotated[str | None, Field(max_length=64)] = None
    seen_before_days: Days = None
    seen_within_days: Days = None
    missed_last: bool = False
    nothing_booked: bool = True

    def query(self) -> stored.Query:
        """As the rules know it."""
        return stored.Query.model_validate(self.model_dump())


class Named(Asked):
    """A segment as it is to be."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    query: Query


class NamedAt(Named):
    """The same, by whoever has seen this version."""

    version: Version = None


class Trial(Paged):
    """A query to be tried, a page at a time."""

    query: Query


class QueryOf(TypedDict):
    """As it was stored."""

    kinds: list[Kind]
    languages: list[Language]
    age_from: int | None
    age_to: int | None
    type_id: str | None
    seen_before_days: int | None
    seen_within_days: int | None
    missed_last: bool
    nothing_booked: bool


class Segment(TypedDict):
    id: str
    version: int
    name: str
    query: QueryOf
    created_at: Moment
    created_by: str


class Count(TypedDict):
    """Of so many records that were looked at, so many people are in it. Ask on with `next` until it is null,
    and add up."""

    looked_at: int
    people: int
    next: str | None


class Dropped(TypedDict):
    """The segment that is no more."""

    id: str


@resource.route("GET", "/segments", "list_segments", Page[Segment])
def list_all(call: Call) -> Page[Segment]:
    """All of the clinic's, by name."""
    return page([_shown(one) for one in segments.listing(call.tenant)])


@resource.route("POST", "/segments", "add_segment", Segment, status=201, body=Named, keyed=True)
def add(call: Call, body: Named) -> Segment:
    """Keep a group under a name."""
    return call.once(
        lambda: _shown(add_segment(call.tenant, body.name, body.query.query(), call.now, author=call.author))
    )


@resource.route("POST", "/segments/preview", "preview_segment", Count, body=Trial)
def preview(call: Call, body: Trial) -> Count:
    """How many are in it now: a page of the clinic's records at a time; nothing is stored."""
    query = rules.checked(body.query.query(), schedules.recent(call.tenant).types)
    looked_at, people, place = preview_segment(call.tenant, query, call.now, body.after)
    return {"looked_at": looked_at, "people": people, "next": page([], place)["next"]}


@resource.route("GET", "/segments/{id}", "read_segment", Segment)
def read(call: Call, segment_id: str) -> Segment:
    """One of them."""
    return _shown(segments.get(call.tenant, segment_id))


@resource.route("PUT", "/segments/{id}", "change_segment", Segment, body=NamedAt)
def change(call: Call, segment_id: str, body: NamedAt) -> Segment:
    """Let it mean this; campaigns that were launched go by what it meant then."""
    query = body.query.query()
    return _shown(change_segment(call.tenant, segment_id, body.name, query, version=body.version))


@resource.route("DELETE", "/segments/{id}", "drop_segment", Dropped)
def drop(call: Call, segment_id: str) -> Dropped:
    """Take it away."""
    drop_segment(call.tenant, segment_id)
    return {"id": segment_id}


def _shown(one: stored.Segment) -> Segment:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "query": query_shown(one.query),
        "created_at": iso(one.created_at),
        "created_by": one.created_by,
    }


def query_shown(query: stored.Query) -> QueryOf:
    """A query, as it was stored."""
    return {
        "kinds": list(query.kinds),
        "languages": list(query.languages),
        "age_from": query.age_from,
        "age_to": query.age_to,
        "type_id": query.type_id,
        "seen_before_days": query.seen_before_days,
        "seen_within_days": query.seen_within_days,
        "missed_last": query.missed_last,
        "nothing_booked": query.nothing_booked,
    }

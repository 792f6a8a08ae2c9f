"""A clinic names a group of its patients, or thinks again of it."""

from __future__ import annotations

from datetime import datetime

from recado.actions.identify import new_id
from recado.errors import Stale
from recado.model.segment import Query, Segment
from recado.rules import segments as rules
from recado.rules.appointments import line
from recado.store import schedules, segments


def add_segment(tenant: str, name: str, query: Query, now: datetime, *, author: str) -> Segment:
    """Keep it under this name. Raises Invalid that names a field, Conflict for one too many or a name that
    there is."""
    named = line("name", name)
    rules.refuse_many(segments.listing(tenant), named)
    known = rules.checked(query, schedules.recent(tenant).types)
    made = Segment(id=new_id("g"), name=named, query=known, created_at=now, created_by=author)
    return segments.put(tenant, made)


def change_segment(
    tenant: str, segment_id: str, name: str, query: Query, *, version: int | None = None
) -> Segment:
    """Let it mean this from now on: campaigns that run go by what it meant. Raises NotFound, Invalid,
    Conflict, and Stale when it is not at `version`."""
    one = _at(tenant, segment_id, version)
    named = line("name", name)
    rules.refuse_many([other for other in segments.listing(tenant) if other.id != one.id], named)
    known = rules.checked(query, schedules.recent(tenant).types)
    return segments.put(tenant, one.model_copy(update={"name": named, "query": known}))


def drop_segment(tenant: str, segment_id: str) -> None:
    """Take it away; campaigns keep what it meant. Raises NotFound, Stale."""
    segments.drop(tenant, segments.get(tenant, segment_id))


def _at(tenant: str, segment_id: str, version: int | None) -> Segment:
    one = segments.get(tenant, segment_id)
    if version is not None and version != one.version:
        raise Stale
    return one

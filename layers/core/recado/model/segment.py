"""A group of a clinic's patients, as a saved question: who is in it is found out when it is asked."""

from __future__ import annotations

from pydantic import Field

from recado.model.patient import Kind
from recado.model.record import Instant, Record, Versioned
from recado.model.tenant import Language


class Query(Record):
    """Who is meant: all of this at once. Days are counted back from the day it is asked, so that it means the
    same next year; nothing in it says what anybody has."""

    kinds: tuple[Kind, ...] = ("patient", "member")
    languages: tuple[Language, ...] = ()
    """None: whatever they speak; whose language nobody knows speaks the clinic's."""
    age_from: int | None = Field(default=None, ge=0, le=130)
    age_to: int | None = Field(default=None, ge=0, le=130)
    """Whole years, both included; whose age nobody knows is in no group that has one."""
    type_id: str | None = None
    """Only visits of this type count; none: all do."""
    seen_before_days: int | None = Field(default=None, ge=1, le=3650)
    """The last visit that took place was so long ago, or longer."""
    seen_within_days: int | None = Field(default=None, ge=1, le=3650)
    """The last visit that took place was no longer ago."""
    missed_last: bool = False
    """They did not come to the last visit that was to be."""
    nothing_booked: bool = True
    """They have no visit to come, of whatever type."""


class Segment(Versioned):
    """A group by name."""

    id: str
    name: str
    query: Query
    created_at: Instant
    created_by: str

"""The waiting list: who would come earlier, what has become free, and to whom it was offered."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from recado.model.follow_up import DayPart
from recado.model.record import Instant, Record, Versioned

WaitingState = Literal["waiting", "offered", "booked", "left", "expired"]
OfferState = Literal["open", "taken", "expired"]


class WaitingEntry(Versioned):
    """A patient who waits for a visit of a type; one for each patient and type, whoever puts them there.

    Days and hours are those of the clock where the practitioner is.
    """

    id: str
    patient: str
    """The record that the visit is for."""
    type_id: str
    practitioners: tuple[str, ...] = ()
    """Ids of those with whom it may be; none named: whoever does it."""
    earliest: date | None = None
    latest: date | None = None
    """The last day that suits."""
    weekdays: tuple[int, ...] = ()
    """0 is Monday; none named: all."""
    parts: tuple[DayPart, ...] = ()
    """The parts of the day that suit; none named: all."""
    since: Instant
    """When they came onto the list: they keep their place whatever they answer."""
    priority: int = Field(default=0, ge=0, le=9)
    """The higher one goes first; the clinic raises it, and says why."""
    reason: str = ""
    """Why the priority is as it is, in the clinic's own words; patients do not see it."""
    offers: int = 0
    """How many they were made: a question about an offer says which."""
    offer: str | None = None
    """The latest."""
    state: WaitingState = "waiting"
    instead_of: str | None = None
    """The visit of theirs that an offer puts earlier; none: what they accept is a new one."""
    appointment: str | None = None
    """The visit that came of it."""
    created_by: str
    ended_at: Instant | None = None
    due_at: Instant | None = None
    """When no day is left that suits; none: never."""
    erased_at: Instant | None = None


class Opening(Versioned):
    """Time of a practitioner's that visits have given back; one row for each beginning of it.

    `freed` counts how often it was given back, `refilled` how often somebody was booked there after that: it
    is offered while the one is more than the other. None was freed where the clinic offers a time that was
    free all along.
    """

    id: str
    practitioner: str
    begins: Instant
    ends: Instant
    freed: int = 0
    refilled: int = 0
    state: Literal["open", "closed"] = "open"
    asked: tuple[str, ...] = ()
    """The entries that it was offered to since then: none is asked twice."""
    offer: str | None = None
    """The latest."""
    offers: int = 0
    due_at: Instant | None = None
    """When to look at it again: to offer it, to end an offer, and as it begins, to count."""


class Asked(Record):
    """Somebody to whom time was offered, and what they said."""

    entry: str
    communication: str
    channel: str
    answer: Literal["none", "no", "yes"] = "none"


class Offer(Versioned):
    """A time that is held for those who are asked whether they want it: the first to say so has it."""

    id: str
    opening: str
    practitioner: str
    begins: Instant
    ends: Instant
    """Of the longest visit that it could become, with what follows it."""
    asked: tuple[Asked, ...]
    made_at: Instant
    made_by: str = "recado"
    until: Instant
    """When the hold lapses."""
    state: OfferState = "open"
    taken_by: str | None = None
    """The entry."""
    ended_at: Instant | None = None

"""What happened in fifteen minutes of a clinic's day."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import Field

from recado.model.communication import Direction
from recado.model.contact import ContactReason, ContactState
from recado.model.record import Instant, Record, Versioned

INTERVAL = timedelta(minutes=15)


def interval_of(instant: datetime) -> datetime:
    """The start of the fifteen-minute interval that the instant lies in."""
    return instant - timedelta(
        minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond
    )


class ContactFact(Record):
    """What one contact, opened in the interval, adds to it; a newer version replaces an older one."""

    contact: str
    version: int
    patient: str
    channel: str
    reason: ContactReason
    state: ContactState
    opened_at: Instant
    answered_at: Instant | None = None
    closed_at: Instant | None = None
    gone: bool = False
    """It does not count here: another contact counts in its stead, or it began in another interval."""


class MessageFact(Record):
    """One communication of the interval; a newer version replaces an older one."""

    id: str
    version: int = 0
    patient: str
    channel: str
    direction: Direction
    at: Instant


class Messages(Record):
    """How many came in, and how many went out."""

    inbound: int = 0
    outbound: int = 0


class IntervalTotal(Versioned):
    """The fold of an interval's facts; contacts count where they were opened, communications where they were.

    `offered`: contacts that were opened. `handled`: those closed or answered since. `waiting`: those that
    nobody has yet. `answered`: those that a person, or self-service, answered first; `answered_in_target`
    within the clinic's time. `wait_s_total`: the seconds that the answered ones waited. `abandoned`: calls
    whose caller hung up first: called back they are handled, not `answered`. `patients`: who was heard, but
    for withheld numbers. Contacts that we opened ourselves (`undelivered`) do not count: no patient came.
    """

    start: Instant
    offered: int = 0
    handled: int = 0
    waiting: int = 0
    answered: int = 0
    answered_in_target: int = 0
    wait_s_total: int = 0
    abandoned: int = 0
    patients: frozenset[str] = Field(default_factory=frozenset)
    messages: dict[str, Messages] = Field(default_factory=dict)
    """By channel."""

    @property
    def unique_records(self) -> int:
        """How many people were heard (K1 of the interval)."""
        return len(self.patients)


class Now(Record):
    """How the desk stands at this moment."""

    waiting: int = 0
    assigned: int = 0
    oldest_wait_s: int | None = None
    """Seconds that who waits longest has waited; none when nobody does."""

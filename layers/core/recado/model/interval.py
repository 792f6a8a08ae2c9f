"""What happened in fifteen minutes of a clinic's day."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import Field

from recado.model.record import Instant, Record

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
    reason: str
    state: str
    opened_at: Instant
    answered_at: Instant | None = None
    closed_at: Instant | None = None
    abandoned: bool = False


class MessageFact(Record):
    """One communication of the interval."""

    id: str
    patient: str
    channel: str
    direction: str


class IntervalTotal(Record):
    """The fold of an interval's facts."""

    start: Instant
    offered: int = 0
    handled: int = 0
    answered: int = 0
    answered_in_target: int = 0
    abandoned: int = 0
    waiting: int = 0
    wait_s_total: int = 0
    unique_records: int = 0
    patients: tuple[str, ...] = ()
    messages: dict[str, dict[str, int]] = Field(default_factory=dict)

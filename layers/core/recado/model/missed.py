"""What was due and did not go, since nobody saw to it in time: the clinic calls those people itself."""

from __future__ import annotations

from recado.model.record import Instant, Record, Versioned


class Missed(Record):
    """A step about a visit, skipped at `at` for coming too late; nothing here says whose the visit is."""

    appointment: str
    schedule: int
    step: str
    due_at: Instant
    reason: str
    at: Instant


class Outage(Versioned):
    """A time in which nobody saw to what was due, as it was found out; one for all that was missed in it."""

    began_at: Instant
    """When the first step was due that was missed."""
    found_at: Instant
    last_at: Instant
    """When a step was last found, to within some minutes."""
    seen_by: str = ""
    """Who of the clinic has looked at the list; "": nobody yet."""
    seen_at: Instant | None = None

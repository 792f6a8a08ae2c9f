"""A phone call as Amazon Connect tells of it, in pieces and in any order."""

from __future__ import annotations

from recado.model.record import Instant, Versioned


class Call(Versioned):
    """All that has been heard of one call; every field is filled by whichever message brought it first."""

    id: str
    """Connect's InitialContactId, else its ContactId: one call, however many legs."""
    dialled: str | None = None
    caller: str | None = None
    """The caller's number, E.164; none when withheld or not yet known."""
    patient: str | None = None
    initiation: str | None = None
    initiated_at: Instant | None = None
    queued_at: Instant | None = None
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    talked_s: int = 0
    disconnect_reason: str | None = None
    callback_requested: bool = False
    self_served: bool = False
    agent: str | None = None
    record_updated_at: Instant | None = None
    contact: str | None = None
    """The contact that was opened for it, once it was settled."""
    due_at: Instant | None = None

"""A phone call as Amazon Connect tells of it, in pieces and in any order."""

from __future__ import annotations

from recado.model.communication import CallOutcome, CallSummary
from recado.model.record import Instant, Record, Versioned


class LegRecord(Record):
    """What only Connect's contact record says of a leg; the one updated last counts."""

    at: Instant
    talked_s: int | None = None
    disconnect_reason: str | None = None
    next_leg: str | None = None
    """Where the call went on: a transfer, or the callback that the caller asked for."""


class Leg(Record):
    """One Connect contact of a call: the call itself, a transfer, a callback."""

    id: str
    initiation: str | None = None
    """INBOUND, OUTBOUND, TRANSFER, QUEUE_TRANSFER, CALLBACK, API, MONITOR, …"""
    initiated_at: Instant | None = None
    connected_at: Instant | None = None
    queued_at: Instant | None = None
    answered_at: Instant | None = None
    ended_at: Instant | None = None
    record: LegRecord | None = None


class Call(Versioned):
    """All that has been heard of one call, and what came of it.

    Every message about a call is a Call that knows little; rules.calls.joined puts two together.
    """

    id: str
    """Connect's InitialContactId, else its ContactId: one call, however many legs."""
    dialled: str | None = None
    caller: str | None = None
    """The caller's number, E.164; none when withheld or not yet known."""
    withheld: bool = False
    """Connect has told us who calls, and there was no number."""
    callback_requested: bool = False
    self_served: bool = False
    legs: tuple[Leg, ...] = ()
    """By id."""
    outcome: CallOutcome | None = None
    """As the call was settled; none until then. Like all below, written by us and never heard."""
    summary: CallSummary | None = None
    patient: str | None = None
    contact: str | None = None
    """The contact that the call belongs to."""
    opened: bool = False
    """The contact was opened for this call; else an earlier one took it in."""
    due_at: Instant | None = None
    """When the sweep settles it without knowing who called."""
    erased_at: Instant | None = None
    """When its caller was erased: whatever else is heard of it is not listened to."""

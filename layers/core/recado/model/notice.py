"""What a subscriber is told of one change of a visit, and what became of telling it."""

from __future__ import annotations

from typing import Any, Literal

from recado.model.record import Instant, Versioned
from recado.model.subscription import Event

NoticeState = Literal["queued", "claimed", "sent", "failed", "held"]
"""`held`: its subscription was paused when its turn came. `failed`: not tried again by itself."""


class Notice(Versioned):
    """One event for one subscription. Its id sorts by time; `resource` is what is shared of the visit, as
    FHIR, but for its patient's own data: these are read when it is sent, so that who is erased is in
    none."""

    id: str
    subscription: str
    event: Event
    appointment: str | None = None
    appointment_version: int = 0
    """Grows with each change of the visit: a receiver drops what is older than what it has."""
    patient: str | None = None
    """Whose data are read when it is sent; none: nothing of the patient is shared."""
    resource: dict[str, Any] | None = None
    at: Instant
    state: NoticeState = "queued"
    attempts: int = 0
    first_tried_at: Instant | None = None
    """Of this round: a replay begins another."""
    due_at: Instant | None = None
    claim: str | None = None
    claimed_at: Instant | None = None
    sent_at: Instant | None = None
    status: int | None = None
    """Of the last HTTP answer; none: there was none."""
    error: str | None = None
    """Why the last attempt came to nothing, in a stable word."""


class Line(Versioned):
    """How a subscription's receiver fares: written when that changes, and not with each notice."""

    subscription: str
    failures: int = 0
    """Attempts in a row that came to nothing."""
    failing_since: Instant | None = None
    retry_at: Instant | None = None
    """Nothing is tried before."""
    paused_at: Instant | None = None
    paused_by: str = ""
    """`recado` after days of failures; or who it was."""
    reason: str = ""
    """Why Recado paused it: `failing` or `gone` (HTTP 410)."""

    @property
    def is_paused(self) -> bool:
        """Whether notices are held until somebody resumes it."""
        return self.paused_at is not None

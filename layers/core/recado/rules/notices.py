"""Which changes subscribers are told of, when it is tried again, and when no more.

At least once, and in the order of the visits' versions as far as all goes well: a receiver knows a repeat by
its `webhook-id`, and drops what is older than what it has. Patients' messages are the opposite
(rules.sending).
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final, Literal

from recado.model.appointment import Appointment
from recado.model.notice import Line, Notice
from recado.model.record import iso
from recado.model.subscription import Event, Subscription

LEASE: Final = timedelta(minutes=2)
"""As of a message to a patient (rules.sending): longer than delivery's own time-out."""

WAITS: Final = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 50_400, 50_400)
)
"""After the first, second, … attempt: as standardwebhooks.com recommends, its tail shortened."""

ROUND: Final = timedelta(hours=72)
"""Then a notice is `failed`, until somebody has it replayed."""

PATIENCE: Final = timedelta(hours=72)
"""Of nothing but failures: then the subscription is paused, and people are told."""

JITTER: Final = 0.2
"""A wait is up to so much longer: what failed together does not come again together."""

LONGEST: Final = timedelta(hours=14)
"""As long as any wait: whoever asks for more patience (Retry-After) gets this."""

STATUSES: Final[dict[str, Event]] = {
    "cancelled": "appointment.cancelled",
    "arrived": "appointment.arrived",
    "fulfilled": "appointment.fulfilled",
    "noshow": "appointment.noshow",
}
SHOWN: Final = (
    "status",
    "start",
    "minutes",
    "practitioner",
    "type",
    "confirmation",
    "patient",
    "identifiers",
)
"""What a change of is `appointment.changed`, with the names that not every visit has."""
SHOWN_IF_ANY: Final = ("practitioner_id", "type_id", "location")

Step = Literal["send", "leave"]


def event_of(before: Appointment | None, after: Appointment) -> Event | None:
    """What a subscriber would call this change; none for what a visit does not show (its reminders)."""
    if before is None:
        return "appointment.booked"
    if after.status != before.status and after.status in STATUSES:
        return STATUSES[after.status]
    if after.schedule != before.schedule or after.start != before.start:
        return "appointment.moved"
    if after.confirmation != before.confirmation and after.confirmation == "confirmed":
        return "appointment.confirmed"
    names = (*SHOWN, *SHOWN_IF_ANY)
    if any(getattr(before, name, None) != getattr(after, name, None) for name in names):
        return "appointment.changed"
    return None


def wanted(subscription: Subscription, event: Event) -> bool:
    """Whether this subscriber is told of such a change."""
    return not subscription.events or event in subscription.events


def notice_id(at: datetime, subject: str, version: int) -> str:
    """One for each change of each visit: sorts by time, and the same change has the same."""
    return f"{iso(at).translate(_PLAIN)}.{subject}.{version}"


_PLAIN: Final = str.maketrans("", "", "-:.")


def since(at: datetime) -> str:
    """The least id of a notice of this moment."""
    return iso(at).translate(_PLAIN)


def step(notice: Notice, now: datetime) -> Step:
    """Whether it is to be sent now. A claim whose worker was not heard of is sent again, perhaps twice."""
    if notice.state == "claimed":
        return "send" if now - (notice.claimed_at or now) >= LEASE else "leave"
    due = notice.state == "queued" and notice.due_at is not None and notice.due_at <= now
    return "send" if due else "leave"


def turn(notice: Notice, line: Line, claim: str, now: datetime) -> Notice:
    """One that is to be sent, in our hands; or put off.

    While its receiver fails, one notice at a time is tried, and the others wait for what comes of it; where
    the subscription is paused, they wait for somebody to resume it.
    """
    if line.is_paused:
        return notice.model_copy(update={"state": "held", "due_at": None})
    if line.retry_at and line.retry_at > now:
        return notice.model_copy(update={"state": "queued", "due_at": line.retry_at})
    return claimed(notice, claim, now)


def claimed(notice: Notice, claim: str, now: datetime) -> Notice:
    """In our hands while the lease runs."""
    first = notice.first_tried_at or now
    attempts = notice.attempts + 1
    return notice.model_copy(
        update={
            "state": "claimed",
            "claim": claim,
            "claimed_at": now,
            "attempts": attempts,
            "first_tried_at": first,
            "due_at": now + LEASE,
        }
    )


def sent(notice: Notice, status: int, now: datetime) -> Notice:
    """Its receiver has it."""
    return notice.model_copy(
        update={"state": "sent", "status": status, "error": None, "sent_at": now, "due_at": None}
    )


def failed(
    notice: Notice, now: datetime, *, status: int | None, error: str, retry_after: float | None = None
) -> Notice:
    """After an attempt that came to nothing: another one later, or an end that can be replayed."""
    told = {"status": status, "error": error}
    wait = patience(notice.id, notice.attempts, retry_after)
    if now + wait - (notice.first_tried_at or now) > ROUND:
        return notice.model_copy(update={**told, "state": "failed", "due_at": None})
    return notice.model_copy(update={**told, "state": "queued", "due_at": now + wait})


def patience(name: str, attempts: int, retry_after: float | None = None) -> timedelta:
    """How long to wait after so many attempts; `name` decides on its jitter."""
    usual = WAITS[min(max(attempts, 1), len(WAITS)) - 1]
    part = hashlib.sha256(f"{name}:{attempts}".encode()).digest()[0] / 255
    wait = usual * (1 + JITTER * part)
    return max(wait, min(timedelta(seconds=retry_after), LONGEST)) if retry_after else wait


def replayed(notice: Notice, now: datetime) -> Notice:
    """To be sent (again), as if for the first time. One that is in a worker's hands stays there."""
    if notice.state == "claimed" and step(notice, now) == "leave":
        return notice
    return notice.model_copy(
        update={"state": "queued", "due_at": now, "attempts": 0, "first_tried_at": None, "error": None}
    )


def well(line: Line) -> Line:
    """Its receiver takes what it is sent."""
    return line.model_copy(update={"failures": 0, "failing_since": None, "retry_at": None})


def failing(
    line: Line, notice: Notice, now: datetime, *, gone: bool, retry_after: float | None = None
) -> Line:
    """Its receiver did not: nothing is tried until this notice is, or for two hours; after days of it,
    nothing at all.

    `gone`: it says itself that it wants no more (HTTP 410; standardwebhooks.com).
    """
    failures, since_when = line.failures + 1, line.failing_since or now
    retry_at = now + patience(line.subscription, min(failures, 4), retry_after)
    if notice.due_at:
        retry_at = min(retry_at, notice.due_at)
    told = line.model_copy(update={"failures": failures, "failing_since": since_when, "retry_at": retry_at})
    if gone or now - since_when >= PATIENCE:
        reason = "gone" if gone else "failing"
        return told.model_copy(update={"paused_at": now, "paused_by": "recado", "reason": reason})
    return told


def paused(line: Line, now: datetime, by: str) -> Line:
    """By somebody of the clinic."""
    return line.model_copy(update={"paused_at": now, "paused_by": by, "reason": ""})


def resumed(line: Line) -> Line:
    """As if nothing had happened."""
    return well(line).model_copy(update={"paused_at": None, "paused_by": "", "reason": ""})

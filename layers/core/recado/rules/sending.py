"""When a message goes out, and what is done when it may, or may not, have gone.

A message of each class is repeated, or not, by what does more harm: missed, or sent twice.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from recado.errors import Outcome
from recado.model.communication import Communication

LEASE = timedelta(minutes=2)
"""How long a claim holds: longer than delivery's own time-out, shorter than the queue's visibility."""

RESEND_AFTER = timedelta(minutes=15)
RESEND_MARGIN = timedelta(hours=2)
ACCOUNT_RETRY = timedelta(minutes=15)
MAX_ATTEMPTS = 8
COPIES = 2
"""A reminder goes out twice at most, ever."""

ANSWER_WITHIN = timedelta(hours=24)
"""An answer that is older than this is stale, whoever gave it. WhatsApp's window."""

MUST_ARRIVE = frozenset({"moved", "cancelled_by_clinic"})
"""Templates whose message is harmful when missed and harmless when doubled."""

REPEATED = frozenset({"reminder", "instructions", "authorisation"})
"""What is sent once more when nobody knows whether it arrived. Of medication
nobody is reminded twice: they might take it twice."""

UNATTENDED = frozenset({"text_back", "offer", "recall", "survey", "review", "news", "marketing"})
"""Of which nobody is told that it did not arrive: a missed call is on the list until somebody calls back, and
a campaign counts for itself whom it did not reach; an offer of time goes to the next ones."""

ANSWERS = frozenset({"conversation", "self_service"})
"""What is said in a conversation: it makes sense in its order only."""

Step = Literal["send", "leave", "expire", "judge"]


def last_moment(communication: Communication) -> datetime | None:
    """After this it would be stale and is never sent; none: it never is.

    What we send of our own accord says so itself; answers, a person's or self-service's, have one limit.
    """
    if communication.not_after or communication.purpose not in ANSWERS:
        return communication.not_after
    return communication.at + ANSWER_WITHIN


def step(communication: Communication, now: datetime) -> Step:
    """What delivery does with an outbound communication.

    `leave`: it is settled, not due yet, or in another worker's hands. `judge`: somebody claimed it and has
    not been heard of since, so that it may have been sent.
    """
    if communication.state == "claimed":
        claimed_at = communication.claimed_at or now
        return "judge" if now - claimed_at >= LEASE else "leave"
    resend = communication.state == "unknown" and communication.due_at is not None
    if communication.state != "queued" and not resend:
        return "leave"
    limit = last_moment(communication)
    if limit and now > limit:
        return "expire"
    start = communication.due_at if resend else communication.not_before
    return "leave" if start and now < start else "send"


def comes_first(earlier: Communication, communication: Communication, now: datetime) -> bool:
    """Whether an answer waits for another one to the same address, which has its place on the timeline before
    it, has not gone yet and still may: one that was put back, or that another worker has in hand.

    By the address, as either may go by the account of another provider meanwhile. It waits as long as that
    one may be sent, and no longer.
    """
    answers = {earlier.purpose, communication.purpose} <= ANSWERS
    same = earlier.direction == "outbound" and earlier.address == communication.address
    left = earlier.state in ("queued", "claimed") and step(earlier, now) in ("send", "leave")
    return answers and same and left and earlier.moment < communication.moment


def behind(earlier: Communication, communication: Communication, now: datetime) -> Communication:
    """The communication, put off until the one before it is looked at again."""
    return put_off(communication, max(earlier.due_at or now, now))


def claimed(communication: Communication, claim: str, now: datetime) -> Communication:
    """In our hands: nobody else sends it while the lease runs. `claim` is this claim's own name."""
    return communication.model_copy(
        update={
            "state": "claimed",
            "claimed_at": now,
            "claim": claim,
            "attempts": communication.attempts + 1,
            "due_at": now + LEASE,
        }
    )


def expired(communication: Communication) -> Communication:
    """Too late to be of use."""
    return communication.model_copy(update={"state": "expired", "due_at": None})


def withdrawn(communication: Communication, reason: str) -> Communication:
    """Not to be sent any more."""
    return communication.model_copy(update={"state": "withdrawn", "due_at": None, "error": reason})


def unknown(communication: Communication, now: datetime) -> Communication:
    """It may have been sent. What is REPEATED goes out once more, later and if that still helps."""
    limit = last_moment(communication)
    margin = limit - now if limit else None
    again = (
        communication.purpose in REPEATED
        and communication.attempts < COPIES
        and margin is not None
        and margin > RESEND_MARGIN
    )
    return communication.model_copy(
        update={"state": "unknown", "due_at": now + RESEND_AFTER if again else None}
    )


def failed(
    communication: Communication, outcome: Outcome, now: datetime, retry_after: float | None = None
) -> Communication:
    """After the provider refused it, or did not answer: another try, or an end that people see."""
    if outcome == "unknown":
        return unknown(communication, now)
    wait = _wait(communication, outcome, retry_after)
    limit = last_moment(communication)
    too_late = wait and limit and now + wait > limit
    if wait is None or too_late or communication.attempts >= MAX_ATTEMPTS:
        return communication.model_copy(update={"state": "failed", "due_at": None, "error": outcome})
    return communication.model_copy(
        update={"state": "queued", "due_at": now + wait, "not_before": now + wait, "error": outcome}
    )


def refused(communication: Communication, outcome: Outcome, now: datetime) -> Communication:
    """After we saw ourselves that it cannot go this way: as if its provider had been asked."""
    asked = communication.model_copy(update={"attempts": communication.attempts + 1})
    return failed(asked, outcome, now)


def put_off(communication: Communication, until: datetime) -> Communication:
    """Its turn comes later: the account, or this person, has been sent enough for now."""
    return communication.model_copy(update={"not_before": until, "due_at": until})


def falls_back(before: Communication, after: Communication, now: datetime, *, stopped: bool = False) -> bool:
    """Whether another way is taken for a message that has just failed for good.

    Not for somebody who `stopped` it (a provider that lets nothing through for reasons of its own says
    nothing of the person), and not once it would be stale. What may have arrived stops as well,
    unless it tells of a visit moved or called off: missed, that is a wasted trip.
    """
    if after.replaced_by or not _given_up(after) or after.state == before.state or _is_stale(after, now):
        return False
    if after.state == "unknown":
        return after.template is not None and after.template.name in MUST_ARRIVE
    return after.state == "failed" and not stopped


def in_stead(failed_one: Communication, fresh: Communication, mark: str) -> Communication:
    """`fresh`, which says the same by another way, as long as it is of use. `mark`: see rules.reach."""
    return fresh.model_copy(
        update={
            "fallback_of": failed_one.id,
            "tried": (*failed_one.tried, mark),
            "not_after": last_moment(failed_one),
            "appointment": failed_one.appointment,
            "attachments": failed_one.attachments,
            "subject": failed_one.subject,
            "invitation": failed_one.invitation,
        }
    )


def ended_badly(before: Communication, after: Communication) -> bool:
    """Whether it has just come to an end without surely having arrived, so that a person must see to it."""
    return after.purpose not in UNATTENDED and _given_up(after) and not _given_up(before)


def _is_stale(communication: Communication, now: datetime) -> bool:
    limit = last_moment(communication)
    return limit is not None and now > limit


def _given_up(communication: Communication) -> bool:
    return communication.state in ("failed", "unknown", "expired") and communication.due_at is None


def _wait(communication: Communication, outcome: Outcome, retry_after: float | None) -> timedelta | None:
    if outcome == "retry":
        return timedelta(seconds=retry_after or min(4**communication.attempts, 900))
    if outcome == "wait":
        return timedelta(hours=24)
    if outcome == "fix_account" and communication.purpose != "conversation":
        return ACCOUNT_RETRY
    return None

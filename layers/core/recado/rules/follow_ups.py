"""How the following up of somebody whom we missed begins and ends. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.model.contact import Contact
from recado.model.follow_up import End, FollowUp

SPOKEN: Final = frozenset({"reached", "booked", "declined"})
"""Outcomes of an attempt in which somebody was spoken to."""

LOOKED_AFTER: Final = timedelta(seconds=60)
"""How long the stream may take before the sweep routes it (rules.contacts.SWEEP_AFTER)."""

_ENDS: Final[dict[str, End]] = {
    "booked": "booked",
    "no_answer": "unreachable",
    "unreachable": "unreachable",
    "declined": "declined",
    "cancelled": "declined",
    "spam": "declined",
    "opted_out": "declined",
}
"""What a disposition says of somebody who was being followed up; any other: they were reached."""


def begun(contact: Contact, since: datetime, phone: str) -> FollowUp:
    """The following up of somebody whom we missed then: the one that is on, else a new one."""
    return contact.follow_up or FollowUp(since=since, phone=phone)


def is_unjudged(contact: Contact) -> bool:
    """Whether an attempt is known of which nothing has followed yet."""
    return contact.follow_up is not None and contact.follow_up.unjudged


def ended(follow_up: FollowUp | None, end: End, at: datetime) -> FollowUp | None:
    """The same, settled; what has ended stays as it ended."""
    if follow_up is None or follow_up.end is not None:
        return follow_up
    return follow_up.model_copy(update={"end": end, "ended_at": at})


def closed(follow_up: FollowUp | None, disposition: str, at: datetime) -> FollowUp | None:
    """The same, when its contact is closed with this disposition."""
    return ended(follow_up, _ENDS.get(disposition, "reached"), at)


def heard(contact: Contact, at: datetime) -> Contact:
    """Whom we try to reach says something: they are reached, and somebody has to look at it at once."""
    return woken(contact.model_copy(update={"follow_up": ended(contact.follow_up, "reached", at)}), at)


def scheduled(contact: Contact, until: datetime) -> Contact:
    """The contact, out of everybody's sight until the call that is owed is due; nobody's who had it."""
    changes = {"state": "scheduled", "agent": None, "agent_name": None, "due_at": until}
    return contact.model_copy(update=changes)


def laid_aside(contact: Contact) -> Contact:
    """The contact, out of sight until the call that they have agreed to, where that is all that is owed: it
    is in nobody's hands, and nothing else that they said is left to answer."""
    owed = contact.callback
    free = contact.state in ("new", "waiting") and not contact.pending and not contact.unanswered_since
    return scheduled(contact, owed.due_at) if owed and owed.agreed and free else contact


def woken(contact: Contact, at: datetime) -> Contact:
    """The contact, to be routed as if it had just been opened; one that is not `scheduled` as it is."""
    if contact.state != "scheduled":
        return contact
    return contact.model_copy(update={"state": "new", "waiting_since": at, "due_at": at + LOOKED_AFTER})


def booked(contact: Contact, now: datetime) -> Contact:
    """Whom we try to reach has a visit: no call is owed. Where they only rang, all is settled."""
    if contact.callback is None or contact.state == "closed":
        return contact
    over = {"callback": None, "follow_up": ended(contact.follow_up, "booked", now)}
    settled = contact.model_copy(update=over)
    if contact.state == "assigned" or contact.pending or contact.unanswered_since:
        return woken(settled, now)
    done = {"state": "closed", "closed_at": now, "disposition": "booked", "due_at": None, "unread": 0}
    return settled.model_copy(update=done)


def resumed(follow_up: FollowUp | None) -> FollowUp | None:
    """The same, when what they said was but a time: it goes on then."""
    if follow_up is None or follow_up.end != "reached" or _was_reached(follow_up):
        return follow_up
    return follow_up.model_copy(update={"end": None, "ended_at": None})


def _was_reached(follow_up: FollowUp) -> bool:
    return any(one.outcome in SPOKEN for one in follow_up.attempts)

"""What follows from an attempt to reach somebody whom we missed: the contact after it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, Literal

from recado.model.contact import Callback, Contact
from recado.model.contact_point import ContactPoint
from recado.model.follow_up import Attempt, FollowUp
from recado.model.tenant import Tenant
from recado.rules import attempts, contacts, follow_ups
from recado.rules.attempts import Chosen
from recado.rules.identity import canonical_phone

Next = Literal["spoken", "told", "again", "leave", "unreachable", "stopped"]
"""`spoken`: somebody was spoken to; `told`: so the telephone system says, which takes a machine for somebody;
`again`: there is another attempt to plan; `leave`: what follows is known already; `unreachable`: that was the
last one; `stopped`: they want to hear nothing from us."""

UNREACHABLE: Final = "unreachable"
OPTED_OUT: Final = "opted_out"
"""Dispositions that nobody has to choose: the attempt itself says them."""


def phone_of(contact: Contact, points: Collection[ContactPoint]) -> str:
    """Where they are called: as was owed, else as before, else at the first number that is not wrong; ""
    where there is none."""
    owed = contact.callback.phone if contact.callback else ""
    before = contact.follow_up.phone if contact.follow_up else ""
    return owed or before or another_phone(contact.follow_up, points)


def another_phone(followed: FollowUp | None, points: Collection[ContactPoint]) -> str:
    """The first of these numbers at which they may be known; ""."""
    wrong = {canonical_phone(one) for one in followed.wrong} if followed else set()
    numbers = (point.value for point in points if point.system == "phone")
    return next((one for one in numbers if canonical_phone(one) not in wrong), "")


def tried(contact: Contact, attempt: Attempt, phone: str) -> Contact:
    """The contact with one more attempt; the same one again changes nothing."""
    since = contact.unanswered_since or contact.opened_at
    followed = attempts.added(follow_ups.begun(contact, since, phone), attempt)
    if attempt.outcome == "wrong_number" and phone and phone not in followed.wrong:
        followed = followed.model_copy(update={"wrong": (*followed.wrong, phone)})
    return contact.model_copy(update={"follow_up": followed})


def unjudged(contact: Contact, attempt: Attempt) -> Contact:
    """The contact for which the sweep has to see what follows from the attempt, unless that is known: an
    agent has told of the same call or of a later one, or all is over."""
    followed = contact.follow_up
    if followed is None or followed.attempts[-1].id != attempt.id or contact.state == "closed":
        return contact
    return contact.model_copy(update={"follow_up": followed.model_copy(update={"unjudged": True})})


def following(before: Contact, contact: Contact, attempt: Attempt, clinic: Tenant, *, stopped: bool) -> Next:
    """What follows from an attempt, of which `contact` knows and `before` did not."""
    followed = contact.follow_up
    if followed is None or contact.state == "closed":
        return "leave"
    if attempt.outcome in follow_ups.SPOKEN:
        return "told" if attempt.by == "voice" else "spoken"
    if stopped:
        return "stopped"
    if len(followed.attempts) >= clinic.callback_attempts:
        return "unreachable"
    return "leave" if _is_planned(before, followed) else "again"


def _is_planned(before: Contact, followed: FollowUp) -> bool:
    """Whether this call was known, and the next one is planned: only its outcome was told better."""
    known = before.follow_up
    same = known is not None and len(known.attempts) == len(followed.attempts) and not known.unjudged
    return same and known is not None and known.end is None and before.state == "scheduled"


def agreed_at(contact: Contact, now: datetime) -> datetime | None:
    """The time that they have named, and that is still to come."""
    owed = contact.callback
    return owed.due_at if owed and owed.agreed and owed.due_at > now else None


def planned(contact: Contact, phone: str, chosen: Chosen, by: str) -> Contact:
    """The contact, which waits out of sight for its next attempt; whoever made the last one is preferred."""
    asked_at = contact.callback.asked_at if contact.callback else None
    owed = Callback(
        phone=phone,
        due_at=chosen.at,
        agreed=chosen.why.kind == "agreed",
        why=chosen.why,
        asked_at=asked_at,
    )
    agent = by.removeprefix("agent:") if by.startswith("agent:") else contact.preferred_agent
    told = judged(contact).model_copy(
        update={"callback": owed, "preferred_agent": agent, "unanswered_since": None}
    )
    return told if told.pending else follow_ups.scheduled(told, chosen.at)


def asked(contact: Contact, channel: str, now: datetime) -> Contact:
    """The contact of somebody who has just been asked in writing when they may be called."""
    followed, owed = contact.follow_up, contact.callback
    changes: dict[str, object] = {}
    if followed is not None:
        changes["follow_up"] = followed.model_copy(update={"written": (*followed.written, channel)})
    if owed is not None:
        changes["callback"] = owed.model_copy(update={"asked_at": now})
    return contact.model_copy(update={**changes, "last_outbound_at": now})


def spoken(contact: Contact, attempt: Attempt, now: datetime) -> Contact:
    """The contact of somebody who was spoken to: nothing is owed; what they decided settles it."""
    followed = judged(contact).follow_up
    ends = {"booked": "booked", "declined": "declined"}
    talked = contact.model_copy(
        update={
            "follow_up": follow_ups.closed(_open(followed), ends.get(attempt.outcome, "reached"), attempt.at),
            "callback": None,
            "answered_at": contact.answered_at or attempt.at,
            "spoken_at": max(contact.spoken_at or attempt.at, attempt.at),
            "unread": 0,
            "unanswered_since": None,
        }
    )
    return contacts.closed(talked, ends[attempt.outcome], now) if attempt.outcome in ends else talked


def to_confirm(contact: Contact, now: datetime) -> Contact:
    """The contact of somebody who seems to have been spoken to: a person says whether they were."""
    return follow_ups.woken(judged(contact), now)


def given_up(contact: Contact, disposition: str, now: datetime) -> Contact:
    """The contact of somebody who is not called any more."""
    over = judged(contact)
    settled = over.model_copy(update={"callback": None, "follow_up": _open(over.follow_up)})
    return contacts.closed(settled, disposition, now)


def judged(contact: Contact) -> Contact:
    """The contact of whose attempts all that follows is known."""
    followed = contact.follow_up
    if followed is None:
        return contact
    known = followed.model_copy(update={"unjudged": False})
    return contact.model_copy(update={"follow_up": known})


def _open(followed: FollowUp | None) -> FollowUp | None:
    """The same, to be ended anew: an agent knows better how the last call went."""
    return followed.model_copy(update={"end": None, "ended_at": None}) if followed else None

"""When self-service talks with somebody, and what becomes of their contact (R23, R47, R53, R55)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.dialogue import PROOF, Dialogue, Reason
from recado.rules.acknowledgement import IN_TALK, WORDLESS
from recado.rules.contacts import SWEEP_AFTER, self_served, waiting

if TYPE_CHECKING:
    from recado.model.flow import FlowId

PATIENCE: Final = timedelta(hours=48)
"""How long an answer of theirs is awaited: a night, a weekend's day, and a change of channel (R53: 24 h)."""
FAILURES: Final = 2
"""Not understood so often in a row, they get a person (R55)."""

OPENINGS: Final[dict[str, FlowId]] = {
    "greeting": "menu",
    "confirm": "confirm",
    "cancel": "cancel",
    "reschedule": "reschedule",
    "book": "book",
    "results": "results",
    "hours": "hours",
    "price": "question",
    "optout": "optout",
}
"""Which flow serves what somebody wants (rules.intents); anything else is looked for in what the clinic has
answers to, or is for a person."""
FOR_PEOPLE: Final = frozenset({"human", "complaint"})
ASIDE: Final = frozenset({"hours", "price"})
"""What may be asked in the middle of something else: it is answered, and the matter goes on."""


def listens(contact: Contact, communication: Communication, now: datetime) -> bool:
    """Whether self-service may answer this.

    Only while no agent has the contact, nobody is waiting for one in it, no call is owed, nobody of the
    clinic has just spoken with them, and it is known whose it is. What a machine sent it leaves to people.
    """
    if contact.state not in ("new", "waiting") or contact.reason != "message" or contact.callback:
        return False
    if communication.automatic or communication.kind in WORDLESS or contact.kind == "household":
        return False
    if contact.spoken_at and now - contact.spoken_at < IN_TALK:
        return False
    if contact.dialogue is not None:
        return contact.dialogue.state == "open"
    return contact.unread <= len(contact.pending)


def asked(contact: Contact, dialogue: Dialogue, now: datetime) -> Contact:
    """The contact when self-service has answered, and it is their turn."""
    due_at = now + (SWEEP_AFTER if contact.pending else PATIENCE)
    changes = {"dialogue": dialogue, "state": "new", "due_at": due_at}
    return contact.model_copy(update={**changes, **_heard(contact, now)})


def settled(contact: Contact, dialogue: Dialogue, disposition: str, now: datetime) -> Contact:
    """The contact when self-service has settled it: closed, unless something in it waits for a person."""
    known = _told_on(dialogue.data)
    done = dialogue.model_copy(update={"state": "done", "options": (), "data": known})
    after = contact.model_copy(update={"dialogue": done, "unanswered_since": None})
    served = self_served(after, disposition, now)
    if served.state == "closed":
        return served
    return waiting(served, now=now) if served.state == "new" else served


def handed_over(contact: Contact, dialogue: Dialogue | None, reason: Reason, now: datetime) -> Contact:
    """The contact when a person goes on, with all that was said: it waits for one from now on."""
    over = dialogue and dialogue.model_copy(
        update={"state": "handed_over", "reason": reason, "data": _told_on(dialogue.data)}
    )
    return waiting(contact.model_copy(update={"dialogue": over}), now=now)


def has_left(contact: Contact, now: datetime) -> bool:
    """Whether nothing more was heard of them for so long that the dialogue is over."""
    return contact.is_served and not contact.pending and bool(contact.due_at and contact.due_at <= now)


def left(contact: Contact, now: datetime) -> Contact:
    """The contact of somebody who said no more: closed, if nothing else in it waits for a person."""
    if contact.dialogue is None:
        return contact
    known = _told_on(contact.dialogue.data)
    gone = contact.dialogue.model_copy(update={"state": "left", "options": (), "data": known})
    after = self_served(contact.model_copy(update={"dialogue": gone}), "unfinished", now)
    return after if after.state == "closed" else waiting(after, now=now)


def _told_on(data: Mapping[str, str]) -> dict[str, str]:
    """What is known at the end, without what they gave to show who they are."""
    return {key: value for key, value in data.items() if key not in PROOF}


def _heard(contact: Contact, now: datetime) -> dict[str, object]:
    """One thing less that is unread: this one was answered."""
    return {
        "unread": max(contact.unread - 1, 0),
        "last_outbound_at": now,
        "unanswered_since": None if contact.unread <= 1 else contact.unanswered_since,
    }

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
    "visits": "visits",
    "results": "results",
    "hours": "hours",
    "price": "question",
    "optout": "optout",
}
"""Which flow serves what somebody wants (rules.intents; `visits`: its module asking); anything else is looked
for in what the clinic has answers to, or is for a person."""
FOR_PEOPLE: Final = frozenset({"human", "complaint"})
ASIDE: Final = frozenset({"hours", "price", "visits"})
"""What may be asked in the middle of something else: it is answered, and the matter goes on."""


def listens(contact: Contact, communication: Communication, now: datetime, *, away: bool = False) -> bool:
    """Whether self-service may answer this.

    Only while no agent has the contact, nobody is waiting for one in it, no call is owed, nobody of the
    clinic has just spoken with them, and it is known whose it is. What a machine sent it leaves to people.
    While nobody is at the clinic (`away`) it sees to what is simple in a contact that waits for a person,
    too, and takes nothing from that.
    """
    if contact.state in ("closed", "scheduled") or contact.reason != "message" or contact.callback:
        return False
    if communication.automatic or communication.kind in WORDLESS or contact.kind == "household":
        return False
    if contact.spoken_at and now - contact.spoken_at < IN_TALK:
        return False
    return awaited(contact) is None or _stands_in(contact, now, away=away)


def awaited(contact: Contact) -> Reason | None:
    """Why a person is awaited in it already, whatever self-service does for them meanwhile; none: nobody is.
    Asked while what they said last is still to be handled."""
    if contact.dialogue is not None:
        return contact.dialogue.reason or (None if contact.dialogue.state == "open" else "unsure")
    waits = contact.state == "assigned" or contact.unread > len(contact.pending)
    return "unsure" if waits else None


def _stands_in(contact: Contact, now: datetime, *, away: bool) -> bool:
    """Whether self-service helps where a person is awaited: as long as nobody of the clinic has written in
    it, or taken it out of its hands, and nothing in it cannot wait. What it has asked by then it still hears,
    until somebody takes the contact up."""
    taken_up = contact.spoken_at is not None and contact.spoken_at >= contact.opened_at
    if taken_up or contact.urgent_at:
        return False
    dialogue = contact.dialogue
    if dialogue is not None and dialogue.state == "open":
        return away or now - dialogue.asked_at < PATIENCE
    by_hand = dialogue is not None and dialogue.state == "handed_over" and dialogue.reason is None
    return away and not by_hand


def asked(contact: Contact, dialogue: Dialogue, now: datetime) -> Contact:
    """The contact when self-service has answered, and it is their turn; if a person is awaited in it, it
    waits for one as before."""
    heard = contact.model_copy(update={"dialogue": dialogue, **_heard(contact, now)})
    if dialogue.reason is not None:
        return _waiting(heard, now)
    due_at = now + (SWEEP_AFTER if contact.pending else PATIENCE)
    return heard.model_copy(update={"state": "new", "due_at": due_at})


def settled(contact: Contact, dialogue: Dialogue, disposition: str, now: datetime) -> Contact:
    """The contact when self-service has settled it: closed, unless something in it waits for a person."""
    known = _told_on(dialogue.data)
    if dialogue.reason is not None:
        over = dialogue.model_copy(update={"state": "handed_over", "options": (), "data": known})
        return _waiting(contact.model_copy(update={"dialogue": over, **_heard(contact, now)}), now)
    done = dialogue.model_copy(update={"state": "done", "options": (), "data": known})
    after = contact.model_copy(update={"dialogue": done, "unanswered_since": None})
    served = self_served(after, disposition, now)
    if served.state == "closed":
        return served
    return waiting(served, now=now) if served.state == "new" else served


def handed_over(contact: Contact, dialogue: Dialogue | None, reason: Reason, now: datetime) -> Contact:
    """The contact when a person goes on, with all that was said: it waits for one from now on, or goes on
    to."""
    over = dialogue and dialogue.model_copy(
        update={"state": "handed_over", "reason": reason, "data": _told_on(dialogue.data)}
    )
    return _waiting(contact.model_copy(update={"dialogue": over}), now)


def _waiting(contact: Contact, now: datetime) -> Contact:
    """The contact as one that waits for a person; who has it, and since when it waits, stays."""
    return waiting(contact, now=now) if contact.state == "new" else contact


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

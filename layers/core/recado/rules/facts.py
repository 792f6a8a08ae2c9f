"""What a change of a contact or of a communication says of the intervals, as facts. Pure."""

from __future__ import annotations

import hashlib
from typing import Any

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.interval import ContactFact, MessageFact, interval_of
from recado.model.outcomes import AttemptFact, Reached, TalkFact
from recado.model.visit_fact import VisitFact
from recado.rules.caps import BEGUN
from recado.rules.contacts import line_of

Fact = ContactFact | MessageFact | VisitFact


def is_news(fact: Fact, noted: Fact | None) -> bool:
    """Whether a fact says more than what is noted of the same thing, if anything is."""
    if noted is None:
        return True
    return fact.version > noted.version and noted.model_copy(update={"version": fact.version}) != fact


def contact_facts(after: Contact, before: Contact | None) -> list[ContactFact]:
    """What a change of a contact says of the intervals: nothing when it changes no number.

    A contact counts where it was opened. A call may turn out to have begun earlier than was thought: then the
    interval it was counted in is told that it is gone.
    """
    now_is = _contact_fact(after)
    if before is None:
        return [now_is]
    was = _contact_fact(before).model_copy(update={"version": after.version})
    if was == now_is:
        return []
    moved = interval_of(before.opened_at) != interval_of(after.opened_at)
    return [now_is, was.model_copy(update={"gone": True})] if moved else [now_is]


def _contact_fact(contact: Contact) -> ContactFact:
    return ContactFact(
        contact=contact.id,
        version=contact.version,
        patient=contact.patient,
        channel=channel_of(contact),
        came_by=contact.came_by,
        reason=contact.reason,
        state=contact.state,
        origin=contact.origin.type if contact.origin else "",
        kind=contact.kind or "",
        converted=contact.converted or "",
        opened_at=contact.opened_at,
        answered_at=contact.answered_at,
        closed_at=contact.closed_at,
        gone=contact.merged_into is not None,
        disposition=contact.disposition or "",
        talk=_talk(contact),
        **_followed(contact),
    )


def _talk(contact: Contact) -> TalkFact | None:
    talk = contact.dialogue
    if talk is None or not talk.turns:
        return None
    return TalkFact(
        state=talk.state,
        flow=(talk.flows[0] if talk.flows else talk.flow).partition(".")[0],
        at=f"{talk.flow}/{talk.node}",
        reason=talk.reason,
        spoken=contact.spoken_at is not None and contact.spoken_at >= contact.opened_at,
    )


def _followed(contact: Contact) -> dict[str, Any]:
    followed = contact.follow_up
    if followed is None:
        return {}
    attempts = tuple(AttemptFact(at=one.at, outcome=one.outcome) for one in followed.attempts)
    ended = {"ended": followed.end, "ended_at": followed.ended_at}
    return {"missed_at": followed.since, "attempts": attempts, **ended}


def channel_of(contact: Contact) -> str:
    """The channel that a contact counts for: the one last used in it; one that began as a call stays one."""
    return "voice" if contact.reason in ("call", "missed_call") else contact.channel


def message_facts(after: Communication, before: Communication | None) -> list[MessageFact]:
    """What a change of a communication says of its interval: nothing when it changes no number. Of what kind
    its patient is, its contact knows.

    How one of ours fares counts (K40), and a call may turn out to be somebody else's. One that is erased
    counts as it did.
    """
    if after.erased_at is not None:
        return []
    now_is = _message_fact(after)
    unchanged = before is not None and _message_fact(before).model_copy(update={"version": after.version})
    return [] if unchanged == now_is else [now_is]


def _message_fact(communication: Communication) -> MessageFact:
    return MessageFact(
        id=communication.id,
        version=communication.version,
        patient=communication.patient,
        channel=communication.channel,
        source=source_of(communication),
        direction=communication.direction,
        at=communication.at,
        **_sent(communication),
    )


def _sent(one: Communication) -> dict[str, Any]:
    if one.direction == "inbound":
        return {"outcome": one.call.outcome} if one.call else {}
    return {
        "purpose": one.purpose if one.purpose in BEGUN else "",
        "template": one.template.name if one.template else "",
        "reached": _reached(one),
        "stopped": bool(one.stops) or (one.state == "failed" and one.error == "opted_out"),
        "visit": (one.appointment or "") if one.purpose == "reminder" else "",
    }


def _reached(one: Communication) -> Reached:
    if one.kind == "call":
        return ""
    if one.state in ("delivered", "read"):
        return "delivered"
    # A message that failed counts against its provider only if that had taken it.
    return "accepted" if one.state == "sent" or (one.state == "failed" and one.provider_id) else ""


def source_of(communication: Communication) -> str:
    """As whom a source knows who said something: the record, and a mark of the line that it came by. The mark
    tells the lines of one record apart, and is too short to be traced back to a number."""
    line = f"{communication.patient}/{line_of(communication)}"
    return f"{communication.patient}/{hashlib.sha256(line.encode()).hexdigest()[:4]}"

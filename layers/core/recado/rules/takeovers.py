"""Records of one person have one open contact: how one takes another over, and what is left of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from recado.model.communication import Communication
from recado.model.contact import Callback, Contact
from recado.model.dialogue import Dialogue
from recado.model.follow_up import FollowUp
from recado.model.patient import Patient
from recado.rules import follow_ups, unconfirmed
from recado.rules.contacts import PREVIEW, SWEEP_AFTER, heard, lines_heard
from recado.rules.identity import canonical_phone
from recado.rules.missed import MERGED


class Leaving(NamedTuple):
    """Records that are another person's after all, and what of a contact that they shared is theirs."""

    records: Collection[str]
    said: Collection[str]
    """Communications of theirs."""
    unread: int
    phones: Collection[str]
    """Where a call may be owed to them, as numbers are matched."""


def set_aside(contact: Contact, into: str, now: datetime) -> Contact:
    """The contact whose matter goes on in another one, which counts in its stead (R5)."""
    return contact.model_copy(
        update={
            "state": "closed",
            "closed_at": now,
            "disposition": MERGED,
            "merged_into": into,
            "before": contact,
            "pending": (),
            "unread": 0,
            "callback": None,
            "due_at": None,
        }
    )


def gathered(contact: Contact, other: Contact, now: datetime) -> Contact:
    """An open contact with all that is open in another one of the same person.

    It is answered where they were heard last. Its agent keeps it; if it has none, the other's takes it.
    """
    changes: dict[str, object] = {
        **_heard_last(contact, other),
        "heard_at": _lines(contact, other),
        "pending": (*contact.pending, *other.pending),
        "unread": contact.unread + other.unread,
        "callback": _owed(contact, other),
        "unconfirmed": unconfirmed.both(contact, other),
        "follow_up": _followed(contact, other),
        "unanswered_since": _earliest(contact.unanswered_since, other.unanswered_since),
        "waiting_since": min(contact.waiting_since, other.waiting_since),
        "sequence": max(contact.sequence, other.sequence),
    }
    changes["dialogue"] = _talk(contact, other)
    for name in ("spoken_at", "last_outbound_at", "acknowledged_at", "last_moment", "urgent_at"):
        changes[name] = _latest(getattr(contact, name), getattr(other, name))
    if contact.state != "assigned" and other.state == "assigned":
        changes |= {"state": "assigned", "agent": other.agent, "agent_name": other.agent_name}
    elif contact.state == "scheduled" and other.state != "scheduled":
        changes |= {"state": "new", "due_at": now + SWEEP_AFTER}
    return looked_after(contact.model_copy(update=changes), now)


def carried(contact: Contact, root: Patient, latest: Contact | None, now: datetime) -> Contact:
    """A record's open contact as the next one of `root`, whose `latest` is closed."""
    changes: dict[str, object] = {
        "patient": root.id,
        "number": latest.number + 1 if latest else 1,
        "version": 0,
        "patient_name": root.name or contact.patient_name,
        "speaker": contact.speaker or contact.patient,
        "instead_of": contact.id,
    }
    if latest is not None:
        spoken_at = _latest(contact.spoken_at, latest.spoken_at)
        changes |= {"heard_at": _lines(contact, latest), "spoken_at": spoken_at}
    return looked_after(contact.model_copy(update=changes), now)


def remembering(contact: Contact, other: Contact) -> Contact:
    """The contact, with the lines on which the person was heard in another: windows are open there, too."""
    return contact.model_copy(update={"heard_at": _lines(contact, other)})


def opened_again(aside: Contact, still: Collection[str], now: datetime) -> Contact:
    """A contact as it was before another took it over; `still` is what automatic handling has yet to see."""
    before = aside.before or aside
    pending = tuple(one for one in before.pending if one in still)
    return looked_after(before.model_copy(update={"version": aside.version, "pending": pending}), now)


def resumed(contact: Contact, said: Sequence[Communication], shared: Contact, now: datetime) -> Contact:
    """The contact, with what its record said while `shared` held that: unread is what nobody has answered."""
    unread = contact.unread + sum(is_unread(one, shared) for one in said)
    for one in said:
        contact = heard(contact, one, one.at, pending=one.id in shared.pending)
    changes = {
        "unread": unread,
        "last_moment": _latest(contact.last_moment, shared.last_moment),
        "sequence": max(contact.sequence, shared.sequence),
    }
    return looked_after(contact.model_copy(update=changes), now)


def is_unread(said: Communication, shared: Contact) -> bool:
    """Whether nobody has written in the contact since."""
    return shared.last_outbound_at is None or said.at > shared.last_outbound_at


def left(contact: Contact, leaving: Leaving, last: Communication | None, now: datetime) -> Contact:
    """A contact without those who are another person after all. No answer may go to them: it goes to where
    the others said their `last`, or, where they said nothing, to wherever they are reached."""
    owed = contact.callback
    changes: dict[str, object] = {
        "pending": tuple(one for one in contact.pending if one not in leaving.said),
        "unread": max(0, contact.unread - leaving.unread),
        "callback": None if owed and dialled(owed) in leaving.phones else owed,
    }
    if contact.follow_up and canonical_phone(contact.follow_up.phone) in leaving.phones:
        changes["follow_up"] = None
    if contact.speaker in leaving.records:
        changes |= {**_said_at(last), "dialogue": None}
    return looked_after(contact.model_copy(update=changes), now)


def looked_after(contact: Contact, now: datetime) -> Contact:
    """The contact, which the sweep sees to if nothing else does."""
    if contact.state == "scheduled" and contact.callback is None:
        contact = follow_ups.woken(contact, now)
    if contact.state in ("new", "waiting", "scheduled") or contact.pending:
        return contact.model_copy(update={"due_at": contact.due_at or now + SWEEP_AFTER})
    return contact.model_copy(update={"due_at": None})


def dialled(callback: Callback) -> str:
    """The number that is to be called, in the form of matching."""
    return canonical_phone(callback.phone)


def _heard_last(contact: Contact, other: Contact) -> dict[str, object]:
    """Where the person was heard last, of two contacts of theirs."""
    at, others = contact.last_inbound_at, other.last_inbound_at
    later = other if others and (at is None or others > at) else contact
    same = ("channel", "account", "address", "last_text", "last_inbound_at")
    return {**{name: getattr(later, name) for name in same}, "speaker": later.speaker or later.patient}


def _said_at(last: Communication | None) -> dict[str, object]:
    if last is None:
        # No text goes by this channel: whoever answers is shown another one (find_line).
        return {"channel": "voice", "account": "", "address": "", "speaker": None, "last_text": ""}
    return {
        "channel": last.channel,
        "account": last.account,
        "address": last.address,
        "speaker": last.patient,
        "last_text": last.text[:PREVIEW],
        "last_inbound_at": last.at,
    }


def _owed(contact: Contact, other: Contact) -> Callback | None:
    """One call, by the earlier of two promises."""
    if contact.callback is None or other.callback is None:
        return contact.callback or other.callback
    due_at = min(contact.callback.due_at, other.callback.due_at)
    return contact.callback.model_copy(update={"due_at": due_at})


def _followed(contact: Contact, other: Contact) -> FollowUp | None:
    """One following up, from when they were first missed; what was tried for either was tried for them."""
    mine, others = contact.follow_up, other.follow_up
    if mine is None or others is None:
        return mine or others
    first, later = sorted((mine, others), key=lambda one: one.since)
    tried = {one.id: one for one in (*first.attempts, *later.attempts)}
    attempts = tuple(sorted(tried.values(), key=lambda one: (one.at, one.id)))
    on = mine.end is None or others.end is None
    end = {"end": None, "ended_at": None} if on else {"end": later.end, "ended_at": later.ended_at}
    written = (*first.written, *later.written)
    return first.model_copy(update={"attempts": attempts, "written": written, **end})


def _talk(contact: Contact, other: Contact) -> Dialogue | None:
    """The dialogue that they were in last. It goes on where neither contact is another's yet."""
    talks = [one for one in (contact.dialogue, other.dialogue) if one]
    last = max(talks, key=lambda one: one.asked_at, default=None)
    if last is None or last.state != "open" or contact.state == other.state == "new":
        return last
    return last.model_copy(update={"state": "handed_over"})


def _lines(contact: Contact, other: Contact) -> dict[str, datetime]:
    mine, others = lines_heard(contact), lines_heard(other)
    return {line: max(mine.get(line, at), others.get(line, at)) for line, at in {**mine, **others}.items()}


def _earliest(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at), default=None)


def _latest(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at), default=None)

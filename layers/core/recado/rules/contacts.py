"""What may happen to a contact. Pure: each function takes a contact and gives the next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from recado.errors import Conflict
from recado.model.communication import Communication
from recado.model.contact import Contact, ContactReason
from recado.model.dialogue import Dialogue
from recado.model.follow_up import Why
from recado.model.patient import Kind, Origin
from recado.model.record import iso
from recado.model.tenant import Agent, Language
from recado.rules import follow_ups

SWEEP_AFTER = timedelta(seconds=60)
"""How long the stream may take over a step before the sweep does it."""

SPOKEN = frozenset({"message", "unconfirmed"})
"""Reasons of contacts that an answer may settle."""
PREVIEW = 120
"""Characters of the last message that the list of contacts shows."""


def opened(
    patient: str,
    number: int,
    *,
    now: datetime,
    channel: str,
    account: str,
    address: str,
    language: Language,
    patient_name: str | None = None,
    reason: ContactReason = "message",
    spoken_at: datetime | None = None,
    heard_at: Mapping[str, datetime] | None = None,
    origin: Origin | None = None,
    kind: Kind | None = None,
    care_team: str | None = None,
) -> Contact:
    """A new contact that awaits routing; the sweep looks after it should routing not. It waits for the team
    that takes care of them, if one does."""
    return Contact(
        patient=patient,
        number=number,
        patient_name=patient_name,
        language=language,
        channel=channel,
        came_by=channel,
        account=account,
        address=address,
        reason=reason,
        queue=care_team or "reception",
        care_team=care_team,
        kind=kind,
        spoken_at=spoken_at,
        heard_at=dict(heard_at or {}),
        origin=origin,
        opened_at=now,
        waiting_since=now,
        due_at=now + SWEEP_AFTER,
    )


def cared(contact: Contact, team: str | None) -> Contact:
    """The contact as a matter of this team: of what an agent has in hand nothing is taken away."""
    if contact.care_team == team:
        return contact
    goes = team is not None and contact.state in ("new", "waiting")
    return contact.model_copy(update={"care_team": team, **({"queue": team} if goes else {})})


def placed(contact: Contact, now: datetime) -> tuple[Contact, str]:
    """The contact's next place on the timeline: our own order, which no two clocks can turn round."""
    at = max(now, contact.last_moment or now)
    sequence = contact.sequence + 1
    return contact.model_copy(update={"last_moment": at, "sequence": sequence}), f"{iso(at)}#{sequence:06d}"


def line_of(communication: Communication) -> str:
    """The line between a patient and the clinic on which a communication goes."""
    return f"{communication.channel}/{communication.account}/{communication.address}"


def lines_heard(contact: Contact | None) -> Mapping[str, datetime]:
    """When the patient last wrote, by line; contacts of an older version know their own line only."""
    if contact is None:
        return {}
    if contact.heard_at or contact.last_inbound_at is None or contact.channel == "voice":
        return contact.heard_at
    return {f"{contact.channel}/{contact.account}/{contact.address}": contact.last_inbound_at}


def heard(contact: Contact, communication: Communication, now: datetime, *, pending: bool) -> Contact:
    """The patient said something. `pending`: automatic handling has to look at it.

    A provider's window runs from when it was said to them, which may be long before it came to us (they
    repeat a webhook for days) and out of order.
    """
    line, said_at = line_of(communication), min(communication.provider_at or now, now)
    changes: dict[str, object] = {
        "last_inbound_at": now,
        "last_text": communication.text[:PREVIEW],
        "unread": contact.unread + 1,
        "address": communication.address,
        "channel": communication.channel,
        "account": communication.account,
        "speaker": communication.patient,
        "heard_at": {**contact.heard_at, line: max(said_at, contact.heard_at.get(line, said_at))},
    }
    if not communication.automatic:
        changes["unanswered_since"] = contact.unanswered_since or now
        contact = follow_ups.heard(contact, now)
    if pending:
        changes["pending"] = (*contact.pending, communication.id)
        changes["due_at"] = min(contact.due_at or now + SWEEP_AFTER, now + SWEEP_AFTER)
    return contact.model_copy(update=changes)


def answered_as_before(contact: Contact, before: Contact) -> Contact:
    """The contact when what was heard came by a way that carries no answer (somebody at the desk)."""
    kept = ("address", "channel", "account", "speaker", "heard_at")
    return contact.model_copy(update={name: getattr(before, name) for name in kept})


def answered(contact: Contact, text: str, agent: Agent, now: datetime) -> Contact:
    """An agent answered; whoever answers a waiting contact takes it."""
    _refuse_closed(contact)
    owned = contact if contact.state == "assigned" else assigned(contact, agent)
    return owned.model_copy(
        update={
            "dialogue": _released(owned.dialogue),
            "last_outbound_at": now,
            "spoken_at": now,
            "answered_at": contact.answered_at or now,
            "last_text": text[:PREVIEW],
            "unread": 0,
            "unanswered_since": None,
            "callback": None if _talks(contact) else contact.callback,
        }
    )


def _talks(contact: Contact) -> bool:
    """Whether they have come back to us since we tried to reach them: what is owed is an answer."""
    followed = contact.follow_up
    return followed is not None and followed.end == "reached" and contact.unanswered_since is not None


def answered_elsewhere(contact: Contact, text: str, now: datetime) -> Contact:
    """Somebody of the clinic wrote in the provider's own app: what we had asked last is not open any more.

    Whose the contact is does not change, and one that is closed stays so.
    """
    said = {"last_outbound_at": now, "spoken_at": now, "last_text": text[:PREVIEW]}
    spoken = contact.model_copy(update={**said, "unread": 0, "unanswered_since": None})
    if contact.state == "closed":
        return spoken
    return spoken.model_copy(update={"answered_at": contact.answered_at or now})


def assigned(contact: Contact, agent: Agent) -> Contact:
    """The contact is this agent's now."""
    _refuse_closed(contact)
    return contact.model_copy(
        update={
            "dialogue": _released(contact.dialogue),
            "state": "assigned",
            "agent": agent.id,
            "agent_name": agent.name,
            "due_at": contact.due_at if contact.pending or follow_ups.is_unjudged(contact) else None,
        }
    )


def waiting(contact: Contact, queue: str | None = None, now: datetime | None = None) -> Contact:
    """The contact waits in a queue; it stays due, so that the sweep routes it should nothing else."""
    _refuse_closed(contact)
    since = now or contact.waiting_since
    return contact.model_copy(
        update={
            "state": "waiting",
            "agent": None,
            "agent_name": None,
            "queue": queue or contact.queue,
            "waiting_since": since,
            "due_at": since + SWEEP_AFTER,
        }
    )


def closed(contact: Contact, disposition: str, now: datetime, note: str | None = None) -> Contact:
    """The matter is settled; what automatic handling has not looked at yet, it still will."""
    _refuse_closed(contact)
    return contact.model_copy(
        update={
            "state": "closed",
            "dialogue": _released(contact.dialogue),
            "closed_at": now,
            "disposition": disposition,
            "note": note,
            "due_at": contact.due_at if contact.pending else None,
            "unread": 0,
            "unanswered_since": None,
            "follow_up": follow_ups.closed(contact.follow_up, disposition, now),
        }
    )


def undelivered(contact: Contact) -> Contact:
    """Something of ours did not surely reach the patient: one more thing for a person to look at."""
    _refuse_closed(contact)
    return contact.model_copy(update={"unread": contact.unread + 1})


def handled(contact: Contact, communication: str) -> Contact:
    """Automatic handling is done with this communication."""
    pending = tuple(one for one in contact.pending if one != communication)
    looked_after = contact.state in ("new", "waiting", "scheduled") or follow_ups.is_unjudged(contact)
    due_at = contact.due_at if pending or looked_after else None
    return contact.model_copy(update={"pending": pending, "due_at": due_at})


def self_served(contact: Contact, disposition: str, now: datetime) -> Contact:
    """The contact after self-service settled what was said: closed, unless a person has still to look at it.

    One stays as it is that is closed already, that an agent has, that holds another unread message or one
    still to be handled, or that owes a call; and what a team looks after (rules.care), unless all is well.
    """
    alone = contact.unread <= 1 and not contact.pending and contact.callback is None
    alone = alone and not contact.unconfirmed and contact.recovery is None
    alone = alone and (contact.care_team is None or disposition == "confirmed")
    if contact.state not in ("new", "waiting") or contact.reason not in SPOKEN or not alone:
        return answered_by_itself(contact)
    served = contact.model_copy(update={"answered_at": contact.answered_at or now, "last_outbound_at": now})
    return closed(served, disposition, now)


def answered_by_itself(contact: Contact) -> Contact:
    """The contact after a machine answered what was said last, unless something else is unanswered, too."""
    if contact.unanswered_since is None or contact.unanswered_since != contact.last_inbound_at:
        return contact
    return contact.model_copy(update={"unanswered_since": None})


def expects_time(contact: Contact) -> bool:
    """Whether a call is owed and nobody has spoken with the patient since they were last asked for a time, or
    at all: a time that they name is its time.

    Once a person has, a time may be about whatever those two speak of.
    """
    if contact.callback is None or contact.state == "closed":
        return False
    asked_at, spoken_at = contact.callback.asked_at, contact.spoken_at
    asked_since = asked_at is not None and (spoken_at is None or spoken_at < asked_at)
    return contact.answered_at is None or asked_since


def called_at(contact: Contact, moment: datetime) -> Contact:
    """The call that is owed is due when the patient said; they still need a person, and then one.

    What they said is answered by that, unless they had said something else before.
    """
    if contact.callback is None:
        return contact
    agreed = contact.callback.model_copy(update={"due_at": moment, "agreed": True, "why": Why(kind="agreed")})
    changes = {"callback": agreed, "follow_up": follow_ups.resumed(contact.follow_up)}
    return answered_by_itself(contact).model_copy(update=changes)


def _released(dialogue: Dialogue | None) -> Dialogue | None:
    """The dialogue when somebody takes its contact up, or closes it, in the middle of it."""
    if dialogue is None or dialogue.state != "open":
        return dialogue
    return dialogue.model_copy(update={"state": "handed_over"})


def _refuse_closed(contact: Contact) -> None:
    if contact.state == "closed":
        raise Conflict("This contact is closed.")

"""A contact as the API shows it."""

from __future__ import annotations

from typing import Literal

from recado.model.contact import Callback as StoredCallback
from recado.model.contact import Contact as StoredContact
from recado.model.contact import ContactReason, ContactState
from recado.model.contact import Unconfirmed as StoredUnconfirmed
from recado.model.dialogue import PROOF, DialogueState, Reason
from recado.model.dialogue import Dialogue as StoredDialogue
from recado.model.follow_up import Attempt as StoredAttempt
from recado.model.follow_up import AttemptOutcome, DayPart, End
from recado.model.follow_up import FollowUp as StoredFollowUp
from recado.model.follow_up import Why as StoredWhy
from recado.model.patient import Kind
from recado.model.record import iso
from recado.model.tenant import Tenant
from typing_extensions import TypedDict

from api.answers import Moment, moment


class Why(TypedDict):
    """Why a call is due when it is. `target`: within the clinic's time for the first one; `agreed`: they have
    said so; `ladder`: a part of a weekday (0 is Monday) by what is usual; `learnt`: by what this clinic's own
    attempts then have come to: `reached` of `tried`. `rate` is the share that is expected to be reached."""

    kind: Literal["target", "agreed", "ladder", "learnt"]
    weekday: int | None
    part: DayPart | None
    rate: float | None
    tried: int
    reached: int


class Attempt(TypedDict):
    """One call of ours; `by` is `agent:<id>`, or `voice` where the telephone system alone told of it."""

    id: str
    at: Moment
    outcome: AttemptOutcome
    by: str
    note: str


class FollowUp(TypedDict):
    """What was done to reach somebody whom the clinic missed `since` then, and how that ended."""

    since: Moment
    attempts: list[Attempt]
    end: End | None
    ended_at: Moment | None


class Callback(TypedDict):
    """A call that the clinic owes: to whom, and by when; `agreed`: just then, as they have asked."""

    phone: str
    due_at: Moment
    agreed: bool
    why: Why | None


class Dialogue(TypedDict):
    """How far self-service has come. `open`: it awaits their answer, and no agent gets the contact; `data`:
    what is known so far; `flows`: all that was gone through, each as `<flow>.<version>`; `turns`: how often
    it spoke."""

    flow: str
    number: int
    node: str
    state: DialogueState
    reason: Reason | None
    data: dict[str, str]
    flows: list[str]
    turns: int
    asked_at: Moment


class Unconfirmed(TypedDict):
    """A visit about which they are to be called before it begins: they have not said whether they come."""

    appointment: str
    start: Moment
    timezone: str
    asked_at: Moment


class Contact(TypedDict):
    """One matter of one patient, from the first word to its disposition; one that was `merged_into` another
    goes on there. `kind`: what they were when it was opened; `care_team`: who looks after them in person;
    `urgent_at`: when they last said what cannot wait. `recovery`: the survey whose low score a person is
    to get in touch about.

    `deadline_at`: by when somebody has to do something about it, in the clinic's open time; then it is late.
    """

    id: str
    version: int
    patient: str
    patient_name: str | None
    channel: str
    address_hint: str
    queue: str
    state: ContactState
    agent: str | None
    agent_name: str | None
    reason: ContactReason
    opened_at: Moment
    waiting_since: Moment
    answered_at: Moment | None
    last_inbound_at: Moment | None
    last_outbound_at: Moment | None
    last_text: str
    unread: int
    callback: Callback | None
    disposition: str | None
    note: str | None
    merged_into: str | None
    language: str
    kind: Kind | None
    care_team: str | None
    deadline_at: Moment | None
    unconfirmed: list[Unconfirmed]
    follow_up: FollowUp | None
    recovery: str | None
    urgent_at: Moment | None
    dialogue: Dialogue | None


def contact_of(clinic: Tenant, one: StoredContact) -> Contact:
    """A contact as the API shows it."""
    from recado.rules.deadlines import deadline  # noqa: PLC0415 - no start waits for it

    due = deadline(clinic, one)
    return {
        "id": one.id,
        "version": one.version,
        "patient": one.patient,
        "patient_name": one.patient_name,
        "channel": one.channel,
        "address_hint": f"…{one.address[-4:]}" if one.address else "",
        "queue": one.queue,
        "state": one.state,
        "agent": one.agent,
        "agent_name": one.agent_name,
        "reason": one.reason,
        "opened_at": iso(one.opened_at),
        "waiting_since": iso(one.waiting_since),
        "answered_at": moment(one.answered_at),
        "last_inbound_at": moment(one.last_inbound_at),
        "last_outbound_at": moment(one.last_outbound_at),
        "last_text": one.last_text,
        "unread": one.unread,
        "callback": _callback_of(one.callback) if one.callback else None,
        "disposition": one.disposition,
        "note": one.note,
        "merged_into": one.merged_into,
        "language": one.language,
        "kind": one.kind,
        "care_team": one.care_team,
        "deadline_at": iso(due.at) if due else None,
        "unconfirmed": [_unconfirmed_of(visit) for visit in one.unconfirmed],
        "follow_up": _follow_up_of(one.follow_up) if one.follow_up else None,
        "recovery": one.recovery,
        "urgent_at": moment(one.urgent_at),
        "dialogue": _dialogue_of(one.dialogue) if one.dialogue else None,
    }


def _unconfirmed_of(one: StoredUnconfirmed) -> Unconfirmed:
    return {
        "appointment": one.appointment,
        "start": iso(one.start),
        "timezone": one.timezone,
        "asked_at": iso(one.asked_at),
    }


def _dialogue_of(one: StoredDialogue) -> Dialogue:
    return {
        "flow": one.flow,
        "number": one.number,
        "node": one.node,
        "state": one.state,
        "reason": one.reason,
        "data": {key: value for key, value in one.data.items() if key not in PROOF},
        "flows": list(one.flows),
        "turns": one.turns,
        "asked_at": iso(one.asked_at),
    }


def _callback_of(one: StoredCallback) -> Callback:
    return {
        "phone": one.phone,
        "due_at": iso(one.due_at),
        "agreed": one.agreed,
        "why": _why_of(one.why) if one.why else None,
    }


def _why_of(one: StoredWhy) -> Why:
    return {
        "kind": one.kind,
        "weekday": one.weekday,
        "part": one.part,
        "rate": one.rate,
        "tried": one.tried,
        "reached": one.reached,
    }


def _follow_up_of(one: StoredFollowUp) -> FollowUp:
    return {
        "since": iso(one.since),
        "attempts": [_attempt_of(it) for it in one.attempts],
        "end": one.end,
        "ended_at": moment(one.ended_at),
    }


def _attempt_of(one: StoredAttempt) -> Attempt:
    return {"id": one.id, "at": iso(one.at), "outcome": one.outcome, "by": one.by, "note": one.note}

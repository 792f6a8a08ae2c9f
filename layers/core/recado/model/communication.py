"""One entry of a patient's timeline: a message, a call, a notice (FHIR Communication)."""

from __future__ import annotations

from typing import Any, Literal

from recado.model.patient import Origin, Question
from recado.model.record import Instant, Record, Versioned

CallOutcome = Literal[
    "answered",
    "abandoned_in_queue",
    "abandoned_in_menu",
    "callback_requested",
    "self_served",
    "not_reached",
]
Direction = Literal["inbound", "outbound"]
Purpose = Literal[
    "conversation",
    "self_service",
    "reminder",
    "confirmation",
    "text_back",
    "offer",
    "marketing",
    "instructions",
    "authorisation",
    "medication",
    "recall",
    "survey",
    "review",
    "news",
]
CommunicationState = Literal[
    "received",
    "queued",
    "claimed",
    "sent",
    "delivered",
    "read",
    "failed",
    "unknown",
    "expired",
    "withdrawn",
]


class Attachment(Record):
    """What came, or goes, with a message: a file, or something told in fields of its own (a place, people).

    A file is `waiting` at its provider until it is fetched, then `kept` under `object` in our bucket, or
    `refused` (too large, of a kind that we do not take, gone): `error` says why. `description` is what it
    shows, for those who cannot see it.
    """

    kind: str
    state: Literal["none", "waiting", "kept", "refused"] = "none"
    id: str = ""
    """The provider's name of it."""
    url: str = ""
    """Where its provider keeps it; none of our own addresses."""
    mime: str = ""
    name: str = ""
    sha256: str = ""
    size: int | None = None
    """Bytes."""
    object: str | None = None
    description: str = ""
    error: str | None = None


class Button(Record):
    """A quick reply under a message."""

    payload: str
    title: str


class TemplateMessage(Record):
    """A provider-approved text with its values; WhatsApp demands one outside the 24-hour window."""

    name: str
    language: str
    parameters: dict[str, str]
    buttons: tuple[Button, ...] = ()
    words: str | None = None
    """What it says where no template goes, in the clinic's own wording; none: in ours."""


class CallSummary(Record):
    """How a call ended, as the timeline shows it."""

    outcome: CallOutcome
    waited_s: int
    talked_s: int = 0


class Invitation(Record):
    """What a patient's calendar is told of a visit (iCalendar, RFC 5545): when it is, and that it is off.

    `sequence` counts the times it was put to: a calendar believes the highest."""

    sequence: int
    start: Instant
    minutes: int
    timezone: str
    cancelled: bool = False


class Communication(Versioned):
    """A message or call; its id is a hash of tenant, channel, account and the provider's id, so that the same
    one arriving again lands on the same row."""

    id: str
    patient: str
    contact: str | None = None
    channel: str
    account: str
    address: str
    direction: Direction
    kind: str
    original_type: str | None = None
    """What the channel calls a kind that we do not know (`unsupported`)."""
    text: str = ""
    author: str
    """`patient`, `agent:<id>`, `recado`, or `staff`: somebody of the clinic, in the provider's own app."""
    purpose: Purpose = "conversation"
    state: CommunicationState
    at: Instant
    moment: str
    """Place on the timeline, allotted by us: sorts as text."""
    provider_id: str | None = None
    provider_at: Instant | None = None
    reply_to: str | None = None
    """The communication that this one quotes or answers."""
    payload: str | None = None
    """What a pressed button carries."""
    attachments: tuple[Attachment, ...] = ()
    subject: str | None = None
    invitation: Invitation | None = None
    """Of a mail that tells of a visit."""
    """Of an e-mail."""
    message_id: str | None = None
    """What an e-mail calls itself, without brackets, and what its answers name it by: theirs, never a key."""
    automatic: bool = False
    """A machine sent it, or it may be spam: nothing answers it but a person."""
    origin: Origin | None = None
    fallback_of: str | None = None
    """The communication in whose stead this one goes, by another way."""
    replaced_by: str | None = None
    """The communication that goes in the stead of this one, which failed."""
    tried: tuple[str, ...] = ()
    """What had failed before this one was written, and is not tried again (rules.reach.mark)."""
    outside_window: bool = False
    """It went by the longer time that a provider gives a person to answer."""
    buttons: tuple[Button, ...] = ()
    language: str | None = None
    """Of what we wrote ourselves and is no template."""
    flow: str | None = None
    """By which flow of self-service it was said, and by which version of it: `<flow>.<number>` (R30)."""
    template: TemplateMessage | None = None
    question: Question | None = None
    """What we had asked at this address when this arrived."""
    appointment: str | None = None
    call: CallSummary | None = None
    error: str | None = None
    stops: Literal[True] | None = None
    """They want no more from us since: it told them so, or was the last that we had begun before (K41)."""
    not_before: Instant | None = None
    not_after: Instant | None = None
    """After this it would be stale: it is never sent."""
    attempts: int = 0
    claimed_at: Instant | None = None
    claim: str | None = None
    """Names the claim: a worker to whom the answer to its own claim was lost knows it again by this."""
    due_at: Instant | None = None
    """When the sweep should look at this row if delivery has not."""
    raw: dict[str, Any] | None = None
    erased_at: Instant | None = None
    """When its patient was erased: the row is there so that the same one arriving again is known."""


class Receipt(Versioned):
    """What a provider said of one of its message ids: parked until we know which of ours it is."""

    channel: str
    account: str
    provider_id: str
    communication: str | None = None
    status: CommunicationState | None = None
    error: str | None = None
    at: Instant

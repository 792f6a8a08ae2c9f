"""A contact: one matter of one patient that somebody, or something, has to settle."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from recado.model.dialogue import Dialogue
from recado.model.follow_up import FollowUp, Why
from recado.model.patient import Kind, Origin
from recado.model.record import Instant, Record, Versioned
from recado.model.tenant import Language

ContactState = Literal["new", "waiting", "scheduled", "assigned", "closed"]
ContactReason = Literal["message", "missed_call", "call", "undelivered", "unconfirmed"]
"""`undelivered`: not the patient came, but something of ours did not surely reach them. `unconfirmed`: they
have a visit soon and have not said whether they come."""


class Unconfirmed(Record):
    """A visit whose patient a person is to call before it begins: nothing that we sent was answered."""

    appointment: str
    schedule: int
    start: Instant
    timezone: str
    asked_at: Instant


class Callback(Record):
    """A call that the clinic owes: to whom, and by when; `agreed`: just then, as they have asked."""

    phone: str
    due_at: Instant
    agreed: bool = False
    why: Why | None = None
    asked_at: Instant | None = None
    """When they were last asked for a time, after a call that did not reach them."""


class Contact(Versioned):
    """The patient's n-th contact with the clinic, from the first word to its disposition.

    `new` awaits a decision, `waiting` waits in its queue, `assigned` has an agent, `closed` is settled.
    `scheduled` waits for the time of the call that is owed (`due_at`), and then in its queue.
    """

    patient: str
    number: int
    patient_name: str | None = None
    language: Language
    channel: str
    account: str
    address: str
    """Where answers go, exactly as the provider gave it."""
    came_by: str = ""
    """The channel that it was opened by; "" for one of before this was noted."""
    asked_whom_at: Instant | None = None
    """When somebody at a household's contact point was asked for whom they write: once."""
    named_at: Instant | None = None
    """When somebody at a household's contact point was named as theirs whose contact this is."""
    reason: ContactReason = "message"
    queue: str = "reception"
    state: ContactState = "new"
    agent: str | None = None
    agent_name: str | None = None
    opened_at: Instant
    waiting_since: Instant
    answered_at: Instant | None = None
    """When a person first answered, or self-service settled it."""
    closed_at: Instant | None = None
    disposition: str | None = None
    note: str | None = None
    callback: Callback | None = None
    unconfirmed: tuple[Unconfirmed, ...] = ()
    """Visits about which they are to be called."""
    recovery: str | None = None
    """The survey whose low score a person is to get in touch about (R89)."""
    follow_up: FollowUp | None = None
    """What was done to reach them, also once no call is owed any more."""
    preferred_agent: str | None = None
    """Who tried to reach them last: it is theirs again where they have a hand free."""
    unanswered_since: Instant | None = None
    """When they said the first of what nobody has answered yet, in writing; none: all is answered."""
    speaker: str | None = None
    """The record of the patient's person from which `address` was heard; none: the patient's own."""
    merged_into: str | None = None
    """The contact that counts in its stead: one that turned out to be somebody's is counted once."""
    before: Contact | None = None
    """As it was when another contact of the person took it over: so it is again if the two are parted."""
    instead_of: str | None = None
    """The contact of another record of the person, whose matter goes on in this one."""
    last_inbound_at: Instant | None = None
    heard_at: dict[str, Instant] = Field(default_factory=dict)
    """When the patient last wrote or called, by `<channel>/<account>/<address>`, in this contact or an
    earlier one: some channels take free text only for so long after."""
    origin: Origin | None = None
    kind: Kind | None = None
    """What they were to the clinic when it was opened (R21); none: nobody noted it."""
    care_team: str | None = None
    """The queue whose matter it is, past all automatic answers (R34)."""
    booked_at: Instant | None = None
    """When a visit was last booked for them while this was their latest contact."""
    converted: str | None = None
    """By which channel they first came, whom that visit made a patient (R21, K28); else none."""
    last_outbound_at: Instant | None = None
    spoken_at: Instant | None = None
    """When a person of the clinic last wrote to the patient, in this contact or an earlier one."""
    urgent_at: Instant | None = None
    """When they last said what cannot wait: it goes before all else in its queue."""
    dialogue: Dialogue | None = None
    """How far self-service has come with them, or how it ended."""
    acknowledged_at: Instant | None = None
    """When they were told by when they will be answered: once."""
    last_moment: Instant | None = None
    last_text: str = ""
    sequence: int = 0
    """Counts the contact's communications; gives each its place on the timeline."""
    unread: int = 0
    pending: tuple[str, ...] = ()
    """Inbound communications that automatic handling still has to look at, oldest first."""
    due_at: Instant | None = None
    """When the sweep should look at this contact if nothing else has."""
    erased_at: Instant | None = None
    """When its patient was erased: it counts, and says no more."""

    @property
    def is_served(self) -> bool:
        """Whether self-service has it, and awaits their answer: no agent is to get it."""
        return self.state == "new" and self.is_asked

    @property
    def is_asked(self) -> bool:
        """Whether self-service awaits their answer, be it beside what waits for an agent."""
        return self.state != "closed" and self.dialogue is not None and self.dialogue.state == "open"

    @property
    def recipient(self) -> str:
        """The record to which answers go."""
        return self.speaker or self.patient

    @property
    def id(self) -> str:
        """`<patient>.<number>`."""
        return f"{self.patient}.{self.number}"

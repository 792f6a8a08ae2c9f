"""A matter of which we write to somebody of our own accord, and which is not a visit of theirs to come."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from recado.model.appointment import Reminder
from recado.model.patient import Quiet
from recado.model.policy import Step, StepPurpose
from recado.model.record import Instant, Versioned
from recado.model.tenant import Language

OutreachState = Literal["open", "answered", "booked", "done", "stopped", "unreached", "held_out"]
"""`open` until it ends: the person `answered`, or `booked` a visit; all was sent, and nothing is expected
(`done`); they, or the clinic, want no more of it (`stopped`); nothing of it could be sent (`unreached`).
`held_out`: they are not written to at all, so that it is seen what comes of it by itself."""


class Outreach(Versioned):
    """One person's part in a campaign, a survey, an authorisation …; its steps count from when it began.

    The steps are planned and judged as a visit's reminders are, by the same policy and rules.
    """

    id: str
    patient: str
    patient_name: str | None = None
    language: Language
    purpose: StepPurpose
    source: str
    """What it is of: `campaign:<id>`, `visit:<id>`, …"""
    type_id: str | None = None
    """The type of visit by whose policy it goes; none: the clinic's own."""
    appointment: str | None = None
    contact: str | None = None
    """The contact that it follows: it asks how that was."""
    reference: str | None = None
    """What another system calls it, an authorisation's number, say: for the desk, and in no text."""
    values: dict[str, str] = Field(default_factory=dict)
    """What its texts are filled with, beside the patient's name, the clinic's and its number."""
    anchor: Instant
    timezone: str
    schedule: int = 1
    """Counts the times it was begun anew."""
    steps: tuple[Step, ...]
    """What is to be said, and when, each by a message: its campaign's, say. All else is as the policy of the
    type says, its language and its wording, too."""
    reminders: tuple[Reminder, ...] = ()
    not_after: Instant | None = None
    """After this none of it is of use."""
    state: OutreachState = "open"
    ended_at: Instant | None = None
    answer: str | None = None
    """What they said, where that has a form: `yes`, `no`."""
    booked_at: Instant | None = None
    """When a visit was first booked for them since it began, whoever did it and why."""
    quiet: Quiet | None = None
    channel: str
    account: str
    address: str
    """By which line they hear of it, as chosen when it began."""
    contact_point: str
    """The identity partition that carries its question: `<system>#<value>`."""
    created_at: Instant
    created_by: str
    due_at: Instant | None = None
    """When its next step is due, or, when all went, until when an answer is awaited; none: it is over."""
    erased_at: Instant | None = None

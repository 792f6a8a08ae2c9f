"""A visit (FHIR Appointment)."""

from __future__ import annotations

from typing import Literal

from recado.model.patient import Quiet
from recado.model.record import Instant, Record, Versioned
from recado.model.tenant import Language

AppointmentStatus = Literal["booked", "arrived", "fulfilled", "noshow", "cancelled"]
Confirmation = Literal["none", "confirmed", "declined"]


class Reminder(Record):
    """One planned step of a policy: exactly one is sent for each (appointment, schedule, step)."""

    step: str
    due_at: Instant
    state: Literal["planned", "sent", "skipped", "cancelled"] = "planned"
    reason: str | None = None
    only: Literal["unconfirmed", "at_risk"] | None = None
    """It is not for whoever has confirmed (see model.policy.Step)."""


class Task(Record):
    """That a person was asked to call the patient, who has not confirmed: in which contact, and about which
    schedule of the visit."""

    contact: str
    schedule: int


Change = Literal[
    "asked",
    "offered",
    "held",
    "booked",
    "reminded",
    "confirmed",
    "declined",
    "moved",
    "cancelled",
    "arrived",
    "fulfilled",
    "noshow",
    "reopened",
]


class Touch(Record):
    """One thing that happened about a visit (R73), by `agent:<id>`, `role:<role>`, `patient` or `recado`.

    `channel`: by which it was said; "" where somebody of the clinic did it. A patient who calls off says so
    with `cancelled`; `declined` is what they do with an offer.
    """

    what: Change
    at: Instant
    by: str
    channel: str = ""


class Identifier(Record):
    """What another system calls a visit (FHIR Identifier): `system` says whose name it is, as a URI."""

    system: str
    value: str


class Appointment(Versioned):
    """A visit, with the wall time it was booked for, and the tz database by which its instant was worked out.

    `schedule` counts the times it was put to: a question asked about an older one is stale.
    """

    id: str
    patient: str
    patient_name: str | None = None
    language: Language
    practitioner: str
    """As patients know them."""
    practitioner_id: str | None = None
    """Whose time it takes; none: of somebody that the clinic has not entered."""
    type: str
    type_id: str | None = None
    location: str | None = None
    minutes: int
    start: Instant
    local_start: str
    timezone: str
    tz_version: str
    status: AppointmentStatus = "booked"
    confirmation: Confirmation = "none"
    schedule: int = 1
    reminders: tuple[Reminder, ...] = ()
    own_timezone: str | None = None
    """Where the patient is, as they have said (Patient.timezone): here too, as their quiet hours."""
    quiet: Quiet | None = None
    """The patient's own quiet hours: here too, so that a reminder costs no read of the patient."""
    channel: str
    account: str
    address: str
    """By which line the patient hears of it, as chosen when it was booked."""
    contact_point: str
    """The identity partition that carries its question: `<system>#<value>`."""
    created_at: Instant
    created_by: str
    task: Task | None = None
    """What a person still has to do about it; none once it is settled."""
    due_at: Instant | None = None
    """When something is to be done next: a step, or its task that is settled. None: nothing."""
    identifiers: tuple[Identifier, ...] = ()
    at_risk: bool = False
    """Whether it is likelier missed than most visits (store/risks.py says why): it adds a reminder, and is
    called about earlier; nothing else depends on it."""
    history: tuple[Touch, ...] = ()
    """What happened about it, oldest first; visits of before know what came since."""
    erased_at: Instant | None = None
    """When its patient was erased: the row is there so that the same booking again is known."""

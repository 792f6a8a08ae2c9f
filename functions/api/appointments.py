"""Appointments: booked, shown, moved and called off by the front desk.

Booking reads phone numbers and writes dates in five languages: a quarter of a bare client's import
(counted by valgrind), which the routes that need it pay at their first call.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, NotRequired, Self

from pydantic import ConfigDict, Field, model_validator
from recado.actions.list_appointments import list_appointments
from recado.model.appointment import Appointment as StoredAppointment
from recado.model.appointment import AppointmentStatus, Change, Confirmation
from recado.model.appointment import Reminder as StoredReminder
from recado.model.appointment import Touch as StoredTouch
from recado.model.record import iso
from recado.rules import times
from recado.store import appointments
from typing_extensions import TypedDict

from api.answers import Moment, Page, page
from api.reading import Asked, Seen, Version
from api.resource import Call, Resource

resource = Resource(__name__)

Start = Annotated[
    str,
    Field(
        max_length=40, description="Wall time in the clinic's zone (`2026-11-24T09:30`), or with an offset."
    ),
]


Named = Annotated[str, Field(max_length=120)]
Id = Annotated[str | None, Field(min_length=1, max_length=64)]
Overbook = Annotated[bool, Field(description="Also where the time is taken, or outside the schedule.")]


class Reminder(TypedDict):
    """One step of the policy, and what became of it."""

    step: str
    due_at: Moment
    state: Literal["planned", "sent", "skipped", "cancelled"]
    reason: NotRequired[str]


class Appointment(TypedDict):
    """A visit; `start` is UTC, `local_start` what the clocks show where it is, `own_local_start` where the
    patient is, if that is said and differs. `practitioner_id`, `type_id`: of what the clinic has entered."""

    id: str
    version: int
    patient: str
    patient_name: str | None
    start: Moment
    local_start: str
    timezone: str
    own_local_start: NotRequired[str]
    own_timezone: NotRequired[str]
    practitioner: str
    practitioner_id: str | None
    type: str
    type_id: str | None
    location: str | None
    minutes: int
    status: AppointmentStatus
    confirmation: Confirmation
    reminders: list[Reminder]


class Touch(TypedDict):
    """One thing that happened about a visit, by `agent:<id>`, `role:<role>`, `guardian:<id>`, `patient` or
    `recado`; `channel` is "" for what somebody of the clinic did."""

    what: Change
    at: Moment
    by: str
    channel: str


class AppointmentInFull(Appointment):
    """A visit with all that happened about it, oldest first."""

    history: list[Touch]


class Booking(Asked):
    """A visit for a patient we know (`patient`), or for whoever has this `name` and `phone`; of a
    practitioner and a type that the clinic has entered (`practitioner_id`, `type_id`), or of these names."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["patient"]}, {"required": ["name", "phone"]}]}
    )

    patient: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    name: Annotated[str | None, Field(min_length=1, max_length=200)] = None
    phone: Annotated[str | None, Field(min_length=1, max_length=40)] = None
    language: Annotated[str | None, Field(max_length=10)] = None
    start: Start
    practitioner: Named = ""
    practitioner_id: Id = None
    type: Named = ""
    type_id: Id = None
    minutes: Annotated[int | None, Field(ge=1, le=1440)] = None
    overbook: Overbook = False

    FIRST: ClassVar[str | None] = "patient"

    @model_validator(mode="after")
    def _patient_or_person(self) -> Self:
        person = (self.name, self.phone, self.language)
        if self.patient is not None and person != (None, None, None):
            raise ValueError("Give a patient, or a name and a phone number, not both")
        if self.patient is None and (self.name is None or self.phone is None):
            raise ValueError("Give a patient, or a name and a phone number")
        return self


class Move(Asked):
    """To when, and with whom if that changes."""

    start: Start
    practitioner_id: Id = None
    overbook: Overbook = False
    version: Version = None


class Sought(Asked):
    """A day of the clinic's calendar, or a patient's next ones; today when neither is given."""

    day: Annotated[str | None, Field(max_length=10, description="`2026-11-24`")] = None
    patient: Annotated[str | None, Field(min_length=1, max_length=64)] = None


def appointment_of(one: StoredAppointment) -> Appointment:
    """An appointment as the API shows it."""
    shown: Appointment = {
        "id": one.id,
        "version": one.version,
        "patient": one.patient,
        "patient_name": one.patient_name,
        "start": iso(one.start),
        "local_start": one.local_start,
        "timezone": one.timezone,
        "practitioner": one.practitioner,
        "practitioner_id": one.practitioner_id,
        "type": one.type,
        "type_id": one.type_id,
        "location": one.location,
        "minutes": one.minutes,
        "status": one.status,
        "confirmation": one.confirmation,
        "reminders": [_reminder(reminder) for reminder in one.reminders],
    }
    there = times.elsewhere(one.start, one.timezone, one.own_timezone)
    if there and one.own_timezone:
        shown |= {"own_timezone": one.own_timezone, "own_local_start": times.shown(there)}
    return shown


def _reminder(one: StoredReminder) -> Reminder:
    shown: Reminder = {"step": one.step, "due_at": iso(one.due_at), "state": one.state}
    if one.reason:
        shown["reason"] = one.reason
    return shown


@resource.route(
    "POST", "/appointments", "book_appointment", Appointment, status=201, body=Booking, keyed=True
)
def book_appointment(call: Call, body: Booking) -> Appointment:
    """Book a visit: its reminders are planned, the patient is told. 409 `slot_taken` names other times."""
    from recado.actions import admit, book, place_visit  # noqa: PLC0415 - see above

    who = body.patient or admit.Person(body.name or "", body.phone or "", body.language)
    visit = place_visit.Visit(
        body.start,
        body.practitioner,
        body.type,
        body.minutes,
        body.practitioner_id,
        body.type_id,
        body.overbook,
    )

    def booked() -> Appointment:
        made = book.book(call.tenant, who, visit, call.now, author=call.author, once=call.own_key)
        return appointment_of(made)

    return call.once(booked)


@resource.route("GET", "/appointments", "list_appointments", Page[Appointment], query=Sought)
def show_appointments(call: Call, query: Sought) -> Page[Appointment]:
    """The agenda of a day, or what is next for a patient, in order."""
    found = list_appointments(call.tenant, call.now, day=query.day, patient=query.patient)
    return page([appointment_of(one) for one in found])


@resource.route("GET", "/appointments/{id}", "read_appointment", AppointmentInFull)
def read_appointment(call: Call, appointment_id: str) -> AppointmentInFull:
    """One appointment, and how it came to be as it is."""
    found = appointments.get(call.tenant, appointment_id)
    return {**appointment_of(found), "history": [_touch(one) for one in found.history]}


def _touch(one: StoredTouch) -> Touch:
    return {"what": one.what, "at": iso(one.at), "by": one.by, "channel": one.channel}


@resource.route("POST", "/appointments/{id}/cancel", "cancel_appointment", Appointment, body=Seen)
def call_off(call: Call, appointment_id: str, body: Seen) -> Appointment:
    """Call a visit off; the patient is told."""
    from recado.actions.cancel_appointment import cancel_appointment  # noqa: PLC0415 - see above

    cancelled = cancel_appointment(
        call.tenant, appointment_id, call.now, author=call.author, version=body.version
    )
    return appointment_of(cancelled)


@resource.route("POST", "/appointments/{id}/move", "move_appointment", Appointment, body=Move)
def move(call: Call, appointment_id: str, body: Move) -> Appointment:
    """Put a visit to another time; its reminders are planned anew, and the patient is told."""
    from recado.actions.move_appointment import move_appointment  # noqa: PLC0415 - see above

    moved = move_appointment(
        call.tenant,
        appointment_id,
        body.start,
        call.now,
        author=call.author,
        version=body.version,
        practitioner_id=body.practitioner_id,
        over=body.overbook,
    )
    return appointment_of(moved)

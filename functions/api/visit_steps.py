"""What becomes of a visit on its day."""

from __future__ import annotations

from recado.actions.record_attendance import record_attendance
from recado.actions.reopen_appointment import reopen_appointment
from recado.rules.attendance import Outcome

from api.appointments import Appointment, appointment_of
from api.reading import Seen
from api.resource import Call, Resource

resource = Resource(__name__)


@resource.route("POST", "/appointments/{id}/arrive", "arrive", Appointment, body=Seen)
def arrive(call: Call, appointment_id: str, body: Seen) -> Appointment:
    """The patient is there."""
    return _noted(call, appointment_id, "arrived", body)


@resource.route("POST", "/appointments/{id}/fulfil", "fulfil", Appointment, body=Seen)
def fulfil(call: Call, appointment_id: str, body: Seen) -> Appointment:
    """The patient was seen."""
    return _noted(call, appointment_id, "fulfilled", body)


@resource.route("POST", "/appointments/{id}/noshow", "note_no_show", Appointment, body=Seen)
def note_no_show(call: Call, appointment_id: str, body: Seen) -> Appointment:
    """The patient did not come; only once the visit has begun."""
    return _noted(call, appointment_id, "noshow", body)


@resource.route("POST", "/appointments/{id}/reopen", "reopen_appointment", Appointment, body=Seen)
def reopen(call: Call, appointment_id: str, body: Seen) -> Appointment:
    """What was noted was wrong: the visit is booked again; within a day."""
    after = reopen_appointment(
        call.tenant, appointment_id, call.now, author=call.author, version=body.version
    )
    return appointment_of(after)


def _noted(call: Call, appointment_id: str, outcome: Outcome, body: Seen) -> Appointment:
    after = record_attendance(
        call.tenant, appointment_id, outcome, call.now, author=call.author, version=body.version
    )
    return appointment_of(after)

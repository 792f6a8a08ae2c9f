"""A visit as a FHIR R4 Appointment."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta
from typing import Final, get_args

from recado.model.appointment import Appointment
from recado.model.record import iso
from recado.model.subscription import Shared
from recado.rules.fhir.codes import MASKED, Json, meta

ALL: Final = frozenset[str](get_args(Shared))

PARTICIPATION: Final[dict[str, str]] = {"confirmed": "accepted", "declined": "declined"}
"""How the patient stands to it; else `needs-action`, and so where that is not shared."""

_TYPE: Final = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"


def resource(appointment: Appointment, fields: Container[str] = ALL) -> Json:
    """The visit with these fields of `Shared`, and no other: id, version and status always. What FHIR wants
    to be there and is not shared, says that it is masked (its rules app-1 and app-3)."""
    made: Json = {
        "resourceType": "Appointment",
        "id": appointment.id,
        "meta": meta(appointment.version, updated_at(appointment)),
        "status": appointment.status,
    }
    if "identifier" in fields and appointment.identifiers:
        made["identifier"] = [{"system": one.system, "value": one.value} for one in appointment.identifiers]
    if "type" in fields:
        made["serviceType"] = [{"text": appointment.type}]
    made |= _times(appointment, fields)
    if "created" in fields:
        made["created"] = iso(appointment.created_at)
    made["participant"] = _participants(appointment, fields)
    return made


def updated_at(appointment: Appointment) -> datetime:
    """When what it shows last changed, as far as is known."""
    return appointment.history[-1].at if appointment.history else appointment.created_at


def _times(appointment: Appointment, fields: Container[str]) -> Json:
    end = appointment.start + timedelta(minutes=appointment.minutes)
    made: Json = {"start": iso(appointment.start)} if "start" in fields else {"_start": MASKED}
    if "end" in fields:
        return {**made, "end": iso(end), "minutesDuration": appointment.minutes}
    return {**made, "_end": MASKED}


def _participants(appointment: Appointment, fields: Container[str]) -> list[Json]:
    found = [_patient(appointment, fields)]
    if "practitioner" in fields:
        actor: Json = {"type": "Practitioner", "display": appointment.practitioner}
        if appointment.practitioner_id:
            actor["reference"] = f"Practitioner/{appointment.practitioner_id}"
        found.append({"actor": actor, "status": "accepted"})
    if "location" in fields and appointment.location:
        found.append({"actor": {"type": "Location", "display": appointment.location}, "status": "accepted"})
    return found


def _patient(appointment: Appointment, fields: Container[str]) -> Json:
    told = "confirmation" in fields
    status = PARTICIPATION.get(appointment.confirmation, "needs-action") if told else "needs-action"
    subject = {"type": [{"coding": [{"system": _TYPE, "code": "SBJ"}]}], "status": status}
    if "patient" in fields:
        return {**subject, "actor": {"reference": f"Patient/{appointment.patient}"}}
    return subject

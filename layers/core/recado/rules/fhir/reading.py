"""An Appointment of another system, as far as we need it. What is wrong is named as FHIRPath names it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, get_args

from recado.errors import Invalid
from recado.model.appointment import AppointmentStatus
from recado.model.record import iso
from recado.rules.fhir.practice import slot_of
from recado.rules.told_visits import ToldPatient, ToldVisit

Resource = Mapping[str, Any]

MOST: Final = 200
"""Characters of an identifier's system, or value."""

_STATUSES: Final[Mapping[str, AppointmentStatus]] = {
    **{one: one for one in get_args(AppointmentStatus)},
    "pending": "booked",
    "checked-in": "arrived",
    "entered-in-error": "cancelled",
}
"""FHIR's states (AppointmentStatus) → ours; a proposal is no visit."""


def visit(document: Any, own_id: str | None = None) -> ToldVisit:
    """What an Appointment says. `own_id`: ours, where it is put to one that we gave; its identifier may be
    missing then, and is the id. Raises Invalid that names the element."""
    if not isinstance(document, Mapping) or document.get("resourceType") != "Appointment":
        raise Invalid("Appointment", "This is no Appointment.")
    system, value = identifier(document, "Appointment", own_id)
    status = _STATUSES.get(text(document, "status"))
    if status is None:
        raise Invalid("Appointment.status", f"One of: {', '.join(_STATUSES)}.")
    start, minutes = _times(document, needed=status != "cancelled")
    told = ToldVisit(
        system=system,
        value=value,
        status=status,
        start=start,
        patient=ToldPatient(),
        told_at=updated(document),
        minutes=minutes,
        type=_type(document),
    )
    return _with_people(told._replace(**_slot(document)), document)


def identifier(document: Resource, name: str, own_id: str | None = None) -> tuple[str, str]:
    """The first identifier that has a system and a value. Raises Invalid."""
    for one in several(document, "identifier"):
        system, value = text(one, "system"), text(one, "value")
        if system and value and len(system) <= MOST and len(value) <= MOST:
            return system, value
    if own_id:
        return "", own_id
    raise Invalid(
        f"{name}.identifier", "Give an identifier with a system and a value: by it we know it again."
    )


def updated(document: Resource) -> datetime | None:
    """When its system last changed it, if it says so."""
    meta = document.get("meta")
    told = text(meta, "lastUpdated") if isinstance(meta, Mapping) else ""
    return moment(told, "Appointment.meta.lastUpdated") if told else None


def moment(told: str, name: str) -> datetime:
    """An instant. Raises Invalid that names the element."""
    try:
        found = datetime.fromisoformat(told)
        if found.tzinfo is None:
            raise Invalid(name, "Give the offset, too: 2026-11-24T09:30:00-03:00.")
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid(name, "Give an instant, such as 2026-11-24T09:30:00-03:00.") from None


def _times(document: Resource, *, needed: bool) -> tuple[str, int | None]:
    start, end = text(document, "start"), text(document, "end")
    if not start:
        if needed and not several(document, "slot"):
            raise Invalid("Appointment.start", "This is needed.")
        return "", None
    begins = moment(start, "Appointment.start")
    lasts = document.get("minutesDuration")
    if isinstance(lasts, int) and not isinstance(lasts, bool) and lasts > 0:
        return start, lasts
    if not end:
        return start, None
    seconds = (moment(end, "Appointment.end") - begins).total_seconds()
    if seconds <= 0:
        raise Invalid("Appointment.end", "This is not after the start.")
    return start, round(seconds / 60)


def _type(document: Resource) -> str:
    for name in ("serviceType", "appointmentType", "serviceCategory"):
        given = document.get(name)
        for concept in given if isinstance(given, list) else [given]:
            if isinstance(concept, Mapping) and (found := _words(concept)):
                return found[:100]
    return ""


def _words(concept: Resource) -> str:
    """A CodeableConcept as people read it."""
    shown = (text(one, "display") or text(one, "code") for one in several(concept, "coding"))
    return text(concept, "text") or next((one for one in shown if one), "")


def _slot(document: Resource) -> dict[str, Any]:
    """Whom and what a slot of ours stands for."""
    for one in several(document, "slot"):
        kind, _, name = text(one, "reference").rpartition("Slot/")
        parts = name.split(".")
        if not kind and len(parts) == 3:
            who, what, begins = slot_of(name)
            start = {} if text(document, "start") else {"start": iso(begins)}
            return {"practitioner_id": who, "type_id": what, **start}
    return {}


def _with_people(told: ToldVisit, document: Resource) -> ToldVisit:
    """Who comes, and to whom. Raises Invalid."""
    known = told
    for place, participant in enumerate(several(document, "participant")):
        actor = participant.get("actor")
        if not isinstance(actor, Mapping):
            continue
        kind = _kind(actor, document)
        if kind == "Patient":
            accepted = text(participant, "status") == "accepted"
            who = _patient(actor, document, f"Appointment.participant[{place}].actor")
            known = known._replace(patient=who, confirmed=accepted)
        elif kind == "Practitioner" and known.practitioner_id is None:
            known = _with_practitioner(known, actor)
    if known.patient == ToldPatient() and told.status != "cancelled":
        raise Invalid("Appointment.participant", "No patient is among the participants.")
    return known


def _kind(actor: Resource, document: Resource) -> str:
    reference = text(actor, "reference")
    if reference.startswith("#"):
        return text(_contained(document, reference) or {}, "resourceType")
    return text(actor, "type") or next(
        (one for one in ("Patient", "Practitioner", "Location") if f"{one}/" in reference), ""
    )


def _patient(actor: Resource, document: Resource, name: str) -> ToldPatient:
    reference, inner = text(actor, "reference"), _contained(document, text(actor, "reference"))
    if inner is not None:
        return told_patient(inner)
    named = actor.get("identifier")
    if isinstance(named, Mapping) and text(named, "system") and text(named, "value"):
        return ToldPatient(known_as=f"{text(named, 'system')}|{text(named, 'value')}")
    kind, _, own = reference.rpartition("Patient/")
    if kind or not own:
        raise Invalid(name, "Refer to a Patient of ours, to a contained one, or give their identifier.")
    return ToldPatient(id=own)


def told_patient(resource: Resource) -> ToldPatient:
    """Whom a Patient resource means: by an identifier, or else by name and phone number."""
    numbers = [one for one in several(resource, "telecom") if text(one, "system") in ("phone", "sms")]
    names = several(resource, "name")
    called = names[0] if names else {}
    parts = called.get("given")
    given = " ".join(one for one in parts if isinstance(one, str)) if isinstance(parts, list) else ""
    whole = text(called, "text") or f"{given} {text(called, 'family')}".strip()
    ids = [one for one in several(resource, "identifier") if text(one, "system") and text(one, "value")]
    return ToldPatient(
        known_as=f"{text(ids[0], 'system')}|{text(ids[0], 'value')}" if ids else "",
        name=whole[:100],
        phone=text(numbers[0], "value")[:40] if numbers else "",
    )


def _with_practitioner(told: ToldVisit, actor: Resource) -> ToldVisit:
    kind, _, own = text(actor, "reference").rpartition("Practitioner/")
    if own and not kind:
        return told._replace(practitioner_id=own)
    return told._replace(practitioner=text(actor, "display")[:100])


def _contained(document: Resource, reference: str) -> Resource | None:
    if not reference.startswith("#"):
        return None
    return next((one for one in several(document, "contained") if text(one, "id") == reference[1:]), None)


def several(resource: Resource, name: str) -> list[Resource]:
    """The objects of a list; none where there is none."""
    found = resource.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def text(resource: Resource, name: str) -> str:
    """A text, or ""."""
    found = resource.get(name)
    return found if isinstance(found, str) else ""

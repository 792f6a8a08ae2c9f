"""What somebody is to the clinic, and when that changes (R21)."""

from __future__ import annotations

from datetime import datetime

from recado.errors import Conflict, Invalid
from recado.model.contact import Contact
from recado.model.patient import ANONYMOUS, Kind, Patient
from recado.model.tenant import Language
from recado.rules import follow_ups
from recado.rules.told import tell


def admitted(
    patient: Patient, name: str | None, language: Language | None, now: datetime, *, author: str
) -> Patient:
    """A person with a visit is a patient (R21), by the name that `author` knows them by.

    Until then it was whatever they call themselves on a channel.
    """
    told = tell(patient, {"name": name}, author, now) if name else patient
    changed = became(told, now)
    if language:
        changed = changed.model_copy(update={"language": language, "language_heard": None})
    return patient if changed == patient else changed


def became(patient: Patient, now: datetime) -> Patient:
    """The patient that a lead becomes by a visit that is booked."""
    if patient.kind != "lead":
        return patient
    return patient.model_copy(update={"kind": "patient", "became": now})


def set_to(patient: Patient, kind: Kind, now: datetime) -> Patient:
    """The record of which somebody says what its person is.

    Raises Conflict for whoever is nobody, and Invalid (`kind`) for a household, which none becomes by being
    called so.
    """
    refuse_nobody(patient)
    if kind == "household":
        raise Invalid("kind", "A household is found by its contact point, and not made.")
    if kind == patient.kind:
        return patient
    converts = patient.kind == "lead" and kind in ("patient", "member")
    since = now if converts else None if kind == "lead" else patient.became
    return patient.model_copy(update={"kind": kind, "became": since})


def booked(contact: Contact, now: datetime, converted: str | None) -> Contact:
    """The contact after a visit was booked; `converted`: the channel by which the patient first came, who was
    a lead until now."""
    told = contact.model_copy(update={"booked_at": now, "converted": converted or contact.converted})
    return follow_ups.booked(told, now)


def refuse_nobody(patient: Patient) -> None:
    """Raise Conflict for the record of a household, or of all withheld numbers: no person's."""
    if patient.kind == "household" or patient.id == ANONYMOUS:
        raise Conflict("This is nobody's record. Choose the person first.")

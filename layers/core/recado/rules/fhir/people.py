"""People as FHIR R4 Patients, and what of them an Appointment's participant may say."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from recado.model.patient import Fact, Patient
from recado.rules.fhir.codes import Json

SOURCE: Final = "fhir"
"""As which system of a clinic's whoever speaks FHIR tells of its patients (model.patient_import)."""
_GENDERS: Final = frozenset({"male", "female", "other", "unknown"})
TELECOM: Final[dict[str, str]] = {"phone": "phone", "email": "email"}
"""Our systems of contact points → FHIR's; of others it knows none that anybody could use."""


def fill_in(appointment: Json, patient: Patient, fields: Container[str]) -> Json:
    """The Appointment with a contained Patient, who holds what of model.subscription.Shared is shared of
    them, if anything."""
    told = details(patient, fields)
    if not told:
        return appointment
    contained: Json = {"resourceType": "Patient", "id": "patient", **told}
    participants = [_contained(one) if one.get("type") else one for one in appointment["participant"]]
    return {**appointment, "contained": [contained], "participant": participants}


def _contained(participant: Json) -> Json:
    """The patient's, who is found within the resource; an id of theirs that is shared stays."""
    reference = participant.get("actor", {}).get("reference")
    identifier = {"identifier": {"value": reference.removeprefix("Patient/")}} if reference else {}
    return {**participant, "actor": {"reference": "#patient", **identifier}}


def details(patient: Patient, fields: Container[str]) -> Json:
    """Name, contact points and birth date, each where it is known and shared."""
    made: Json = {}
    if "patient.name" in fields and (named := name(patient)):
        made["name"] = [named]
    if "patient.telecom" in fields and (points := telecom(patient)):
        made["telecom"] = points
    if "patient.birthDate" in fields and (born := said(patient, "birth_date")):
        made["birthDate"] = born
    return made


def name(patient: Patient) -> Json | None:
    """What they are called: as a whole, and in parts where these were told."""
    given, family = said(patient, "given_name"), said(patient, "family_name")
    whole = patient.name or " ".join(one for one in (given, family) if one)
    if not whole:
        return None
    parts: Json = {"family": family} if family else {}
    return {"text": whole, **parts, **({"given": given.split()} if given else {})}


def telecom(patient: Patient) -> list[Json]:
    """Where they are reached, of what FHIR knows."""
    return [
        {"system": TELECOM[one.system], "value": one.value} for one in patient.live if one.system in TELECOM
    ]


def said(patient: Patient, field: Fact) -> str:
    """What a field holds; "" where nobody said anything."""
    told = patient.told.get(field)
    return told.value if told else ""


def resource(patient: Patient) -> Json:
    """A record as a Patient: by whom they are known, what they are called, where they are reached."""
    known = [one.value.rpartition("|") for one in patient.contact_points if one.system == "ehr"]
    ids = [
        {"system": system, "value": value}
        for system, _, value in known
        if system and not system.startswith(f"{SOURCE}:")
    ]
    made: Json = {
        "resourceType": "Patient",
        "id": patient.id,
        "meta": {"versionId": str(patient.version)},
        **({"identifier": ids} if ids else {}),
        **details(patient, ("patient.name", "patient.telecom", "patient.birthDate")),
    }
    if (sex := said(patient, "sex")) in _GENDERS:
        made["gender"] = sex
    if patient.language:
        language = {"coding": [{"system": "urn:ietf:bcp:47", "code": patient.language}]}
        made["communication"] = [{"language": language, "preferred": True}]
    return made

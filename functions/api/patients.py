"""Patients, and the timeline of all that was said with one of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from recado.actions.find_patients import find_patients
from recado.actions.note_consent import note_consent
from recado.model.consent import Action
from recado.model.consent import Consent as StoredConsent
from recado.model.patient import Patient as StoredPatient
from recado.model.patient import Purpose, System
from recado.model.record import iso
from recado.store import contacts, patients
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, page
from api.reading import Asked
from api.resource import Call, Resource
from api.timeline import Item, item_of

resource = Resource(__name__)


class ContactPoint(TypedDict):
    """An address that leads to the patient, in the form that people are matched by."""

    system: System
    value: str


class Patient(TypedDict):
    """A person, a lead until a visit is booked. `opted_out` names what they do not want to hear of."""

    id: str
    version: int
    name: str | None
    language: str | None
    kind: Literal["lead", "patient"]
    phone: str | None
    contact_points: list[ContactPoint]
    opted_out: list[str]
    created_at: Moment


class Consent(TypedDict):
    """One change of what they take from us: who said it, where, by what words, and when."""

    action: Action
    purposes: list[str]
    channel: str
    source: str
    evidence: str
    at: Moment
    recorded_at: Moment


class PatientInFull(Patient):
    """A person with all they said about being written to, oldest first."""

    consents: list[Consent]


class NewConsent(Asked):
    """What the patient told an agent: to stop or to start messages for these purposes."""

    action: Action
    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=2)]
    note: Annotated[str, Field(max_length=200)] = ""


class Sought(Asked):
    """By which number."""

    # A plus sign that nobody encoded arrives as a space, so the value is taken as it is.
    phone: Annotated[
        str,
        StringConstraints(strip_whitespace=False, min_length=1, max_length=40),
        Field(description="As people write it; without a country code it is one of the clinic's country."),
    ]


def patient_of(one: StoredPatient) -> Patient:
    """A patient as the API shows them."""
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "language": one.language,
        "kind": one.kind,
        "phone": one.phone,
        "contact_points": [{"system": point.system, "value": point.value} for point in one.contact_points],
        "opted_out": sorted(one.opted_out),
        "created_at": iso(one.created_at),
    }


@resource.route("GET", "/patients", "find_patients", Page[Patient], query=Sought)
def list_patients(call: Call, query: Sought) -> Page[Patient]:
    """Everybody who is reached at a phone number."""
    typed = f"+{query.phone.strip()}" if query.phone.startswith(" ") else query.phone.strip()
    return page([patient_of(one) for one in find_patients(call.tenant, typed)])


@resource.route("GET", "/patients/{id}", "read_patient", PatientInFull)
def read_patient(call: Call, patient_id: str) -> PatientInFull:
    """One patient."""
    return _in_full(call.tenant, patients.get(call.tenant, patient_id))


@resource.route(
    "POST",
    "/patients/{id}/consents",
    "note_consent",
    PatientInFull,
    status=201,
    body=NewConsent,
    keyed=True,
)
def add_consent(call: Call, patient_id: str, body: NewConsent) -> PatientInFull:
    """Note what a patient told you: it holds on every channel from now on, and the note is kept."""
    after = note_consent(
        call.tenant,
        call.agent,
        patient_id,
        call.now,
        action=body.action,
        purposes=body.purposes,
        note=body.note,
        once=call.own_key,
    )
    return _in_full(call.tenant, after)


def _in_full(tenant: str, one: StoredPatient) -> PatientInFull:
    said = [_consent_of(consent) for consent in patients.consents(tenant, one.id)]
    return {**patient_of(one), "consents": said}


def _consent_of(one: StoredConsent) -> Consent:
    return {
        "action": one.action,
        "purposes": list(one.purposes),
        "channel": one.channel,
        "source": one.source.partition(":")[0] if not one.source.startswith("agent:") else one.source,
        "evidence": one.evidence,
        "at": iso(one.at),
        "recorded_at": iso(one.recorded_at),
    }


@resource.route("GET", "/patients/{id}/timeline", "read_timeline", Page[Item], query=Paged)
def read_timeline(call: Call, patient_id: str, query: Paged) -> Page[Item]:
    """The patient's latest entries on all channels, oldest first; `next` leads to the earlier ones."""
    patients.get(call.tenant, patient_id)
    found, earlier = contacts.timeline(call.tenant, patient_id, before=query.after)
    return page([item_of(one) for one in found], earlier)

"""Patients, and the timeline of all that was said with one of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints, model_validator
from recado.actions.find_patients import find_patients
from recado.actions.load_person import load_person
from recado.actions.note_consent import note_consent
from recado.actions.read_timeline import read_timeline as timeline_of
from recado.model.consent import Action
from recado.model.consent import Consent as StoredConsent
from recado.model.contact_point import NUMBERS, System
from recado.model.patient import Kind, Purpose, Quiet
from recado.model.patient import Patient as StoredPatient
from recado.model.record import iso
from recado.model.tenant import Language
from recado.rules.consent import COPIED
from recado.store import patients
from typing_extensions import TypedDict

from api.answers import Moment, Page, Paged, page
from api.known import Known, known_of
from api.reading import Asked, Version
from api.resource import Call, Resource
from api.timeline import Item, item_of

resource = Resource(__name__)


class ContactPoint(TypedDict):
    """An address that leads to the patient, in the form that people are matched by."""

    system: System
    value: str


class Patient(TypedDict):
    """A person, a lead until a visit is booked. `opted_out` names what they do not want to hear of,
    `channels` what they prefer; from `quiet_from` to `quiet_until` they are not reminded; `timezone` is the
    zone that they live by, where they have said so; `by_phone`: they are to be spoken to by a person, and
    self-service is not for them."""

    id: str
    version: int
    name: str | None
    language: str | None
    kind: Kind
    phone: str | None
    contact_points: list[ContactPoint]
    opted_out: list[str]
    channels: list[str]
    quiet_from: str | None
    quiet_until: str | None
    timezone: str | None
    by_phone: bool
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


class Record(TypedDict):
    """One record of the person: whether a person of the clinic has said that it is theirs."""

    id: str
    version: int
    name: str | None
    kind: Kind
    contact_points: list[ContactPoint]
    confirmed: bool
    created_at: Moment


class PatientInFull(Patient, Known):
    """A person, by all of their records: what is known of them, and all they said about being written to,
    oldest first. `id` is the first record's, whichever was asked for; `contact_points` are all of theirs."""

    consents: list[Consent]
    records: list[Record]


class NewConsent(Asked):
    """What the patient told an agent: to stop or to start messages for these purposes."""

    action: Action
    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=2)]
    note: Annotated[str, Field(max_length=200)] = ""


Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="On the clinic's clock.")]


Name = Annotated[
    str, Field(max_length=40, description="A channel, or `whatsapp` or `sms` whoever carries it.")
]


class NewPreferences(Asked):
    """All that they prefer, `channels` the dearest first: what is left out, they leave to the clinic."""

    channels: Annotated[tuple[Name, ...], Field(max_length=20, strict=False)] = ()
    language: Language | None = None
    quiet_from: Time | None = None
    quiet_until: Time | None = None
    timezone: Annotated[str | None, Field(max_length=64, description="IANA name, `Europe/Lisbon`")] = None
    by_phone: bool = False
    version: Version = None

    FIRST: ClassVar[str | None] = "quiet_from"

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValueError("Give both ends of the quiet hours, or none")
        return self


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
        "contact_points": points_of(one),
        "opted_out": sorted(one.opted_out),
        "channels": list(one.channels),
        "quiet_from": one.quiet.begins if one.quiet else None,
        "quiet_until": one.quiet.ends if one.quiet else None,
        "timezone": one.timezone,
        "by_phone": one.by_phone,
        "created_at": iso(one.created_at),
    }


def points_of(one: StoredPatient) -> list[ContactPoint]:
    """Where a record is reached."""
    return [
        {"system": point.system, "value": point.value} for point in one.live if point.system not in NUMBERS
    ]


@resource.route("GET", "/patients", "find_patients", Page[Patient], query=Sought)
def list_patients(call: Call, query: Sought) -> Page[Patient]:
    """Everybody who is reached at a phone number."""
    typed = f"+{query.phone.strip()}" if query.phone.startswith(" ") else query.phone.strip()
    return page([patient_of(one) for one in find_patients(call.tenant, typed)])


@resource.route("GET", "/patients/{id}", "read_patient", PatientInFull)
def read_patient(call: Call, patient_id: str) -> PatientInFull:
    """One patient: of one of a person's records, the person."""
    return in_full(call.tenant, patients.get(call.tenant, patient_id), call.now)


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
    return in_full(call.tenant, after, call.now)


@resource.route("PUT", "/patients/{id}/preferences", "set_preferences", PatientInFull, body=NewPreferences)
def put_preferences(call: Call, patient_id: str, body: NewPreferences) -> PatientInFull:
    """How a patient would rather be reached: it counts for what is sent from now on."""
    from recado.actions.set_preferences import (  # noqa: PLC0415 - plans reminders, and is seldom asked for
        Preferences,
        set_preferences,
    )

    begins, ends = body.quiet_from, body.quiet_until
    wanted = Preferences(
        channels=body.channels,
        language=body.language,
        quiet=Quiet(begins=begins, ends=ends) if begins and ends else None,
        timezone=body.timezone,
        by_phone=body.by_phone,
    )
    after = set_preferences(call.tenant, patient_id, wanted, call.now, version=body.version)
    return in_full(call.tenant, after, call.now)


def in_full(tenant: str, one: StoredPatient, now: datetime) -> PatientInFull:
    """The person, one of whose records this is, as the API shows one of them."""
    records = load_person(tenant, one.id)
    root, points = records[0], [point for record in records for point in points_of(record)]
    shown: Patient = {
        **patient_of(root),
        "name": next((record.name for record in records if record.name), None),
        "phone": next((record.phone for record in records if record.phone), None),
        "contact_points": [point for place, point in enumerate(points) if point not in points[:place]],
        "opted_out": sorted(frozenset().union(*(record.opted_out for record in records))),
    }
    said = [consent for record in records for consent in patients.consents(tenant, record.id)]
    own = (consent for consent in said if not consent.source.startswith(COPIED))
    return {
        **shown,
        **known_of(tenant, root, now),
        "consents": [_consent_of(consent) for consent in sorted(own, key=lambda each: each.at)],
        "records": [_record_of(record) for record in records],
    }


def _record_of(one: StoredPatient) -> Record:
    return {
        "id": one.id,
        "version": one.version,
        "name": one.name,
        "kind": one.kind,
        "contact_points": points_of(one),
        "confirmed": one.keeper == (one.person or one.id),
        "created_at": iso(one.created_at),
    }


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
    """The person's latest entries on all channels, under whichever record, oldest first; `next` leads to the
    earlier ones."""
    found, earlier = timeline_of(call.tenant, patient_id, query.after)
    return page([item_of(one) for one in found], earlier)

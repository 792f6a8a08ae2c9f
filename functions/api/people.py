"""Which records are one person's, why, and who says so."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.actions.load_person import load_person
from recado.errors import NotFound
from recado.model.patient import Join as StoredJoin
from recado.model.patient import Patient as StoredPatient
from recado.model.profile import Evidence as StoredEvidence
from recado.model.record import iso
from recado.store import patients
from typing_extensions import TypedDict

from api.answers import Moment
from api.patients import PatientInFull, in_full
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)


class Evidence(TypedDict):
    """What was compared, how well it agrees, and by how much that changes the odds (bits: they add up)."""

    field: str
    level: str
    weight: float


class Join(TypedDict):
    """That a record is of the same person as another one: by `recado` or `agent:<id>`, with which probability
    and by which version of the rules; `confirmed_by` who said that it is right."""

    into: str
    by: str
    at: Moment
    score: float
    rule: str
    evidence: list[Evidence]
    confirmed: bool
    confirmed_by: str


class Reached(TypedDict):
    """A contact point, since when it is known, and by which channel it was first heard; none: by none."""

    system: str
    value: str
    since: Moment
    by: str | None


class Reason(TypedDict):
    """A record of the person: what it was joined to, and why; the first one to nothing."""

    record: str
    name: str | None
    joined: Join | None
    reached: list[Reached]


class Why(TypedDict):
    """Why these records are one person, whose id is `patient`."""

    patient: str
    records: list[Reason]


class NewJoin(Asked):
    """The record that is of the same person; one that Recado joined by itself is confirmed so."""

    record: Annotated[str, Field(min_length=1, max_length=64)]


def evidence_of(one: StoredEvidence) -> Evidence:
    """What speaks for or against two records being one person's."""
    return {"field": one.field, "level": one.level, "weight": one.weight}


@resource.route("GET", "/patients/{id}/why", "read_why", Why)
def read_why(call: Call, patient_id: str) -> Why:
    """Why these are one person, and whose contact points are theirs."""
    root, *members = load_person(call.tenant, patient_id)
    joins = {one.record: one for one in root.joined}
    records = [_reason(call.tenant, one, joins.get(one.id)) for one in (root, *members)]
    return {"patient": root.id, "records": records}


@resource.route("POST", "/patients/{id}/joins", "join_records", PatientInFull, status=201, body=NewJoin)
def add_join(call: Call, patient_id: str, body: NewJoin) -> PatientInFull:
    """Say that a record is this person's. From then on they have one open contact; it can be undone."""
    from recado.actions.join_records import join_records  # noqa: PLC0415 - seldom

    join_records(call.tenant, body.record, patient_id, call.author, call.now)
    return in_full(call.tenant, patients.get(call.tenant, patient_id), call.now)


@resource.route("DELETE", "/patients/{id}/joins/{record}", "part_records", PatientInFull)
def remove_join(call: Call, patient_id: str, record: str) -> PatientInFull:
    """Say that a record is another person's: each is as it was, with what it has said since. The same again
    changes nothing."""
    from recado.actions.part_records import part_records, was_parted  # noqa: PLC0415 - seldom

    root, *members = load_person(call.tenant, patient_id)
    if record in [one.id for one in members]:
        part_records(call.tenant, record, call.author, call.now)
    elif not was_parted(call.tenant, record, [root.id, *(one.id for one in members)]):
        raise NotFound
    return in_full(call.tenant, root, call.now)


def _reason(tenant: str, record: StoredPatient, join: StoredJoin | None) -> Reason:
    from recado.rules.why import reached  # noqa: PLC0415 - seldom
    from recado.store.beginnings import first_heard  # noqa: PLC0415

    return {
        "record": record.id,
        "name": record.name,
        "joined": _join_of(join) if join else None,
        "reached": [
            {"system": point.system, "value": point.value, "since": iso(since), "by": by or None}
            for point, since, by in reached(record, first_heard(tenant, record.id))
        ],
    }


def _join_of(one: StoredJoin) -> Join:
    return {
        "into": one.into,
        "by": one.by,
        "at": iso(one.at),
        "score": one.score,
        "rule": one.rule,
        "evidence": [evidence_of(each) for each in one.evidence],
        "confirmed": one.confirmed,
        "confirmed_by": one.confirmed_by,
    }

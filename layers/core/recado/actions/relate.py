"""Somebody stands by a patient: a child's mother, who may answer for them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from recado.actions.again import again
from recado.actions.relink import relink
from recado.errors import Conflict, Invalid
from recado.model.patient import ANONYMOUS, Patient
from recado.model.related_person import RelatedPerson, Relationship
from recado.rules.guardians import ends
from recado.rules.patients import profile_of
from recado.store import patients, tenants
from recado.store.rows import transaction

MOST: Final = 20
"""Of those who stand by one patient, and of those by whom one person stands."""


class Relation(NamedTuple):
    """That `other` is somebody's mother, spouse, …; `until` is the day (`YYYY-MM-DD`) from which they act for
    them no more."""

    other: str
    relationship: Relationship
    until: str | None = None


@again
def relate(tenant: str, agent_id: str, patient_id: str, said: Relation, now: datetime) -> Patient:
    """Note who stands by a patient; the patient as they are then.

    Who may act for a child does so until the child is of age, if nothing else is said. Said again, it counts
    from now on. Raises NotFound, Invalid that names `patient` or `until`, and Conflict for too many.
    """
    other_id = said.other
    if other_id == patient_id:
        raise Invalid("patient", "Nobody stands by themselves.")
    patient, other = _person(tenant, patient_id), _person(tenant, other_id)
    told = RelatedPerson(
        record=other_id,
        relationship=said.relationship,
        until=_until(tenant, patient, said),
        by=f"agent:{agent_id}",
        at=now,
    )
    mirrored = told.model_copy(update={"record": patient_id})
    patient = patient.model_copy(update={"related": (*_without(patient.related, other_id), told)})
    other = other.model_copy(update={"stands_by": (*_without(other.stands_by, patient_id), mirrored)})
    if max(len(patient.related), len(other.stands_by)) > MOST:
        raise Conflict("There are too many already: take one of them away first.")
    _save(tenant, patient, other)
    return patient


@again
def unrelate(tenant: str, patient_id: str, other_id: str) -> Patient:
    """Take back that one of two stands by the other, whichever it is; done again it is the same. Raises
    NotFound."""
    both = _person(tenant, patient_id), _person(tenant, other_id)
    patient, other = _apart(both[0], other_id), _apart(both[1], patient_id)
    if (patient, other) != both:
        _save(tenant, patient, other)
    return patient


def _person(tenant: str, patient_id: str) -> Patient:
    found = patients.get(tenant, patient_id)
    if found.id == ANONYMOUS or found.kind == "household":
        raise Invalid("patient", "This is nobody's record.")
    return found


def _until(tenant: str, patient: Patient, said: Relation) -> datetime | None:
    timezone = tenants.get(tenant).timezone
    if said.until:
        return _begins(said.until, timezone)
    until = ends(said.relationship, profile_of(patient).birth_date, timezone)
    if until is None and said.relationship == "parent":
        raise Invalid("until", "Say until when, or note first when the patient was born.")
    return until


def _begins(day: str, timezone: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), time(), ZoneInfo(timezone))
    except ValueError:
        raise Invalid("until", "Give a day, such as 2033-05-17.") from None


def _without(related: tuple[RelatedPerson, ...], record: str) -> tuple[RelatedPerson, ...]:
    return tuple(one for one in related if one.record != record)


def _apart(one: Patient, other: str) -> Patient:
    apart = {"related": _without(one.related, other), "stands_by": _without(one.stands_by, other)}
    return one.model_copy(update=apart)


def _save(tenant: str, *both: Patient) -> None:
    with transaction() as work:
        for one in both:
            patients.put(tenant, one, work)
            relink(tenant, one, work)

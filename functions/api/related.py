"""Who stands by a patient (FHIR RelatedPerson), and for whom they may act."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from recado.model.patient import Patient
from recado.model.related_person import ACTING, RelatedPerson, Relationship
from recado.store import patients
from typing_extensions import TypedDict

from api.answers import Moment, moment
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)


class Related(TypedDict):
    """That somebody (`related`) stands by a patient; `name` is the other one's, whichever was asked about.
    `acts`: they may now confirm, cancel and move the patient's visits."""

    patient: str
    related: str
    name: str | None
    relationship: Relationship
    until: Moment | None
    acts: bool
    by: str


class Relations(TypedDict):
    """Who stands by the patient, and by whom the patient stands."""

    items: list[Related]


class NewRelated(Asked):
    """Who stands by the patient. `until`: when they cease to act for them; if it is left out, a child's
    parent or guardian does on the day on which the child comes of age."""

    patient: Annotated[str, Field(pattern=r"^p[a-z0-9]{1,40}$", description="The other's id.")]
    relationship: Relationship
    until: Annotated[
        str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="A day of the clinic's calendar.")
    ] = None


@resource.route("GET", "/patients/{id}/related", "list_related", Relations)
def list_related(call: Call, patient_id: str) -> Relations:
    """Whom the patient is related to, as the desk has noted it."""
    return _relations(call, patients.get(call.tenant, patient_id))


@resource.route("POST", "/patients/{id}/related", "relate", Relations, status=201, body=NewRelated)
def relate_patient(call: Call, patient_id: str, body: NewRelated) -> Relations:
    """Note that somebody stands by the patient; said again, it is as it was said last."""
    from recado.actions.relate import Relation, relate  # noqa: PLC0415 - seldom needed

    told = Relation(body.patient, body.relationship, body.until)
    return _relations(call, relate(call.tenant, call.agent, patient_id, told, call.now))


@resource.route("DELETE", "/patients/{id}/related/{other}", "unrelate", Relations)
def unrelate_patient(call: Call, patient_id: str, other: str) -> Relations:
    """Take it back, from both."""
    from recado.actions.relate import unrelate  # noqa: PLC0415 - seldom needed

    return _relations(call, unrelate(call.tenant, patient_id, other))


def _relations(call: Call, one: Patient) -> Relations:
    by_them = [_related(call, one.id, other.record, other.record, other) for other in one.related]
    of_them = [_related(call, other.record, one.id, other.record, other) for other in one.stands_by]
    return {"items": [*by_them, *of_them]}


def _related(call: Call, patient: str, related: str, named: str, told: RelatedPerson) -> Related:
    acts = told.relationship in ACTING and (told.until is None or call.now < told.until)
    return {
        "patient": patient,
        "related": related,
        "name": patients.get(call.tenant, named).name,
        "relationship": told.relationship,
        "until": moment(told.until),
        "acts": acts,
        "by": told.by,
    }

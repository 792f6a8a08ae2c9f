"""FHIR resources of another system: Patients become records, Appointments visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.actions.load_appointment import load_appointment
from recado.actions.take_in_patient import take_in_patient
from recado.actions.take_in_visit import take_in_visit
from recado.errors import Invalid
from recado.rules.fhir import appointments as visits
from recado.rules.fhir import people, reading
from recado.rules.fhir.bundles import noted
from recado.rules.fhir.codes import APPOINTMENTS, Json
from recado.rules.imports import fhir
from recado.rules.times import wall
from recado.rules.told_visits import ToldVisit
from recado.store import tenants, visit_names


class Taken(NamedTuple):
    """The resource as it is now, and whether it is new."""

    resource: Json
    created: bool


def take_in_resource(tenant: str, document: Mapping[str, Any], now: datetime, *, author: str) -> Taken:
    """Take in a resource that its system tells us of, for the first time or again. Raises Invalid that names
    an element, and what booking, moving and calling off raise."""
    kind = reading.text(document, "resourceType")
    if kind == "Patient":
        return _patient(tenant, document, now, author)
    if kind == "Appointment":
        return _visit(tenant, reading.visit(document), now, author, None)
    raise Invalid("resourceType", "Patients and Appointments are taken in.")


def change_visit(
    tenant: str, own_id: str, document: Mapping[str, Any], now: datetime, *, author: str, version: int | None
) -> Taken:
    """An Appointment of ours as somebody wants it to be. Raises NotFound, Stale, Invalid and as above."""
    known = load_appointment(tenant, own_id, version)
    if reading.text(document, "id") not in ("", own_id):
        raise Invalid("Appointment.id", "This is another one's id.")
    told = reading.visit(document, own_id)
    if not told.system:
        told = told._replace(system=APPOINTMENTS)
    name = visit_names.find(tenant, told.system, told.value)
    if name.appointment is None:
        ours = name.model_copy(update={"appointment": known.id})
        visit_names.put(tenant, told.system, told.value, ours)
    elif name.appointment != known.id:
        raise Invalid("Appointment.identifier", "This is another visit's identifier.")
    return _visit(tenant, told, now, author, version)


def _visit(tenant: str, told: ToldVisit, now: datetime, author: str, version: int | None) -> Taken:
    became, found, _ = take_in_visit(tenant, told, now, author=author, version=version)
    if found is None:
        return Taken(noted("This visit was called off before we heard of it. That is noted."), False)
    return Taken(visits.resource(found), became == "new")


def _patient(tenant: str, document: Mapping[str, Any], now: datetime, author: str) -> Taken:
    clinic = tenants.get(tenant)
    system, value = reading.identifier(document, "Patient")
    today = wall(now, clinic.timezone).date()
    cells = {**fhir.cells(document, today), "id": [f"{system}|{value}"]}
    try:
        taken = take_in_patient(tenant, clinic, people.SOURCE, cells, now, author=author)
    except Invalid as wrong:
        raise Invalid(f"Patient.{wrong.field}" if wrong.field else "Patient", str(wrong)) from None
    return Taken(people.resource(taken.patient), taken.created)

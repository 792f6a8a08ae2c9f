"""FHIR resources of another system: Patients become records, Appointments visits."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.actions.load_appointment import load_appointment
from recado.actions.take_in_row import take_in_row
from recado.actions.take_in_visit import take_in_visit
from recado.errors import Invalid, NotFound
from recado.model.patient_import import PatientImport
from recado.rules.fhir import appointments as visits
from recado.rules.fhir import people, reading
from recado.rules.fhir.bundles import noted
from recado.rules.fhir.codes import APPOINTMENTS, Json
from recado.rules.imports import entry, fhir
from recado.rules.imports.records import Row
from recado.rules.times import wall
from recado.rules.told_visits import ToldVisit
from recado.store import patients, tenants, visit_names


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
    """By the rules that files of patients are taken in by: told again, it is the same record."""
    clinic = tenants.get(tenant)
    today = wall(now, clinic.timezone).date()
    system, value = reading.identifier(document, "Patient")
    cells = {**fhir.cells(document, today), "id": [f"{system}|{value}"]}
    told = entry.read(cells, clinic.country, today)
    known = PatientImport(
        id=_request_id(now), source=people.SOURCE, format="jsonl", created_by=author, created_at=now
    )
    row = take_in_row(tenant, Row(known, 1, told), clinic.country, now)
    if row.patient is None:
        wrong = row.issues[0] if row.issues else None
        raise Invalid(f"Patient.{wrong.field}" if wrong else "Patient", wrong.message if wrong else "")
    found = patients.find(tenant, row.patient)
    if found is None:
        raise NotFound
    return Taken(people.resource(found), row.decision in ("new", "same", "review"))


def _request_id(now: datetime) -> str:
    """As imports are named: sorts by time."""
    told = int(now.timestamp() * 1000).to_bytes(6, "big") + secrets.token_bytes(9)
    return "i" + base64.b32hexencode(told).decode().lower()

"""A person of whom another system tells becomes a record, or changes one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.name_import import name_import
from recado.actions.take_in_row import take_in_row
from recado.errors import Invalid, NotFound
from recado.model.patient import Patient
from recado.model.patient_import import PatientImport
from recado.model.tenant import Tenant
from recado.rules.imports import entry
from recado.rules.imports.records import Row
from recado.rules.times import wall
from recado.store import patients


class TakenPatient(NamedTuple):
    """The record as it is now, and whether it is new."""

    patient: Patient
    created: bool


def take_in_patient(
    tenant: str, clinic: Tenant, source: str, cells: entry.Cells, now: datetime, *, author: str
) -> TakenPatient:
    """Take in what a system (`source`) says of one person, by the rules that files of patients are taken in
    by: told again, it is the same record. Raises Invalid that names the cell, NotFound."""
    told = entry.read(cells, clinic.country, wall(now, clinic.timezone).date())
    known = PatientImport(
        id=name_import(now), source=source, format="jsonl", created_by=author, created_at=now
    )
    row = take_in_row(tenant, Row(known, 1, told), clinic.country, now)
    if row.patient is None:
        wrong = row.issues[0] if row.issues else None
        raise Invalid(wrong.field if wrong else None, wrong.message if wrong else "")
    found = patients.find(tenant, row.patient)
    if found is None:
        raise NotFound
    return TakenPatient(found, row.decision in ("new", "same", "review"))

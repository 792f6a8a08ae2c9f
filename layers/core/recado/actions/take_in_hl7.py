"""What an HL7 v2 message tells becomes so here: a record, a visit, or both."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.actions.take_in_patient import take_in_patient
from recado.actions.take_in_visit import take_in_visit
from recado.errors import Invalid, NotTaken
from recado.model.tenant import Tenant
from recado.rules.hl7 import people, visits
from recado.rules.hl7.message import Message
from recado.rules.told_visits import ToldPatient
from recado.store import tenants

REGISTERED: Final = frozenset(("ADT", event) for event in ("A01", "A04", "A05", "A08", "A28", "A31"))
"""Admitted, registered, to be admitted, changed, added and changed as a person (table 0003)."""


def take_in_hl7(tenant: str, message: Message, now: datetime, *, author: str) -> None:
    """Take in a message; told again, late or out of order, it comes to the same.

    Raises NotTaken, Invalid that names the field, and what booking, moving and calling off raise.
    """
    clinic = tenants.get(tenant)
    kind = message.value("MSH-9"), message.value("MSH-9", 2)
    if kind in REGISTERED:
        _patient(tenant, clinic, message, now, author)
    elif kind in visits.EVENTS:
        _visit(tenant, clinic, message, now, author)
    else:
        raise NotTaken(
            "MSH-9", "Visits (SIU) and patients (ADT) are taken, by the events that the API names."
        )


def _visit(tenant: str, clinic: Tenant, message: Message, now: datetime, author: str) -> None:
    told = visits.visit(message, ToldPatient(), clinic.timezone)
    if message.has("PID"):
        own = _patient(tenant, clinic, message, now, author)
        told = told._replace(patient=ToldPatient(id=own))
    elif told.status != "cancelled":
        raise Invalid("PID-3", "Say who is to come.")
    take_in_visit(tenant, told, now, author=author)


def _patient(tenant: str, clinic: Tenant, message: Message, now: datetime, author: str) -> str:
    """The record's id."""
    if not people.known_as(message):
        raise Invalid("PID-3", "Give the patient's number: by it we know them again.")
    try:
        return take_in_patient(
            tenant, clinic, people.SOURCE, people.cells(message), now, author=author
        ).patient.id
    except Invalid as wrong:
        raise Invalid(people.FIELDS.get(wrong.field or "", "PID"), str(wrong)) from None

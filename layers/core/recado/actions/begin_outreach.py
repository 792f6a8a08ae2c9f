"""Somebody is to be written to about what is no visit of theirs: from now on, by the policy's rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.actions.find_policy import find_policy
from recado.actions.find_routes import find_routes
from recado.actions.load_contact import latest_with
from recado.model.outreach import Outreach
from recado.model.patient import Patient
from recado.model.policy import Step, StepPurpose
from recado.rules import outreach as rules
from recado.rules.communications import communication_id
from recado.rules.reach import Letter, person_of
from recado.store import tenants


class Matter(NamedTuple):
    """What it is of, and what is said: `id` is its own name at its `source`, so that it is begun once."""

    source: str
    id: str
    purpose: StepPurpose
    steps: tuple[Step, ...]
    lasts: timedelta
    author: str
    type_id: str | None = None
    appointment: str | None = None
    values: Mapping[str, str] = {}
    reference: str | None = None
    begins: datetime | None = None
    """From when on it is said; none: from now on."""


def outreach_id(tenant: str, source: str, own_id: str) -> str:
    """Always the same for the same matter."""
    return f"u{communication_id(tenant, 'outreach', source, own_id)[:20]}"


def begin_outreach(tenant: str, patient: Patient, matter: Matter, now: datetime) -> Outreach | None:
    """The matter with its steps planned, not stored yet; none where no line of the clinic's reaches them, or
    nobody knows what to call them."""
    clinic, begins = tenants.get(tenant), matter.begins or now
    point = patient.primary
    routes = find_routes(tenant, person_of(patient, latest_with(tenant, patient)), Letter(template=True), now)
    if point is None or not routes or not patient.name:
        return None
    made = Outreach(
        id=outreach_id(tenant, matter.source, matter.id),
        patient=patient.id,
        patient_name=patient.name,
        language=patient.language or clinic.language,
        purpose=matter.purpose,
        source=matter.source,
        type_id=matter.type_id,
        appointment=matter.appointment,
        values=dict(matter.values),
        reference=matter.reference,
        anchor=begins,
        timezone=clinic.timezone,
        steps=matter.steps,
        not_after=begins + matter.lasts,
        quiet=patient.quiet,
        **routes[0]._asdict(),
        contact_point=f"{point.system}#{point.value}",
        created_at=now,
        created_by=matter.author,
    )
    return rules.begun(made, find_policy(tenant, matter.type_id), now)

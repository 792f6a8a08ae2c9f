"""Somebody missed their visit: they are offered another time, kindly, and once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado import texts
from recado.actions.begin_outreach import Matter, begin_outreach, outreach_id
from recado.actions.look_for_outreach import look_for_outreach
from recado.model.appointment import Appointment
from recado.model.outreach import Outreach
from recado.model.policy import Step
from recado.rules.hours import opens_at
from recado.rules.outreach import MISSED
from recado.store import appointments, outreach, patients, tenants

LASTS: Final = timedelta(days=7)
"""Later it would be no answer to it any more."""


def offer_rebooking(tenant: str, visit: Appointment, now: datetime) -> Outreach | None:
    """What is to be stored with the visit that says so (R66); it goes when the clinic is open.

    None: they were offered it before, have another visit to come, take nothing from us, are looked after by a
    team (R34), or nothing reaches them.
    """
    if outreach.find_outreach(tenant, outreach_id(tenant, MISSED, visit.id)) is not None:
        return None
    patient = patients.get(tenant, visit.patient)
    if "care" in patient.unwanted or patient.care_team or _comes(tenant, patient.id, now):
        return None
    clinic = tenants.get(tenant)
    date, _ = texts.when(datetime.fromisoformat(visit.local_start), visit.language)
    matter = Matter(
        source=MISSED,
        id=visit.id,
        purpose="recall",
        steps=(Step(name="ask", minutes=0, purpose="recall", text="missed_visit"),),
        lasts=LASTS,
        author="recado",
        type_id=visit.type_id,
        appointment=visit.id,
        values={"date": date},
        begins=opens_at(clinic, now) or now,
    )
    begun = begin_outreach(tenant, patient, matter, now)
    if begun is not None:
        look_for_outreach(tenant)
    return begun


def _comes(tenant: str, patient: str, now: datetime) -> bool:
    """Whether they have a visit to come."""
    visits = appointments.of_patient(tenant, patient)
    return any(one.status == "booked" and one.start > now for one in visits)

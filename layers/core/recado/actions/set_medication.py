"""Staff notes at what times somebody wants to be reminded of their medication (R60)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recado.actions.again import again
from recado.actions.begin_outreach import Matter, begin_outreach, outreach_id
from recado.actions.find_policy import find_policy
from recado.errors import Conflict, Stale
from recado.model.outreach import Outreach
from recado.model.patient import Patient
from recado.rules import medication as rules
from recado.rules.outreach import MEDICATION
from recado.store import outreach, patients, tenants


class Times(NamedTuple):
    """Times of the day (`HH:MM`), by the patient's clock, until the end of a day (`YYYY-MM-DD`)."""

    at: Sequence[str]
    until: str


@again
def set_medication(
    tenant: str, patient_id: str, wanted: Times, now: datetime, *, author: str, version: int | None = None
) -> Outreach:
    """Begin it, or change it: one plan a patient. Whoever notes it has been asked to by the patient.

    Raises NotFound for a patient we do not have, Invalid that names `times` or `until`, Conflict where
    nothing may be written to them or nothing reaches them, Stale when it is not at the caller's `version`.
    """
    patient = patients.get(tenant, patient_id)
    earlier = outreach.find_outreach(tenant, plan_id(tenant, patient))
    if version is not None and version != (earlier.version if earlier else 0):
        raise Stale
    made = _made(tenant, patient, wanted, now, author)
    if earlier is not None:
        made = made.model_copy(update={"version": earlier.version, "schedule": earlier.schedule + 1})
    planned = rules.onward(made, find_policy(tenant, None), now)
    outreach.save_outreach(tenant, planned)
    return planned.model_copy(update={"version": planned.version + 1})


def plan_id(tenant: str, patient: Patient) -> str:
    """Of whichever of a person's records."""
    return outreach_id(tenant, MEDICATION, patient.keeper)


def _made(tenant: str, patient: Patient, wanted: Times, now: datetime, author: str) -> Outreach:
    if "care" in patient.opted_out:
        raise Conflict("This patient takes no messages from the clinic.", field="patient")
    timezone = patient.timezone or tenants.get(tenant).timezone
    end = rules.end_of(wanted.until, timezone, now)
    steps = rules.steps(wanted.at)
    matter = Matter(MEDICATION, patient.keeper, "medication", steps, end - now, author)
    begun = begin_outreach(tenant, patient, matter, now)
    if begun is None:
        raise Conflict("This patient has no name, or no channel reaches them.", field="patient")
    made = begun.model_copy(update={"timezone": timezone, "reminders": (), "due_at": None, "state": "open"})
    rules.refuse_quiet(made, find_policy(tenant, None))
    return made

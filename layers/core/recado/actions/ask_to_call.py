"""Nobody answered what we wrote about a visit → a person of the clinic is asked to call."""

from __future__ import annotations

from datetime import datetime

from recado.actions.keep_visit import keep_visit
from recado.actions.load_contact import latest_with
from recado.model.appointment import Appointment, Task
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules import appointments as visits
from recado.rules import contacts as rules
from recado.rules import unconfirmed
from recado.store import contacts, patients
from recado.store.rows import transaction


def ask_to_call(tenant: str, before: Appointment, after: Appointment, now: datetime) -> None:
    """Put it on the patient's open contact, or open one for it, in the transaction in which the visit says
    so: there is one for each visit and schedule. `after` is the visit as it was judged.

    Raises Stale when somebody was faster.
    """
    patient = patients.get(tenant, before.patient)
    contact = unconfirmed.asked(_contact(tenant, patient, after, now), after, now)
    task = Task(contact=contact.id, schedule=after.schedule)
    after = visits.with_task(after, task)
    with transaction() as work:
        keep_visit(tenant, before, after, now, work, over=True)
        contacts.save_contact(tenant, contact, work)
        patients.check_consent(tenant, patient.id, "care", work)


def _contact(tenant: str, patient: Patient, visit: Appointment, now: datetime) -> Contact:
    latest = latest_with(tenant, patient)
    if latest is not None and latest.state != "closed":
        return latest
    own = latest if latest is not None and latest.patient == patient.keeper else None
    opened = rules.opened(
        patient.keeper,
        own.number + 1 if own else 1,
        now=now,
        channel=visit.channel,
        account=visit.account,
        address=visit.address,
        language=visit.language,
        patient_name=patient.name or visit.patient_name,
        reason="unconfirmed",
        spoken_at=latest.spoken_at if latest else None,
        heard_at=latest.heard_at if latest else None,
        kind=patient.kind,
        care_team=patient.care_team,
    )
    return opened.model_copy(update={"speaker": patient.id})

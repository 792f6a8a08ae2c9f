"""Who may be leaving a clinic: whom it kept waiting of late, or who was not content, and who has not come
since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple

from recado.actions.load_contact import latest_with
from recado.actions.report_outcomes import report_outcomes
from recado.actions.report_surveys import report_surveys
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.model.record import iso
from recado.rules.churn import Sign, signs, stays, worst_first
from recado.store import aliases, appointments, patients

LOOKED_BACK: Final = timedelta(days=30)
MOST: Final = 50
"""People who are listed; each takes three reads, and one more for each of their other records."""


class ChurnRisk(NamedTuple):
    """Somebody, their latest contact, and what says so, the latest first."""

    patient: Patient
    contact: Contact | None
    signs: tuple[Sign, ...]


def find_churn_risks(tenant: str, now: datetime) -> list[ChurnRisk]:
    """Of the last thirty days, who has most reasons first. Raises Unavailable."""
    span = (iso(now - LOOKED_BACK), iso(now))
    pursuits = report_outcomes(tenant, *span, now).whole.pursuits
    surveys = report_surveys(tenant, *span, now).whole.surveys
    people = {one.record: one.person for one in aliases.everyone(tenant)}
    return list(islice(_leaving(tenant, signs(pursuits, surveys, people, now), now), MOST))


def _leaving(tenant: str, found: dict[str, tuple[Sign, ...]], now: datetime) -> Iterator[ChurnRisk]:
    for person in worst_first(found):
        patient = patients.known(tenant, person)
        if patient is None:
            continue  # erased since
        records = [patient.id, *(join.record for join in patient.joined)]
        visits = (visit for record in records for visit in appointments.of_patient(tenant, record))
        if not stays(found[person], visits, now):
            yield ChurnRisk(patient, latest_with(tenant, patient), found[person])

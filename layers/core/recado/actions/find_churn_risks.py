"""Who may be leaving a clinic: whom it kept waiting of late, or who was not content, and who has not come
since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, NamedTuple

from recado.actions.load_contact import latest_with
from recado.actions.load_kept import load_kept
from recado.model.outcomes import Pursuit
from recado.model.patient import Patient
from recado.model.survey import Survey
from recado.rules import times
from recado.rules.churn import Sign, gathered, may_be_asked, signs, stays, worst_first
from recado.store import appointments, intervals, patients, surveys, tenants

LOOKED_BACK: Final = timedelta(days=30)
LOOKED_AT: Final = 200
"""People whose visits are looked at: a query for each of their records."""
MOST: Final = 50
"""People who are listed; of each the latest contact is read."""


class ChurnRisk(NamedTuple):
    """Somebody, a contact of theirs to go on with, and what says so, the latest first."""

    patient: Patient
    contact: str | None
    signs: tuple[Sign, ...]


def find_churn_risks(tenant: str, now: datetime) -> list[ChurnRisk]:
    """Of the last thirty days, who has most reasons first: two queries a day, a read for each hundred with a
    reason, and what is said above. Raises Unavailable."""
    since = now - LOOKED_BACK
    found = signs(_pursuits(tenant, since, now), _surveys(tenant, since, now), now)
    people = gathered(found, {one.id: one.keeper for one in patients.some(tenant, found)})
    return list(islice(_leaving(tenant, people), MOST))


def _pursuits(tenant: str, since: datetime, now: datetime) -> Iterator[Pursuit]:
    for total in intervals.totals(tenant, since, now):
        for outcomes in total.outcomes.values():
            yield from outcomes.pursuits


def _surveys(tenant: str, since: datetime, now: datetime) -> list[Survey]:
    timezone = tenants.get(tenant).timezone
    return surveys.of_days(tenant, times.wall(since, timezone).date(), times.wall(now, timezone).date())


def _leaving(tenant: str, people: dict[str, tuple[Sign, ...]]) -> Iterator[ChurnRisk]:
    for person in worst_first(people)[:LOOKED_AT]:
        patient = patients.known(tenant, person)
        if patient is None or not may_be_asked(patient):
            continue
        kept = load_kept(tenant, person) if patient.joined else (patient,)
        visits = (visit for record in kept for visit in appointments.of_patient(tenant, record.id))
        if not stays(people[person], visits):
            yield ChurnRisk(patient, _contact(tenant, patient, people[person]), people[person])


def _contact(tenant: str, patient: Patient, own: Sequence[Sign]) -> str | None:
    told = next((sign.contact for sign in own if sign.contact), None)
    latest = None if told else latest_with(tenant, patient)
    return told or (latest.id if latest else None)

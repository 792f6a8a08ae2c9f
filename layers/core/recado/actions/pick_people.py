"""Who of a clinic's patients is in a group now, a page of records at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from recado.model.appointment import Appointment
from recado.model.patient import Patient
from recado.model.segment import Query
from recado.rules import segments as rules
from recado.rules import times
from recado.store import appointments, tenants
from recado.store.everyone import everyone


class Picked(NamedTuple):
    """Of so many records that were looked at, those in the group; and where to go on: none, that was all."""

    looked_at: int
    people: list[Patient]
    place: str | None


def pick_people(
    tenant: str, query: Query, now: datetime, after: str | None = None, limit: int = 100
) -> Picked:
    """Two reads for the page, and one query for each record that is not out by what it says itself. Raises
    Unavailable."""
    page, place = everyone(tenant, after, limit)
    clinic = tenants.get(tenant)
    today = times.wall(now, clinic.timezone).date()
    likely = [one for one in page if rules.may_be_in(query, one, clinic.language, today)]
    people = [one for one in likely if is_in(tenant, query, one, now)]
    return Picked(len(page), people, place)


def is_in(tenant: str, query: Query, patient: Patient, now: datetime) -> bool:
    """Whether somebody is in it by the visits of all their records."""
    return not rules.asks_visits(query) or rules.is_in(query, _visits(tenant, patient), now)


def _visits(tenant: str, patient: Patient) -> Sequence[Appointment]:
    records = [patient.id, *(join.record for join in patient.joined)]
    return [visit for record in records for visit in appointments.of_patient(tenant, record)]

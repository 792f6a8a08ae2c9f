"""Surveys (`T#t#V#<id>`), in the appointments table: found by whom they asked, and by the day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from recado.errors import NotFound
from recado.model.record import iso
from recado.model.survey import Survey
from recado.store.appointments import AppointmentRow
from recado.store.rows import Transaction, fields, key, load, named, readable, save

SURVEY: Final = "V"
"""The kind of its row."""


def save_survey(tenant: str, survey: Survey, within: Transaction | None = None) -> None:
    """Store one, alone or within a transaction. Raises Stale."""
    row = AppointmentRow(
        pk=key(tenant, SURVEY, survey.id),
        sk=SURVEY,
        day=key(tenant, "VD", survey.day),
        patient=None if survey.erased_at else key(tenant, "VP", survey.patient),
        start=f"{iso(survey.asked_at)}#{survey.id}",
        **fields(survey),
    )
    save(row, survey.version, within)


def get_survey(tenant: str, survey_id: str) -> Survey:
    """One of this clinic's. Raises NotFound, also for one of somebody who was erased."""
    found = load(AppointmentRow, Survey, key(tenant, SURVEY, survey_id), SURVEY)
    if found is None or found.erased_at:
        raise NotFound
    return found


def of_patient(tenant: str, patient: str) -> list[Survey]:
    """All that a record was ever asked, oldest first; the index lags a moment."""
    with named():
        rows = list(AppointmentRow.by_patient.query(key(tenant, "VP", patient)))
    return _at([(row.pk, row.sk) for row in rows])


def of_day(tenant: str, day: str) -> list[Survey]:
    """All that were asked about the visits of a day of the clinic's calendar (`YYYY-MM-DD`), in order."""
    with named():
        rows = list(AppointmentRow.by_day.query(key(tenant, "VD", day)))
    return _at([(row.pk, row.sk) for row in rows])


def of_days(tenant: str, first: date, last: date) -> list[Survey]:
    """The same of these days and the days between them: a query for each, and a read for each hundred."""
    days = (first + timedelta(days=day) for day in range((last - first).days + 1))
    return [one for day in days for one in of_day(tenant, day.isoformat())]


def _at(keys: list[tuple[str, str]]) -> list[Survey]:
    with named():
        found = readable(AppointmentRow.batch_get(keys), Survey) if keys else {}
    return sorted(found.values(), key=lambda one: (one.asked_at, one.id))

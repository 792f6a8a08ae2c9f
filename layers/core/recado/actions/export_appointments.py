"""Visits as a table, for spreadsheets and for systems that know nothing else (R123)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from recado.actions.walk_visits import walk_visits
from recado.errors import Invalid
from recado.model.appointment import Appointment
from recado.store import patients

LONGEST: Final = 31
"""Days of one table: a clinic may have hundreds of visits a day."""

HEADER: Final = (
    "id", "start", "minutes", "practitioner", "type", "status", "confirmation", "patient id", "name", "phone",
)  # fmt: skip
"""As `rules.imports.visits` reads them."""


def export_appointments(tenant: str, since: str, until: str) -> list[list[str]]:
    """All visits from a day of the clinic's calendar to another one, in order, as cells under HEADER.

    Raises Invalid that names `since` or `until`.
    """
    first, last = _day("since", since), _day("until", until)
    if not timedelta() <= last - first < timedelta(days=LONGEST):
        raise Invalid("until", f"At most {LONGEST} days, and none before the first.")
    found = sorted(walk_visits(tenant, first, last), key=lambda one: one.start)
    phones = {one.id: one.phone for one in patients.some(tenant, {visit.patient for visit in found})}
    return [_row(one, phones.get(one.patient)) for one in found]


def _row(one: Appointment, phone: str | None) -> list[str]:
    return [
        one.id, one.local_start.replace("T", " "), str(one.minutes), one.practitioner, one.type, one.status,
        one.confirmation, one.patient, one.patient_name or "", phone or "",
    ]  # fmt: skip


def _day(name: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Invalid(name, "There is no such day.") from None

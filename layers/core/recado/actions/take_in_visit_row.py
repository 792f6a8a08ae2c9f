"""One row of a file of visits."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.actions.take_in_visit import Became, take_in_visit
from recado.errors import RecadoError, Stale
from recado.model.patient_import import Decision, ImportedRow, Issue, PatientImport
from recado.rules.imports.visits import Row
from recado.store import imports
from recado.store.rows import transaction

_DECISIONS: Final[dict[Became, Decision]] = {
    "new": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "late": "unchanged",
    "withdrawn": "unchanged",
}


def take_in_visit_row(tenant: str, known: PatientImport, row: Row, now: datetime, number: int) -> ImportedRow:
    """Take in a row, by its number, and keep what became of it. Done again it comes to the same.

    What is in a clinic's own calendar is so, whatever else is booked then. Raises Stale and Unavailable, for
    the same soon again may succeed; whatever else is wrong is the row's own failure.
    """
    result = _result(tenant, known, number, row, now)
    with transaction() as work:
        imports.keep_row(tenant, known.id, result, work)
    return result


def _result(tenant: str, known: PatientImport, number: int, row: Row, now: datetime) -> ImportedRow:
    if row.told is None:
        return ImportedRow(row=number, decision="failed", issues=(row.issue,) if row.issue else ())
    try:
        told = row.told._replace(origin=f"{known.id}/{number}")
        became, found, begun = take_in_visit(tenant, told, now, author=known.created_by, over=True)
    except RecadoError as wrong:
        if wrong.retryable or isinstance(wrong, Stale):
            raise
        issue = Issue(field=wrong.field or "row", message=str(wrong))
        return ImportedRow(row=number, decision="failed", issues=(issue,))
    return ImportedRow(
        row=number,
        decision="new" if begun else _DECISIONS[became],
        patient=found.patient if found else None,
        appointment=found.id if found else None,
    )

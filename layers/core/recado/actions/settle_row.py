"""Whose the record of a new row is."""

from __future__ import annotations

from datetime import datetime

from recado.actions.match import match
from recado.model.patient import Patient
from recado.model.patient_import import ImportedRow
from recado.rules.imports.records import Row
from recado.store import imports, patients, reviews
from recado.store.rows import transaction


def settle_row(tenant: str, row: Row, own_id: str, now: datetime) -> ImportedRow:
    """Match the record that a row has made, and keep what came of it. Raises Stale and Unavailable.

    A person whom nobody knew takes no marketing: that a file names them is no consent.
    """
    verdict = match(tenant, own_id, now, led=False)
    record = patients.get(tenant, own_id)
    if verdict is None:
        result = _as_it_is(tenant, row, record)
    else:
        found = verdict.found.person if verdict.found and verdict.decision != "new" else None
        known = {"person": record.person or found, "score": round(verdict.score, 4)}
        result = row.result(verdict.decision, own_id).model_copy(update=known)
    with transaction() as work:
        if result.decision != "same" and not row.entry.agreed and "marketing" not in record.opted_out:
            stopped = record.opted_out | {"marketing"}
            patients.put(tenant, record.model_copy(update={"opted_out": stopped}), work)
        imports.keep_row(tenant, row.known.id, result, work)
    return result


def _as_it_is(tenant: str, row: Row, record: Patient) -> ImportedRow:
    """Of a record that was matched before, or says nothing to be matched by."""
    root = patients.get(tenant, record.person) if record.person else record
    join = next((one for one in root.joined if record.id in (one.record, one.into)), None)
    if join is not None:
        known = {"person": root.id, "score": round(join.score, 4)}
        return row.result("same", record.id).model_copy(update=known)
    asked = next((one for one in reviews.of_record(tenant, record.id) if one.other == record.id), None)
    if asked is not None:
        known = {"person": asked.one, "score": round(asked.score, 4)}
        return row.result("review", record.id).model_copy(update=known)
    return row.result("new", record.id)

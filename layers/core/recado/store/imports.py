"""Files of patients, and what became of their rows.

All of a clinic's imports are in one partition (`T#t#J`), for their ids sort by time; beside it each has one
of its rows (`T#t#J#<import>`, by their numbers).
"""

from __future__ import annotations

from recado.errors import NotFound
from recado.model.patient_import import ImportedRow, PatientImport
from recado.store.rows import (
    Note,
    Row,
    Transaction,
    fields,
    key,
    load,
    named,
    readable,
    save,
    serve,
    table_name,
)


class ImportRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


class ResultRow(Note):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


serve(ImportRow, ResultRow)


def find(tenant: str, import_id: str) -> PatientImport | None:
    """One import, or none."""
    return load(ImportRow, PatientImport, key(tenant, "J"), import_id)


def get(tenant: str, import_id: str) -> PatientImport:
    """One import of this clinic. Raises NotFound."""
    found = find(tenant, import_id)
    if found is None:
        raise NotFound
    return found


def put(tenant: str, known: PatientImport) -> int:
    """Store how far it is; the version it now has. Raises Stale."""
    return save(ImportRow(pk=key(tenant, "J"), sk=known.id, **fields(known)), known.version)


def listing(
    tenant: str, limit: int = 25, before: str | None = None
) -> tuple[list[PatientImport], str | None]:
    """The clinic's imports, the latest first, and where the earlier ones begin."""
    condition = ImportRow.sk < before if before else None
    with named():
        rows = list(ImportRow.query(key(tenant, "J"), condition, scan_index_forward=False, limit=limit))
    return list(readable(rows, PatientImport).values()), rows[-1].sk if len(rows) == limit else None


def keep_row(tenant: str, import_id: str, row: ImportedRow, within: Transaction) -> None:
    """Keep what became of a row. The transaction raises Stale where that is known."""
    kept = ResultRow(pk=_rows(tenant, import_id), sk=f"{row.row:09d}", body=row.model_dump_json())
    within.save(kept, condition=ResultRow.pk.does_not_exist())


def rows(tenant: str, import_id: str, after: int, limit: int) -> list[ImportedRow]:
    """What became of the rows after this one, in their order."""
    later = ResultRow.sk > f"{after:09d}"
    with named():
        found = list(ResultRow.query(_rows(tenant, import_id), later, limit=limit, consistent_read=True))
    return list(readable(found, ImportedRow).values())


def _rows(tenant: str, import_id: str) -> str:
    return key(tenant, "J", import_id)

"""Whether results are there: one row beside each patient who has any, in the patients table."""

from __future__ import annotations

from recado.model.result import Results
from recado.store.rows import Row, Transaction, fields, key, load, save, serve, table_name


class ResultRow(Row):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


serve(ResultRow)


def find(tenant: str, patient: str) -> Results | None:
    """What is known of a patient's results, or none: there are none, and nobody has asked."""
    return load(ResultRow, Results, key(tenant, "P", patient), "R")


def save_results(tenant: str, results: Results, within: Transaction | None = None) -> None:
    """Store it. Raises Stale."""
    save(ResultRow(pk=key(tenant, "P", results.patient), sk="R", **fields(results)), results.version, within)


def drop(tenant: str, patient: str, within: Transaction) -> None:
    """Forget a patient's results, of whom all goes."""
    row = ResultRow(pk=key(tenant, "P", patient), sk="R")
    within.delete(row, add_version_condition=False)

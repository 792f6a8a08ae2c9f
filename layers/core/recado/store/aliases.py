"""Which records are another one's person: all of a clinic's in one partition (`T#t#aliases`), for reports.

`R#<record>` holds the root of a record's person, and when that record had its first contact: a small row for
each record of somebody who has several.
"""

from __future__ import annotations

from recado.model.patient import Alias
from recado.store.rows import Note, Transaction, key, named, record_of, serve, table_name


class AliasRow(Note):
    class Meta:
        table_name = table_name("PATIENTS_TABLE")
        region = "us-east-1"


serve(AliasRow)


def put(tenant: str, alias: Alias, within: Transaction) -> None:
    """Let reports count a record as its person."""
    body = alias.model_dump_json(exclude_none=True)
    within.save(AliasRow(pk=key(tenant, "aliases"), sk=f"R#{alias.record}", body=body))


def drop(tenant: str, record: str, within: Transaction) -> None:
    """The record is a person by itself."""
    within.delete(AliasRow(pk=key(tenant, "aliases"), sk=f"R#{record}"))


def everyone(tenant: str) -> list[Alias]:
    """All of a clinic's, in as many reads as they take."""
    with named():
        return [record_of(row, Alias) for row in AliasRow.query(key(tenant, "aliases"))]

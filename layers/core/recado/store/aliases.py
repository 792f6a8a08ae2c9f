"""Which records are one person's, for who looks at all of them.

`T#t#aliases` holds, for reports, a small row (`R#<record>`) for each record of somebody who has several: the
root of its person, and when it had its first contact. `T#t#joins` names the records that the machine has
joined and nobody has confirmed (`<moment>#<record>`).
"""

from __future__ import annotations

from recado.model.alias import Alias
from recado.model.patient import Join
from recado.model.record import iso
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


def note_guess(tenant: str, join: Join, within: Transaction) -> None:
    """Let people be asked whether a join of the machine is right."""
    within.save(AliasRow(pk=key(tenant, "joins"), sk=f"{iso(join.at)}#{join.record}", body=join.record))


def settle_guess(tenant: str, join: Join, within: Transaction) -> None:
    """It was confirmed, or taken apart."""
    within.delete(AliasRow(pk=key(tenant, "joins"), sk=f"{iso(join.at)}#{join.record}"))


def guesses(tenant: str, limit: int, after: str | None = None) -> tuple[list[str], str | None]:
    """A page of the records that the machine has joined and nobody has confirmed, oldest first, and where to
    go on."""
    beyond = AliasRow.sk > after if after else None
    with named():
        rows = list(AliasRow.query(key(tenant, "joins"), beyond, limit=limit, consistent_read=True))
    return [row.body for row in rows], rows[-1].sk if len(rows) == limit else None

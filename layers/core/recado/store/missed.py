"""What was due and did not go: one partition of the appointments table, in the order of finding out.

`<instant>#<appointment>#<schedule>#<step>` is a step; `outage` is the latest time in which such were missed.
"""

from __future__ import annotations

from datetime import datetime

from recado.model.missed import Missed, Outage
from recado.model.record import iso
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

_LATEST = "outage"
_LAST = "9"
"""After every instant."""


class MissedRow(Note):
    class Meta:
        table_name = table_name("APPOINTMENTS_TABLE")
        region = "us-east-1"


class OutageRow(Row):
    class Meta:
        table_name = table_name("APPOINTMENTS_TABLE")
        region = "us-east-1"


serve(MissedRow, OutageRow)


def _partition(tenant: str) -> str:
    return key(tenant, "missed")


def note(tenant: str, missed: Missed, within: Transaction) -> None:
    """Put it on the list, in the transaction in which its visit says that it is skipped."""
    own = f"{iso(missed.at)}#{missed.appointment}#{missed.schedule}#{missed.step}"
    within.save(MissedRow(pk=_partition(tenant), sk=own, body=missed.model_dump_json()))


def since(
    tenant: str, moment: datetime, limit: int, after: str | None = None
) -> tuple[list[Missed], str | None]:
    """What was found out from then on, oldest first, and where to go on."""
    begin = after if after is not None else iso(moment)
    if begin > _LAST:
        return [], None
    condition = MissedRow.sk.between(begin, _LAST)
    with named():
        rows = list(MissedRow.query(_partition(tenant), condition, limit=limit + 2))
    rows = [row for row in rows if row.sk != after]
    shown = rows[:limit]
    return list(readable(shown, Missed).values()), shown[-1].sk if len(rows) > limit else None


def outage(tenant: str) -> Outage | None:
    """The latest one, or none."""
    return load(OutageRow, Outage, _partition(tenant), _LATEST)


def save_outage(tenant: str, record: Outage, within: Transaction | None = None) -> None:
    """Store it, alone or within a transaction. Raises Stale."""
    save(OutageRow(pk=_partition(tenant), sk=_LATEST, **fields(record)), record.version, within)

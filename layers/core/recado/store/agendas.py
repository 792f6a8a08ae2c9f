"""What is taken of each practitioner's time: one row for each of them and day of UTC, beside the visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from recado.model.schedule import Agenda
from recado.store.rows import Row, Transaction, fields, key, load, named, readable, serve, table_name


class AgendaRow(Row):
    class Meta:
        table_name = table_name("APPOINTMENTS_TABLE")
        region = "us-east-1"


serve(AgendaRow)


def _key(tenant: str, practitioner: str, day: date) -> tuple[str, str]:
    return key(tenant, "G", practitioner), day.isoformat()


def get(tenant: str, practitioner: str, day: date) -> Agenda:
    """What is taken on a day of UTC, as it is now; an empty one where nothing ever was."""
    found = load(AgendaRow, Agenda, *_key(tenant, practitioner, day))
    return found or Agenda(practitioner=practitioner, day=day)


def some(tenant: str, practitioner: str, first: date, last: date) -> list[Agenda]:
    """All from the first day to the last, as they are now, in order; days of which nothing was ever taken are
    left out."""
    partition, begins = _key(tenant, practitioner, first)
    with named():
        rows = AgendaRow.query(
            partition, AgendaRow.sk.between(begins, last.isoformat()), consistent_read=True
        )
        return list(readable(rows, Agenda).values())


def save_agendas(tenant: str, changed: Iterable[Agenda], within: Transaction) -> None:
    """Store them with the visit that they are about. The transaction raises Stale where one is not as it was
    loaded."""
    for one in changed:
        pk, sk = _key(tenant, one.practitioner, one.day)
        within.save(AgendaRow(pk=pk, sk=sk, **fields(one)))

"""Facts of visits, by the day that they are on: `T#t#visits#<day>` holds `A#<visit>#<schedule>`; an older
image never overwrites a newer one."""

from __future__ import annotations

from recado.model.visit_fact import VisitFact
from recado.store.intervals import FactRow, put_newer
from recado.store.rows import key, named, readable


def put(tenant: str, fact: VisitFact) -> None:
    """Store what a time of a visit adds to its day, unless something newer is known of it."""
    name = f"A#{fact.appointment}#{fact.schedule}"
    put_newer(tenant, ("visits", fact.day), name, fact.version, fact)


def of_day(tenant: str, day: str) -> list[VisitFact]:
    """All of a day (`YYYY-MM-DD`), as they are now; without those that this version cannot read."""
    with named():
        rows = list(FactRow.query(key(tenant, "visits", day), consistent_read=True))
    return list(readable(rows, VisitFact).values())

"""Facts of each fifteen minutes, and their totals.

`T#t#F#<start>` holds an interval's facts: `C#<contact>` and `M#<communication>`; an older image never
overwrites a newer one. `T#t#totals#<UTC day>` holds the day's totals by their start.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from pynamodb.attributes import NumberAttribute
from pynamodb.exceptions import DoesNotExist

from recado.errors import Stale
from recado.model.interval import ContactFact, IntervalTotal, MessageFact, interval_of
from recado.model.record import Record, iso
from recado.store.rows import Note, Row, fields, key, named, readable, save, serve, table_name


class FactRow(Note):
    class Meta:
        table_name = table_name("INTERVALS_TABLE")
        region = "us-east-1"

    seen = NumberAttribute(null=True)
    """The version of the contact, communication or visit that the fact is about."""


class TotalRow(Row):
    class Meta:
        table_name = table_name("INTERVALS_TABLE")
        region = "us-east-1"


serve(FactRow, TotalRow)


def _facts(tenant: str, start: datetime) -> str:
    return key(tenant, "F", iso(start))


def put_contact(tenant: str, start: datetime, fact: ContactFact) -> None:
    """Store what a contact adds to the interval, unless something newer is known of it."""
    _put(tenant, start, f"C#{fact.contact}", fact)


def put_message(tenant: str, fact: MessageFact) -> None:
    """Store what a communication adds to its interval, unless something newer is known of it."""
    _put(tenant, interval_of(fact.at), f"M#{fact.id}", fact)


def _put(tenant: str, start: datetime, sk: str, fact: ContactFact | MessageFact) -> None:
    put_newer(tenant, ("F", iso(start)), sk, fact.version, fact)


def put_newer(tenant: str, group: tuple[str, ...], sk: str, version: int, fact: Record) -> None:
    """Store a fact of a group, unless one is there that was made of the same version or a newer one."""
    row = FactRow(pk=key(tenant, *group), sk=sk, seen=version, body=fact.model_dump_json(exclude_none=True))
    older = FactRow.seen.does_not_exist() | (FactRow.seen < version)
    try:
        with named():
            row.save(condition=older)
    except Stale:
        return


def facts(tenant: str, start: datetime) -> list[ContactFact | MessageFact]:
    """All facts of an interval, as they are now; without those that this version cannot read."""
    with named():
        rows = list(FactRow.query(_facts(tenant, start), consistent_read=True))
    contacts = readable((row for row in rows if row.sk.startswith("C#")), ContactFact)
    messages = readable((row for row in rows if row.sk.startswith("M#")), MessageFact)
    return [*contacts.values(), *messages.values()]


def total(tenant: str, start: datetime) -> IntervalTotal:
    """An interval's total as it is now; an empty one before its first fold.

    One that this version cannot read is empty, too: it is but a fold of facts, and is folded anew over it.
    """
    place = _total_key(tenant, start)
    with named():
        try:
            row = TotalRow.get(*place, consistent_read=True)
        except DoesNotExist:
            return IntervalTotal(start=start)
    found = readable([row], IntervalTotal).get(place)
    return found or IntervalTotal(start=start, version=row.version)


def save_total(tenant: str, one: IntervalTotal) -> None:
    """Store an interval's total. Raises Stale when another folder was faster."""
    pk, sk = _total_key(tenant, one.start)
    save(TotalRow(pk=pk, sk=sk, **fields(one)), one.version)


def totals(tenant: str, start: datetime, end: datetime) -> list[IntervalTotal]:
    """The totals of intervals that begin from `start` on and before `end`, in order: one read a UTC day."""
    found: list[IntervalTotal] = []
    day = start.date()
    with named():
        while day <= end.date():
            rows = TotalRow.query(
                key(tenant, "totals", day.isoformat()), TotalRow.sk.between(iso(start), iso(end))
            )
            found += readable((row for row in rows if row.sk < iso(end)), IntervalTotal).values()
            day += timedelta(days=1)
    return found


def _total_key(tenant: str, start: datetime) -> tuple[str, str]:
    return key(tenant, "totals", start.date().isoformat()), iso(start)

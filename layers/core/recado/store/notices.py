"""Notices to a clinic's subscribers, and how each subscriber's line fares.

A subscription's are in one partition of the contacts table (`T#t#N#<subscription>`): its notices as `N#<id>`,
which sort by time, its line as `L`. A notice that is to be sent is due; the stream tells of a new one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from recado.errors import NotFound
from recado.model.notice import Line, Notice
from recado.model.record import iso
from recado.store.rows import (
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

KEPT: Final = timedelta(days=30)
"""So long a notice can be replayed; then its row ends."""


class NoticeRow(Row):
    class Meta:
        table_name = table_name("CONTACTS_TABLE")
        region = "us-east-1"

    due = UnicodeAttribute(null=True)
    due_at = UnicodeAttribute(null=True)
    expires = NumberAttribute(null=True)


serve(NoticeRow)


def put(tenant: str, notice: Notice, within: Transaction | None = None) -> None:
    """Store a notice, alone or within a transaction. Raises Stale."""
    row = NoticeRow(
        pk=key(tenant, "N", notice.subscription),
        sk=f"N#{notice.id}",
        expires=int((notice.at + KEPT).timestamp()),
        due=key(tenant, "due") if notice.due_at else None,
        due_at=iso(notice.due_at) if notice.due_at else None,
        **fields(notice),
    )
    save(row, notice.version, within)


def find(tenant: str, subscription_id: str, notice_id: str) -> Notice | None:
    """One notice of this clinic, or none."""
    return load(NoticeRow, Notice, key(tenant, "N", subscription_id), f"N#{notice_id}")


def get(tenant: str, subscription_id: str, notice_id: str) -> Notice:
    """One notice of this clinic. Raises NotFound."""
    found = find(tenant, subscription_id, notice_id)
    if found is None:
        raise NotFound
    return found


def latest(
    tenant: str, subscription_id: str, limit: int = 50, before: str | None = None
) -> tuple[list[Notice], str | None]:
    """A subscription's notices, the latest first, and where the earlier ones begin."""
    own, most = key(tenant, "N", subscription_id), f"N#{before}" if before else "N$"
    span = NoticeRow.sk.between("N#", most)
    with named():
        rows = list(NoticeRow.query(own, span, scan_index_forward=False, limit=limit + bool(before)))
    found = [one for one in readable(rows, Notice).values() if one.id != before][:limit]
    return found, found[-1].id if len(found) == limit else None


def onwards(tenant: str, subscription_id: str, since: str, limit: int = 100) -> list[Notice]:
    """A subscription's notices from this id on (see `rules.notices.since`), the oldest first."""
    span = NoticeRow.sk.between(f"N#{since}", "N$")
    with named():
        rows = list(NoticeRow.query(key(tenant, "N", subscription_id), span, limit=limit))
    return list(readable(rows, Notice).values())


def line(tenant: str, subscription_id: str) -> Line:
    """How a subscription's receiver fares; well, where nothing is known."""
    found = load(NoticeRow, Line, key(tenant, "N", subscription_id), "L")
    return found or Line(subscription=subscription_id)


def put_line(tenant: str, known: Line, within: Transaction | None = None) -> None:
    """Store that. Raises Stale."""
    save(NoticeRow(pk=key(tenant, "N", known.subscription), sk="L", **fields(known)), known.version, within)

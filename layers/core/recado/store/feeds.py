"""Practitioners' calendars that can be subscribed to (`T#t#feeds`, by the practitioner), in the tenants
table."""

from __future__ import annotations

from recado.model.feed import Feed
from recado.store.rows import Row, fields, key, load, save, serve, table_name, transaction


class FeedRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(FeedRow)


def find(tenant: str, practitioner: str) -> Feed | None:
    """The one of a practitioner, or none."""
    return load(FeedRow, Feed, key(tenant, "feeds"), practitioner)


def put(tenant: str, feed: Feed) -> None:
    """Store one. Raises Stale."""
    save(_row(tenant, feed), feed.version)


def remove(tenant: str, feed: Feed) -> None:
    """Forget one. Raises Stale."""
    with transaction() as work:
        work.delete(_row(tenant, feed))


def _row(tenant: str, feed: Feed) -> FeedRow:
    return FeedRow(pk=key(tenant, "feeds"), sk=feed.practitioner, **fields(feed))

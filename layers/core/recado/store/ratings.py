"""What a review site showed of a clinic (`T#t#ratings`, by day), in the tenants table."""

from __future__ import annotations

from recado.model.rating import Rating
from recado.store.rows import Row, fields, key, load, named, readable, save, serve, table_name, transaction


class RatingRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(RatingRow)


def between(tenant: str, first: str, last: str) -> list[Rating]:
    """Those that were noted for these days and the days between them, in order."""
    wanted = RatingRow.sk.between(first, last)
    with named():
        rows = list(RatingRow.query(key(tenant, "ratings"), wanted))
    return list(readable(rows, Rating).values())


def lately(tenant: str, until: str, limit: int) -> list[Rating]:
    """The last so many that were noted for this day or an earlier one, the latest first."""
    wanted = RatingRow.sk <= until
    with named():
        rows = list(RatingRow.query(key(tenant, "ratings"), wanted, scan_index_forward=False, limit=limit))
    return list(readable(rows, Rating).values())


def find(tenant: str, day: str) -> Rating | None:
    """The one of this day, or none."""
    return load(RatingRow, Rating, key(tenant, "ratings"), day)


def put(tenant: str, rating: Rating) -> None:
    """Store one. Raises Stale."""
    save(_row(tenant, rating), rating.version)


def drop(tenant: str, rating: Rating) -> None:
    """Take one away, as it was loaded. Raises Stale."""
    with transaction() as work:
        work.delete(_row(tenant, rating))


def _row(tenant: str, rating: Rating) -> RatingRow:
    return RatingRow(pk=key(tenant, "ratings"), sk=rating.day, **fields(rating))

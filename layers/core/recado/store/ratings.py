"""What a review site showed of a clinic (`T#t#ratings`, by day), in the tenants table."""

from __future__ import annotations

from recado.model.rating import Rating
from recado.store.rows import Row, fields, key, load, named, readable, save, serve, table_name


class RatingRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(RatingRow)


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
    save(RatingRow(pk=key(tenant, "ratings"), sk=rating.day, **fields(rating)), rating.version)

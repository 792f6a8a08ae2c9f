"""A clinic's segments (`T#t#segments`), in the tenants table."""

from __future__ import annotations

from recado.errors import NotFound
from recado.model.segment import Segment
from recado.store.rows import Row, fields, key, load, named, readable, save, serve, table_name, transaction


class SegmentRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(SegmentRow)


def listing(tenant: str) -> list[Segment]:
    """All of a clinic's, as they are now, by name."""
    with named():
        rows = list(SegmentRow.query(key(tenant, "segments"), consistent_read=True))
    return sorted(readable(rows, Segment).values(), key=lambda one: (one.name, one.id))


def get(tenant: str, segment_id: str) -> Segment:
    """One of them. Raises NotFound."""
    found = load(SegmentRow, Segment, key(tenant, "segments"), segment_id)
    if found is None:
        raise NotFound
    return found


def put(tenant: str, segment: Segment) -> Segment:
    """Store one, as it then is. Raises Stale."""
    version = save(_row(tenant, segment), segment.version)
    return segment.model_copy(update={"version": version})


def drop(tenant: str, segment: Segment) -> None:
    """Take one away, as it was loaded. Raises Stale."""
    with transaction() as work:
        work.delete(_row(tenant, segment))


def _row(tenant: str, segment: Segment) -> SegmentRow:
    return SegmentRow(pk=key(tenant, "segments"), sk=segment.id, **fields(segment))

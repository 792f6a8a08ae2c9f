"""A clinic's own versions of flows: each is a row that never changes; one more says which of them holds.

`T#t#W#<flow>` holds the versions by their number, `T#t#W` the number that each flow is at.
"""

from __future__ import annotations

from recado.errors import Conflict, NotFound, Stale
from recado.model.flow import Flow
from recado.model.record import Versioned
from recado.store.recent import Recent
from recado.store.rows import (
    Row,
    fields,
    key,
    load,
    named,
    readable,
    serve,
    table_name,
    transaction,
)


class FlowRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(FlowRow)


class Current(Versioned):
    """Which version of each flow holds; a flow that is missing is as it ships, and so is one at 0."""

    numbers: dict[str, int] = {}  # noqa: RUF012 - pydantic copies it


def _current(tenant: str) -> Current:
    return load(FlowRow, Current, key(tenant, "W"), "W") or Current()


_recent = Recent(_current)


def number(tenant: str, flow_id: str) -> int:
    """The version that holds, as of at most a minute ago; 0: the one that ships."""
    return _recent.of(tenant).numbers.get(flow_id, 0)


def number_now(tenant: str, flow_id: str) -> int:
    """The same as of now, for whoever changes it."""
    return _current(tenant).numbers.get(flow_id, 0)


def version(tenant: str, flow_id: str, wanted: int) -> Flow:
    """One that the clinic has saved. Raises NotFound."""
    found = load(FlowRow, Flow, key(tenant, "W", flow_id), f"{wanted:06d}")
    if found is None:
        raise NotFound
    return found


def versions(tenant: str, flow_id: str) -> list[Flow]:
    """All that the clinic has saved of a flow, the newest first."""
    with named():
        rows = list(FlowRow.query(key(tenant, "W", flow_id), scan_index_forward=False, consistent_read=True))
    return list(readable(rows, Flow).values())


def save_version(tenant: str, flow: Flow) -> None:
    """Store a version under its number, and let it hold from now on. Raises Conflict when that number was
    given to another meanwhile."""
    current = _current(tenant)
    numbers = {**current.numbers, flow.id: flow.number}
    changed = current.model_copy(update={"numbers": numbers})
    try:
        with transaction() as work:
            work.save(FlowRow(pk=key(tenant, "W", flow.id), sk=f"{flow.number:06d}", **fields(flow)))
            work.save(FlowRow(pk=key(tenant, "W"), sk="W", **fields(changed)))
    except Stale:
        raise Conflict("Somebody else has saved this flow in the meantime. Load it again.") from None
    _recent.drop(tenant)


def use_version(tenant: str, flow_id: str, wanted: int) -> None:
    """Let a version hold that was saved before; 0: the one that ships. Raises NotFound, Stale."""
    if wanted:
        version(tenant, flow_id, wanted)
    current = _current(tenant)
    changed = current.model_copy(update={"numbers": {**current.numbers, flow_id: wanted}})
    with transaction() as work:
        work.save(FlowRow(pk=key(tenant, "W"), sk="W", **fields(changed)))
    _recent.drop(tenant)

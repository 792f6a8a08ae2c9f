"""A clinic changes a flow: another version of it holds from now on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from recado.errors import Conflict, NotFound
from recado.model.flow import Flow, FlowId, read_flow
from recado.rules.flows.validate import refuse_broken
from recado.store import flows


def save_flow(
    tenant: str, flow_id: str, drawn: Mapping[str, Any], now: datetime, *, by: str, note: str, base: int
) -> Flow:
    """Store `drawn` (`start` and `nodes`) as the next version. Who is in the middle of an older one goes on
    by that. `base`: the version that was changed.

    The same again changes nothing. Raises NotFound for a flow that there is not, Invalid that names the node
    which is wrong, and Conflict when another version holds by now than the one that was changed.
    """
    if flow_id not in get_args(FlowId):
        raise NotFound
    saved = flows.versions(tenant, flow_id)
    number = saved[0].number + 1 if saved else 1
    flow = read_flow({**drawn, "id": flow_id, "number": number, "by": by, "at": now, "note": note})
    holds = flows.number_now(tenant, flow_id)
    if saved and saved[0].number == holds and _is_same(saved[0], flow):
        return saved[0]
    if base != holds:
        raise Conflict("Another version holds by now. Load it again.", field="base")
    refuse_broken(flow)
    flows.save_version(tenant, flow)
    return flow


def _is_same(one: Flow, other: Flow) -> bool:
    """Whether it was just saved by the same person: a request that was repeated."""
    return (one.start, one.nodes, one.by, one.note) == (other.start, other.nodes, other.by, other.note)

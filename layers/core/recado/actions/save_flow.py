"""A clinic changes a flow: another version of it holds from now on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, get_args

from pydantic import ValidationError

from recado.errors import Conflict, Invalid, NotFound
from recado.model.flow import Flow, FlowId
from recado.rules.flows.validate import refuse_broken
from recado.store import flows


def save_flow(
    tenant: str, flow_id: str, drawn: Mapping[str, Any], now: datetime, *, by: str, note: str, base: int
) -> Flow:
    """Store `drawn` (`start` and `nodes`) as the next version. Who is in the middle of an older one goes on
    by that. `base`: the version that was changed.

    Raises NotFound for a flow that there is not, Invalid that names the node which is wrong, and Conflict
    when another version holds by now than the one that was changed.
    """
    if flow_id not in get_args(FlowId):
        raise NotFound
    saved = flows.versions(tenant, flow_id)
    if base != flows.number(tenant, flow_id):
        raise Conflict("Another version holds by now. Load it again.", field="base")
    number = saved[0].number + 1 if saved else 1
    flow = _read({**drawn, "id": flow_id, "number": number, "by": by, "at": now, "note": note})
    refuse_broken(flow)
    flows.save_version(tenant, flow)
    return flow


def _read(given: Mapping[str, Any]) -> Flow:
    """The flow, if it has the form of one. Raises Invalid with the place, never with what stood there."""
    try:
        return Flow.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Invalid(".".join(str(part) for part in first["loc"]), f"{first['msg']}.") from None

"""A flow, in the version that holds or the one that somebody has begun with."""

from __future__ import annotations

from functools import cache

from recado.errors import NotFound
from recado.model.flow import Flow
from recado.store import flows
from recado.texts import flows as shipped


def load_flow(tenant: str, flow_id: str, number: int | None = None) -> Flow:
    """The version of this number; none named: the one that holds, as of at most a minute ago. 0 is the one
    that ships. Raises NotFound for what there is not."""
    wanted = flows.number(tenant, flow_id) if number is None else number
    return flows.version(tenant, flow_id, wanted) if wanted else _default(flow_id)


@cache
def _default(flow_id: str) -> Flow:
    text = shipped.default(flow_id)
    if text is None:
        raise NotFound
    return Flow.model_validate_json(text)

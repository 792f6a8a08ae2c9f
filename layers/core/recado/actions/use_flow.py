"""A clinic goes back to a version of a flow."""

from __future__ import annotations

from typing import get_args

from recado.errors import NotFound
from recado.model.flow import FlowId
from recado.store import flows


def use_flow(tenant: str, flow_id: str, number: int) -> None:
    """Let the version hold from now on; 0: the one that ships with Recado. Raises NotFound, Stale."""
    if flow_id not in get_args(FlowId):
        raise NotFound
    flows.use_version(tenant, flow_id, number)

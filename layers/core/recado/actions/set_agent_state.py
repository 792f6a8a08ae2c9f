"""An agent comes to the desk, or leaves it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from recado.actions.again import again
from recado.actions.route import route_waiting
from recado.errors import RecadoError
from recado.model.tenant import Agent, AgentState
from recado.store import tenants


def set_agent_state(tenant: str, agent_id: str, state: AgentState, now: datetime) -> Agent:
    """Whether routing may give this agent contacts; they keep those they have. Raises NotFound, Stale.

    Who becomes available is given what waits, at once: what this cannot give them the sweep will.
    """
    agent = _set(tenant, agent_id, state)
    if state != "available":
        return agent
    with suppress(RecadoError):
        route_waiting(tenant, now)
        return tenants.agent(tenant, agent_id)
    return agent


@again
def _set(tenant: str, agent_id: str, state: AgentState) -> Agent:
    agent = tenants.agent(tenant, agent_id)
    if agent.state == state:
        return agent
    changed = agent.model_copy(update={"state": state})
    tenants.save_agent(tenant, changed)
    return changed.model_copy(update={"version": agent.version + 1})

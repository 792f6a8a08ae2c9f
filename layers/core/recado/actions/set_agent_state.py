"""An agent comes to the desk, or leaves it."""

from __future__ import annotations

from recado.actions.again import again
from recado.model.tenant import Agent, AgentState
from recado.store import tenants


@again
def set_agent_state(tenant: str, agent_id: str, state: AgentState) -> Agent:
    """Whether routing may give this agent contacts; they keep those they have. Raises NotFound, Stale."""
    agent = tenants.agent(tenant, agent_id)
    if agent.state == state:
        return agent
    changed = agent.model_copy(update={"state": state})
    tenants.save_agent(tenant, changed)
    return changed.model_copy(update={"version": agent.version + 1})

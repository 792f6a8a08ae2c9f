"""The people of the front desk."""

from __future__ import annotations

from recado.actions.set_agent_state import set_agent_state
from recado.model.tenant import Agent as StoredAgent
from recado.model.tenant import AgentState
from recado.store import tenants
from typing_extensions import TypedDict

from api.answers import Page, page
from api.reading import Asked
from api.resource import Call, Resource

resource = Resource(__name__)


class Agent(TypedDict):
    """One of them; `assigned` counts the open contacts that they have."""

    id: str
    name: str
    state: AgentState
    assigned: int


class NewState(Asked):
    """Whether routing may give me contacts."""

    state: AgentState


def agent_of(agent: StoredAgent) -> Agent:
    """An agent as the API shows them."""
    return {"id": agent.id, "name": agent.name, "state": agent.state, "assigned": len(agent.assigned)}


@resource.route("GET", "/agents", "list_agents", Page[Agent])
def list_agents(call: Call) -> Page[Agent]:
    """The agents of the clinic."""
    return page([agent_of(agent) for agent in tenants.agents(call.tenant)])


@resource.route("PUT", "/agents/me/state", "set_own_state", Agent, body=NewState)
def set_own_state(call: Call, body: NewState) -> Agent:
    """Take contacts from now on, or leave the desk; who leaves keeps the contacts they have."""
    return agent_of(set_agent_state(call.tenant, call.agent, body.state, call.now))

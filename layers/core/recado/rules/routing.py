"""Who gets a contact, and what an agent's hands then hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from recado.model.contact import Contact
from recado.model.tenant import Agent


def choose(contact: Contact, agents: Iterable[Agent]) -> Agent | None:
    """The available agent of the contact's queue with the fewest contacts; none: it waits.

    Among equals the patient's language decides, then who has waited longest, then the id: the same inputs
    always give the same agent (R22).
    """
    fitting = [
        agent
        for agent in agents
        if agent.state == "available"
        and contact.queue in agent.queues
        and len(agent.assigned) < agent.capacity
    ]
    return min(fitting, key=lambda agent: _rank(contact, agent), default=None)


def _rank(contact: Contact, agent: Agent) -> tuple[int, bool, float, str]:
    waited_since = agent.last_assigned_at.timestamp() if agent.last_assigned_at else 0.0
    return len(agent.assigned), contact.language not in agent.languages, waited_since, agent.id


def given(agent: Agent, contact: str, now: datetime) -> Agent:
    """The agent, with this contact in hand."""
    return agent.model_copy(update={"assigned": agent.assigned | {contact}, "last_assigned_at": now})


def released(agent: Agent, contact: str) -> Agent:
    """The agent, without this contact."""
    return agent.model_copy(update={"assigned": agent.assigned - {contact}})

"""Who gets a contact, and what an agent's hands then hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from recado.model.contact import Contact
from recado.model.tenant import Agent


def choose(contact: Contact, agents: Iterable[Agent]) -> Agent | None:
    """The available agent of the contact's queue with the fewest contacts; none: it waits. Who tried to reach
    them last goes before all others.

    Among equals the patient's language decides, then who has waited longest, then the id: the same inputs
    always give the same agent (R22). What is urgent does not wait for a free hand.
    """
    there = list(agents)
    fitting = [agent for agent in there if contact.queue in agent.queues and _has_room(agent)]
    if not fitting and contact.urgent_at:
        fitting = _at_once(contact, there)
    return min(fitting, key=lambda agent: _rank(contact, agent), default=None)


def _at_once(contact: Contact, agents: Iterable[Agent]) -> list[Agent]:
    """Whoever is there, of the contact's queue, else of any."""
    there = [agent for agent in agents if agent.state == "available"]
    return [agent for agent in there if contact.queue in agent.queues] or there


def order(contact: Contact) -> tuple[bool, datetime]:
    """Which of those that wait is first: what is urgent, then who has waited longest."""
    return contact.urgent_at is None, contact.waiting_since


def served(agents: Iterable[Agent]) -> set[str]:
    """The queues in which somebody who is available has a hand free."""
    return {queue for agent in agents if _has_room(agent) for queue in agent.queues}


def _has_room(agent: Agent) -> bool:
    return agent.state == "available" and len(agent.assigned) < agent.capacity


def _rank(contact: Contact, agent: Agent) -> tuple[bool, int, bool, float, str]:
    waited_since = agent.last_assigned_at.timestamp() if agent.last_assigned_at else 0.0
    others = agent.id != contact.preferred_agent
    return others, len(agent.assigned), contact.language not in agent.languages, waited_since, agent.id


def given(agent: Agent, contact: str, now: datetime) -> Agent:
    """The agent, with this contact in hand."""
    return agent.model_copy(update={"assigned": agent.assigned | {contact}, "last_assigned_at": now})


def released(agent: Agent, contact: str) -> Agent:
    """The agent, without this contact."""
    return agent.model_copy(update={"assigned": agent.assigned - {contact}})

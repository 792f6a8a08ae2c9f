"""A contact → the right agent, or a place in its queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recado.actions.again import again
from recado.errors import Busy, Stale
from recado.model.contact import Contact
from recado.model.tenant import Agent
from recado.rules import contacts as rules
from recado.rules.routing import choose, given, order, served
from recado.store import contacts, tenants
from recado.store.rows import transaction


@again
def route(tenant: str, contact_id: str, now: datetime) -> Contact:
    """Assign a contact that nobody has, or let it wait. Assigned and closed ones stay as they are, and those
    in which self-service awaits an answer."""
    return _route(tenant, contacts.get_contact(tenant, contact_id), now)


def route_as_seen(tenant: str, contact: Contact, now: datetime) -> Contact:
    """Like `route`, for a contact just read: nearly always it still is so, and the save refuses it if not."""
    try:
        return _route(tenant, contact, now)
    except (Stale, Busy):
        return route(tenant, contact.id, now)


def _route(tenant: str, contact: Contact, now: datetime) -> Contact:
    if contact.state not in ("new", "waiting") or contact.is_served:
        return contact
    agent = choose(contact, tenants.agents(tenant))
    if agent is None:
        return _wait(tenant, contact)
    return _assign(tenant, contact, agent, now)


def _assign(tenant: str, contact: Contact, agent: Agent, now: datetime) -> Contact:
    assigned = rules.assigned(contact, agent)
    with transaction() as work:
        contacts.save_contact(tenant, assigned, work)
        tenants.save_agent(tenant, given(agent, contact.id, now), work)
    return assigned


def _wait(tenant: str, contact: Contact) -> Contact:
    if contact.state == "waiting":
        return contact
    waiting = rules.waiting(contact)
    contacts.save_contact(tenant, waiting)
    return waiting


def route_waiting(tenant: str, now: datetime) -> None:
    """Somebody's hands are free: route what waits, page by page, while somebody has a hand free for it.

    The pages are in the order in which contacts were opened. Nothing is read when nobody has a hand free.
    """
    agents: Sequence[Agent] = tenants.agents(tenant)
    after: str | None = None
    while served(agents):
        page, after = contacts.open_contacts(tenant, after=after)
        agents = route_page(tenant, page, agents, now)
        if after is None:
            return


def route_page(
    tenant: str, page: Sequence[Contact], agents: Sequence[Agent], now: datetime
) -> Sequence[Agent]:
    """Give to these agents what waits of these contacts; the agents, with what they then have in hand.

    What is urgent first, then the longest, by when it began to wait, which for one that an agent gave back is
    later than when it was opened. A queue that has nobody left does not hold up another.
    """
    for contact in sorted(page, key=order):
        waits = contact.state in ("new", "waiting") and not contact.is_served
        agent = choose(contact, agents) if waits else None
        if agent is not None:
            agents = _give(tenant, contact, agent, agents, now)
    return agents


def _give(
    tenant: str, contact: Contact, agent: Agent, agents: Sequence[Agent], now: datetime
) -> Sequence[Agent]:
    """Nearly always contact and agent still are as they were read; where not, all is read again."""
    try:
        _assign(tenant, contact, agent, now)
    except (Stale, Busy):
        route(tenant, contact.id, now)
        return tenants.agents(tenant)
    after = given(agent, contact.id, now).model_copy(update={"version": agent.version + 1})
    return [after if one.id == agent.id else one for one in agents]

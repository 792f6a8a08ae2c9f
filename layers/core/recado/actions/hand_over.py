"""An agent's own list of contacts says what the contacts themselves say."""

from __future__ import annotations

from datetime import datetime

from recado.errors import NotFound
from recado.model.contact import Contact
from recado.model.tenant import Agent
from recado.rules.routing import given, released
from recado.store import tenants
from recado.store.rows import Transaction


def hand_over(tenant: str, before: Contact, after: Contact, now: datetime, within: Transaction) -> None:
    """Take the contact from who had it, give it to who has it, in the transaction that changes the contact.

    Raises NotFound when its new owner is none of the clinic's agents. One who left long ago may still own
    old contacts: there is nothing to take from them.
    """
    owned, owns = _owner(before), _owner(after)
    if owned == owns:
        return
    leaving = _agent(tenant, owned) if owned else None
    if leaving is not None and before.id in leaving.assigned:
        tenants.save_agent(tenant, released(leaving, before.id), within)
    if owns:
        tenants.save_agent(tenant, given(tenants.agent(tenant, owns), after.id, now), within)


def _owner(contact: Contact) -> str | None:
    return contact.agent if contact.state == "assigned" else None


def _agent(tenant: str, agent_id: str) -> Agent | None:
    try:
        return tenants.agent(tenant, agent_id)
    except NotFound:
        return None

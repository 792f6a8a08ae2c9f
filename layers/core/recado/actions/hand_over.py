"""An agent's own list of contacts says what the contacts themselves say."""

from __future__ import annotations

from collections.abc import Iterable
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
    hand_over_all(tenant, [(before, after)], now, within)


def hand_over_all(
    tenant: str, changes: Iterable[tuple[Contact, Contact]], now: datetime, within: Transaction
) -> None:
    """The same for several contacts, each as it was and as it is: an agent's row is saved once."""
    moves = [(was.id, _owner(was), _owner(is_now)) for was, is_now in changes]
    moves = [move for move in moves if move[1] != move[2]]
    before = {name: _agent(tenant, name) for _, *both in moves for name in both if name}
    after = dict(before)
    for contact, owned, owns in moves:
        if owned and (leaving := after[owned]):
            after[owned] = released(leaving, contact)
        if owns:
            after[owns] = given(_known(after[owns]), contact, now)
    for name, agent in after.items():
        if agent is not None and agent != before[name]:
            tenants.save_agent(tenant, agent, within)


def _owner(contact: Contact) -> str | None:
    return contact.agent if contact.state == "assigned" else None


def _known(agent: Agent | None) -> Agent:
    if agent is None:
        raise NotFound
    return agent


def _agent(tenant: str, agent_id: str) -> Agent | None:
    try:
        return tenants.agent(tenant, agent_id)
    except NotFound:
        return None

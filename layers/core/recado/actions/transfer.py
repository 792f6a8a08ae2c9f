"""A contact goes to somebody else, or back into a queue."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.hand_over import hand_over
from recado.actions.load_contact import load_contact
from recado.errors import Invalid, NotFound
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.store import contacts, tenants
from recado.store.rows import transaction


@again
def transfer(
    tenant: str,
    contact_id: str,
    now: datetime,
    *,
    agent: str | None = None,
    queue: str | None = None,
    version: int | None = None,
) -> Contact:
    """Give a contact to the agent, or else let it wait in the queue, from where routing gives it to anybody.

    Raises NotFound, Stale, Conflict when it is closed, and Invalid for an agent or a queue that this clinic
    does not have.
    """
    contact = load_contact(tenant, contact_id, version)
    moved = _to_agent(tenant, contact, agent) if agent else _to_queue(tenant, contact, queue, now)
    with transaction() as work:
        contacts.save_contact(tenant, moved, work)
        hand_over(tenant, contact, moved, now, work)
    return moved.model_copy(update={"version": contact.version + 1})


def _to_agent(tenant: str, contact: Contact, agent_id: str) -> Contact:
    try:
        return rules.assigned(contact, tenants.agent(tenant, agent_id))
    except NotFound:
        raise Invalid("agent", "This clinic has no such agent.") from None


def _to_queue(tenant: str, contact: Contact, queue: str | None, now: datetime) -> Contact:
    if queue not in tenants.get(tenant).queues:
        raise Invalid("queue", "This clinic has no such queue.")
    return rules.waiting(contact, queue, now)

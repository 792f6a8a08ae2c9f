"""An agent takes a contact: out of the queue, or out of another's hands."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.hand_over import hand_over
from recado.actions.load_contact import load_contact
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.store import contacts, tenants
from recado.store.rows import transaction


@again
def take(
    tenant: str, agent_id: str, contact_id: str, now: datetime, *, version: int | None = None
) -> Contact:
    """The contact is this agent's now. Raises NotFound, Stale, and Conflict when it is closed."""
    contact = load_contact(tenant, contact_id, version)
    taken = rules.assigned(contact, tenants.agent(tenant, agent_id))
    with transaction() as work:
        contacts.save_contact(tenant, taken, work)
        hand_over(tenant, contact, taken, now, work)
    return taken.model_copy(update={"version": contact.version + 1})

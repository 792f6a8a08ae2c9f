"""A contact → the right agent, or a place in its queue."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.errors import Busy, Stale
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.routing import choose, given
from recado.store import contacts, tenants
from recado.store.rows import transaction


@again
def route(tenant: str, contact_id: str, now: datetime) -> Contact:
    """Assign a contact that nobody has, or let it wait. Assigned and closed ones stay as they are."""
    return _route(tenant, contacts.get_contact(tenant, contact_id), now)


def route_as_seen(tenant: str, contact: Contact, now: datetime) -> Contact:
    """Like `route`, for a contact just read: nearly always it still is so, and the save refuses it if not."""
    try:
        return _route(tenant, contact, now)
    except (Stale, Busy):
        return route(tenant, contact.id, now)


def _route(tenant: str, contact: Contact, now: datetime) -> Contact:
    if contact.state not in ("new", "waiting"):
        return contact
    agent = choose(contact, tenants.agents(tenant))
    if agent is None:
        return _wait(tenant, contact)
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
    """Somebody's hands are free: route what waits, longest first, while its queue has somebody left.

    By when it began to wait, which for one that an agent gave back is later than when it was opened.
    """
    after: str | None = None
    full: set[str] = set()
    queues = tenants.get(tenant).queues
    while True:
        page, after = contacts.open_contacts(tenant, after=after)
        for contact in sorted(page, key=lambda one: one.waiting_since):
            if contact.state not in ("new", "waiting") or contact.queue in full:
                continue
            if route(tenant, contact.id, now).state == "waiting":
                full.add(contact.queue)
            if full.issuperset(queues):
                return
        if after is None:
            return

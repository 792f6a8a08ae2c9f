"""Whoever says what cannot wait is told at once where there is help."""

from __future__ import annotations

from datetime import datetime

from recado.actions.find_routes import ability
from recado.actions.say_open import Keys, say_open
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Tenant
from recado.rules.communications import communication_id, outbound, route_of
from recado.rules.contacts import handled, placed
from recado.rules.dialogues import handed_over
from recado.rules.urgent import emergency_number, own_words
from recado.store import contacts, tenants
from recado.store.rows import transaction


def warn(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Tell them where they wrote, once an hour, whoever has the contact; False when they know, or nothing can
    be said there. A person sees to it in any case: self-service lets go of it.

    Our words and the contact are one transaction. Raises Stale or Busy when something changed meanwhile.
    """
    own_id = communication_id(tenant, "recado", contact.id, f"urgent:{now:%Y-%m-%dT%H}")
    released = _released(contact, now)
    if not ability(communication.channel).max_text or contacts.find_communication(tenant, own_id):
        if released is not contact:
            contacts.save_contact(tenant, handled(released, communication.id))
        return released is not contact
    after, moment = placed(handled(released, communication.id), now)
    words = outbound(
        own_id,
        route_of(communication),
        _text(tenants.get(tenant), contact, now),
        now,
        patient=communication.patient,
        contact=contact.id,
        moment=moment,
        purpose="self_service",
    )
    with transaction() as work:
        contacts.save_communication(tenant, words, work)
        contacts.save_contact(tenant, after, work)
    return True


def _released(contact: Contact, now: datetime) -> Contact:
    if contact.state == "closed" or contact.dialogue is None or contact.dialogue.state != "open":
        return contact
    return handed_over(contact, contact.dialogue, "flow", now)


def _text(clinic: Tenant, contact: Contact, now: datetime) -> str:
    """The clinic's own words, else ours, which out of hours say that nobody is there."""
    own = own_words(clinic, contact.language)
    if own:
        return own
    keys = Keys("urgent", "urgent_closed", "urgent_later")
    return say_open(clinic, contact.language, keys, now, number=emergency_number(clinic))

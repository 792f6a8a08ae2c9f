"""Whoever writes on a channel that the clinic has closed is told how else to reach it."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.actions.find_routes import ability
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Tenant
from recado.rules import contacts as rules
from recado.rules.communications import communication_id, outbound, route_of
from recado.rules.times import wall
from recado.store import contacts, tenants
from recado.store.rows import transaction


def redirect(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Tell them, where they wrote and once a day; False when they know, or nothing can be said there.

    The message itself waits for an agent as ever. Our answer and the contact are one transaction.
    """
    clinic = tenants.get(tenant)
    own_id = _id(tenant, clinic, communication, now)
    if not ability(communication.channel).max_text or contacts.find_communication(tenant, own_id):
        return False
    contact, moment = rules.placed(rules.handled(contact, communication.id), now)
    answer = outbound(
        own_id,
        route_of(communication),
        _text(tenant, clinic, contact, communication),
        now,
        patient=communication.patient,
        contact=contact.id,
        moment=moment,
        purpose="self_service",
    )
    with transaction() as work:
        contacts.save_communication(tenant, answer, work)
        contacts.save_contact(tenant, contact, work)
    return True


def _id(tenant: str, clinic: Tenant, communication: Communication, now: datetime) -> str:
    """One for each person, account and day: the row's key is what makes it once."""
    day = wall(now, clinic.timezone).date().isoformat()
    name = f"closed:{communication.patient}:{communication.channel}:{day}"
    return communication_id(tenant, "recado", communication.account, name)


def _text(tenant: str, clinic: Tenant, contact: Contact, communication: Communication) -> str:
    """The clinic's own words in the patient's language, else ours."""
    known = tenants.recent_accounts(tenant)
    this = (communication.channel, communication.account)
    own = next((one.redirect for one in known if (one.channel, one.id) == this), {})
    ours = texts.render("channel_closed", contact.language, clinic=clinic.name, phone=clinic.phone)
    return own.get(contact.language) or ours

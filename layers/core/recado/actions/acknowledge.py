"""Whoever writes when nobody is there is told when somebody will be."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.actions.find_routes import ability
from recado.actions.say_open import Keys, say_open
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.record import iso
from recado.model.tenant import Tenant
from recado.rules import contacts as rules
from recado.rules.acknowledgement import Acknowledgement, owed
from recado.rules.communications import communication_id, outbound, route_of
from recado.store import contacts, patients, tenants
from recado.store.rows import transaction


def acknowledge(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Tell them where they wrote, once while the clinic is closed; False when nothing is to be said, or to
    nobody.

    The message itself waits for an agent as ever. Our answer and the contact are one transaction.
    """
    clinic = tenants.get(tenant)
    key = due(clinic, contact, communication, now)
    if key is None or (key == "email_received" and not _is_proven(tenant, communication)):
        return False
    contact, moment = rules.placed(rules.handled(contact, communication.id), now)
    told_before = contact.acknowledged_at
    contact = contact.model_copy(update={"acknowledged_at": now})
    answer = outbound(
        communication_id(tenant, "recado", contact.id, _own(key, told_before)),
        route_of(communication),
        _text(clinic, key, contact.language, now),
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


def _own(key: Acknowledgement, told_before: datetime | None) -> str:
    """Its own name in the contact: said once, and once more after it was said before."""
    return f"{key}:{iso(told_before)}" if told_before else key


def due(
    clinic: Tenant, contact: Contact, communication: Communication, now: datetime
) -> Acknowledgement | None:
    """What is owed, where it can be said: a chat shows by itself when somebody is there."""
    key = owed(clinic, contact, communication, now)
    if key is None:
        return None
    traits = ability(communication.channel)
    return None if traits.live or not traits.max_text else key


def _is_proven(tenant: str, communication: Communication) -> bool:
    """Nothing goes to an address that somebody else may have written as their own."""
    known = patients.get(tenant, communication.patient).contact_points
    return ContactPoint(system="email", value=communication.address.lower()) in known


def _text(clinic: Tenant, key: Acknowledgement, language: str, now: datetime) -> str:
    if key == "email_received":
        return texts.render(key, language, clinic=clinic.name, hours=str(clinic.email_reply_hours))
    return say_open(clinic, language, Keys(key, key, "out_of_hours_later"), now)

"""A patient tells us to stop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from recado import texts
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.rules.patients import STOPPED, stopped
from recado.store import contacts, patients, tenants
from recado.store.rows import transaction

POINTS: Final = 10
"""Of so many contact points of the sender, the latest, everyone is stopped."""

PEOPLE: Final = 90
"""So many people are stopped by one word, with what else is saved: a transaction holds a hundred rows."""


def opt_out(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Stop what we send of our own accord, on every channel; say so once. Always settles what was said.

    A word that comes from a shared number does not say whose reminders it means, a mother's or her child's:
    it stops those of everybody behind any contact point of the sender, up to POINTS and PEOPLE (beyond them,
    those who were introduced last are not stopped), in this one transaction. Somebody who is introduced there
    in the very same moment may be missed; for whoever comes later, see `admit`.

    The claim of whatever waits to be sent is conditional on its own patient's consent
    (`patients.check_consent`), so that nothing is claimed after the opt-out is stored. The contact is closed
    unless a person has still to look at something in it.
    """
    contact, moment = rules.placed(rules.handled(contact, communication.id), now)
    goodbye = _goodbye(tenant, contact, communication, now).model_copy(update={"moment": moment})
    people = islice(_people(tenant, communication.patient), PEOPLE)
    willing = [one for one in people if not one.opted_out >= STOPPED]
    with transaction() as work:
        for patient in willing:
            patients.put(tenant, stopped(patient), work)
        contacts.save_communication(tenant, goodbye, work)
        contacts.save_contact(tenant, rules.self_served(contact, "opted_out", now), work)
    return True


def _people(tenant: str, sender_id: str) -> Iterator[Patient]:
    """The sender, and everybody with whom they share a contact point. Raises NotFound."""
    sender = patients.get(tenant, sender_id)
    yield sender
    views = [patients.view(tenant, point) for point in sender.contact_points[-POINTS:]]
    others = dict.fromkeys(link.patient for view in views for link in view.links)
    yield from (patients.get(tenant, one) for one in others if one != sender_id)


def _goodbye(tenant: str, contact: Contact, communication: Communication, now: datetime) -> Communication:
    clinic = tenants.get(tenant)
    return Communication(
        id=communication_id(tenant, "recado", contact.account, f"{communication.id}:opted_out"),
        patient=contact.patient,
        contact=contact.id,
        channel=communication.channel,
        account=communication.account,
        address=communication.address,
        direction="outbound",
        kind="text",
        text=texts.render("opted_out", contact.language, clinic=clinic.name),
        author="recado",
        purpose="self_service",
        state="queued",
        at=now,
        moment="",
        due_at=now + rules.SWEEP_AFTER,
    )

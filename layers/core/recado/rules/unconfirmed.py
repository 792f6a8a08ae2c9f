"""Visits that nobody has confirmed, as a contact's task: a person calls before they begin. Pure."""

from __future__ import annotations

from datetime import datetime

from recado.model.appointment import Appointment
from recado.model.contact import Contact, Unconfirmed
from recado.rules.contacts import closed


def asked(contact: Contact, visit: Appointment, now: datetime) -> Contact:
    """The open contact in which a person is to call about this visit, too."""
    task = Unconfirmed(
        appointment=visit.id,
        schedule=visit.schedule,
        start=visit.start,
        timezone=visit.timezone,
        asked_at=now,
    )
    return contact.model_copy(update={"unconfirmed": (*without(contact, visit.id).unconfirmed, task)})


def without(contact: Contact, appointment: str) -> Contact:
    """The contact when nobody has to call about this visit any more."""
    left = tuple(one for one in contact.unconfirmed if one.appointment != appointment)
    return contact.model_copy(update={"unconfirmed": left})


def settled(contact: Contact, visit: Appointment, now: datetime) -> Contact:
    """The same; closed where it was opened for this and nothing else is left in it, whoever has it."""
    left = without(contact, visit.id)
    if contact.state == "closed" or contact.reason != "unconfirmed" or left.unconfirmed:
        return left
    if left.pending or left.callback is not None or left.unanswered_since is not None:
        return left
    return closed(left, _how(visit, now), now)


def _how(visit: Appointment, now: datetime) -> str:
    if visit.status == "cancelled":
        return "cancelled"
    if visit.confirmation == "confirmed":
        return "confirmed"
    return "no_answer" if now >= visit.start else "moved"


def both(contact: Contact, other: Contact) -> tuple[Unconfirmed, ...]:
    """What is to be called about in either of two contacts that become one."""
    own = {one.appointment for one in contact.unconfirmed}
    return (*contact.unconfirmed, *(one for one in other.unconfirmed if one.appointment not in own))

"""Whether somebody who wrote is told at once when they will be answered: once in a contact, and again
when the clinic is closed once more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Tenant
from recado.rules.hours import is_open, time_open

Acknowledgement = Literal["out_of_hours", "email_received"]

IN_TALK = timedelta(hours=1)
"""So long after a person of the clinic has spoken, somebody is there whatever the hours say."""
WORDLESS = frozenset({"reaction", "edit", "revoke", "form", "interaction"})
"""Kinds of communication that await no word back where they came from."""


def owed(
    clinic: Tenant, contact: Contact, communication: Communication, now: datetime
) -> Acknowledgement | None:
    """What they are told: that nobody is there now; of an e-mail, by when it is answered; mostly nothing."""
    if communication.automatic or communication.kind in WORDLESS:
        return None
    if contact.spoken_at and now - contact.spoken_at < IN_TALK:
        return None
    if communication.channel == "email":
        return "email_received" if clinic.email_reply_hours and not contact.acknowledged_at else None
    return None if is_open(clinic, now) or was_told(clinic, contact, now) else "out_of_hours"


def was_told(clinic: Tenant, contact: Contact, now: datetime) -> bool:
    """Whether it is closed, and they were told so since it was last open."""
    told = contact.acknowledged_at
    return told is not None and not is_open(clinic, now) and not time_open(clinic, told, now)

"""Somebody who was asked for whom they write says a name."""

from __future__ import annotations

from datetime import datetime

from recado.actions.attribute import attribute
from recado.actions.find_household import find_household
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules.named import named


def take_name(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Let all that they wrote be theirs whom they name; False where it names nobody for sure: for a person.

    The name is one of those behind the contact point, or somebody's who is new there. Raises Stale or Busy
    when something changed meanwhile: load the contact again and ask again.
    """
    home = find_household(tenant, contact)
    meant = named(communication.text, home.links)
    if meant is None:
        return False
    whose = home.newcomer(meant, now) if isinstance(meant, str) else home.member(meant, now)
    attribute(tenant, contact, whose, now)
    return True

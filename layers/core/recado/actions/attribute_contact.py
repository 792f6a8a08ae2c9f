"""An agent says whose it is that came from a contact point of several people."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.attribute import attribute
from recado.actions.find_household import Household, find_household
from recado.actions.load_contact import load_contact
from recado.errors import Conflict, Invalid
from recado.model.contact import Contact
from recado.rules.appointments import line
from recado.rules.display_names import fit
from recado.rules.senders import Sender
from recado.store import contacts


@again
def attribute_contact(
    tenant: str,
    contact_id: str,
    now: datetime,
    *,
    patient: str | None = None,
    name: str | None = None,
    version: int | None = None,
) -> Contact:
    """Let a household's contact be one of theirs who are there (`patient`), or a newcomer's of this name; the
    contact in which it goes on. Asked again, it is the same.

    Raises NotFound, Stale, Conflict for a contact that is closed or somebody's, and Invalid for a patient who
    is not at that contact point.
    """
    contact = load_contact(tenant, contact_id, version)
    home = find_household(tenant, contact)
    if contact.merged_into is not None:
        return contacts.get_contact(tenant, contact.merged_into)
    if contact.state == "closed":
        raise Conflict("This contact is closed.")
    whose = _member(home, patient, now) if patient else _called(home, line("name", name or ""), now)
    return attribute(tenant, contact, whose, now)


def _member(home: Household, patient: str, now: datetime) -> Sender:
    link = next((one for one in home.links if one.patient == patient), None)
    if link is None:
        raise Invalid("patient", "This patient is not reached where the message came from.")
    return home.member(link, now)


def _called(home: Household, name: str, now: datetime) -> Sender:
    """Who has this very name is no newcomer."""
    same = [one for one in home.links if fit(name, one.name) == "same"]
    return home.member(same[0], now) if len(same) == 1 else home.newcomer(name, now)

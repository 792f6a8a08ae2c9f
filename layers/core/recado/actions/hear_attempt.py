"""The telephone system tells of a call that we made: was it to somebody whom we try to reach?"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.actions.again import again
from recado.model.call import Call
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.follow_up import Attempt
from recado.rules import pursuit as rules
from recado.rules.calls import attempt_of
from recado.rules.identity import canonical_phone
from recado.store import contacts, patients

MOST_ASKED: Final = 5
"""So many people behind a number are looked at: of more, nobody knows whom the call was for."""


@again
def hear_attempt(tenant: str, call: Call, now: datetime) -> None:
    """Keep the call with the contact whose number it was to, once, however often and late it is told.

    What follows from it the sweep sees to, within a minute. A call of which an agent tells as well is one,
    and the agent knows better how it went.
    """
    attempt = attempt_of(call, now)
    contact = _followed(tenant, call, attempt) if attempt else None
    if attempt is None or contact is None or contact.follow_up is None:
        return
    tried = rules.tried(contact, attempt, contact.follow_up.phone)
    if tried == contact:
        return
    told = rules.unjudged(tried, attempt)
    due = told.follow_up is not None and told.follow_up.unjudged
    contacts.save_contact(tenant, told.model_copy(update={"due_at": now}) if due else told)


def _followed(tenant: str, call: Call, attempt: Attempt) -> Contact | None:
    """The contact that the call was made for; none where it was for none, or may have been for two."""
    number = canonical_phone(call.caller or "")
    links = patients.view(tenant, ContactPoint(system="phone", value=number)).links[:MOST_ASKED]
    keepers = dict.fromkeys(link.keeper for link in links)
    latest = [contacts.latest_contact(tenant, keeper) for keeper in keepers]
    found = [one for one in latest if one and _is_for(one, number, attempt)]
    owed = [one for one in found if one.callback is not None]
    return next(iter(owed or found), None) if len(owed or found) == 1 else None


def _is_for(contact: Contact, number: str, attempt: Attempt) -> bool:
    followed = contact.follow_up
    return (
        followed is not None
        and canonical_phone(followed.phone) == number
        and followed.since <= attempt.at
        and (contact.closed_at is None or attempt.at <= contact.closed_at)
    )

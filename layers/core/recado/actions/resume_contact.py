"""The time of a call that is owed has come; or somebody was called, and nobody has seen what follows."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.follow_up import Followed, follow_up
from recado.actions.hand_over import hand_over
from recado.actions.route import route
from recado.model.contact import Contact
from recado.rules import follow_ups
from recado.rules import pursuit as rules
from recado.store import contacts, patients
from recado.store.rows import transaction


def resume_contact(tenant: str, contact_id: str, now: datetime) -> None:
    """See to a contact that is due: it goes back into its queue, and to an agent, at the time of its call."""
    if _resume(tenant, contact_id, now).state == "new":
        route(tenant, contact_id, now)


@again
def _resume(tenant: str, contact_id: str, now: datetime) -> Contact:
    contact = contacts.get_contact(tenant, contact_id)
    after, text = _seen_to(tenant, contact, now)
    if after == contact and text is None:
        return contact
    with transaction() as work:
        contacts.save_contact(tenant, after, work)
        if text is not None:
            contacts.save_communication(tenant, text, work)
        hand_over(tenant, contact, after, now, work)
    return after


def _seen_to(tenant: str, contact: Contact, now: datetime) -> Followed:
    followed, owed = contact.follow_up, contact.callback
    if followed is not None and followed.unjudged and contact.state != "closed":
        last = followed.attempts[-1]
        after, text = follow_up(tenant, contact, last, now)
        return Followed(rules.judged(after), text)
    if contact.state != "scheduled":
        return Followed(contact)
    if owed is not None and owed.due_at > now:
        return Followed(follow_ups.scheduled(contact, owed.due_at))
    if owed is not None and not owed.agreed and _stopped(tenant, contact):
        return Followed(rules.given_up(contact, rules.OPTED_OUT, now))
    return Followed(follow_ups.woken(contact, now))


def _stopped(tenant: str, contact: Contact) -> bool:
    return "care" in patients.get(tenant, contact.recipient).unwanted

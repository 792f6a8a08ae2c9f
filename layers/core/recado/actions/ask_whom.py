"""Whoever writes from a contact point of several people is asked, once, for whom it is."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.communications import communication_id, outbound, route_of
from recado.store import contacts
from recado.store.rows import transaction


def ask_whom(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Ask where they wrote, naming nobody. The message waits for an agent as ever, and is theirs who is named
    then (see take_name).

    Our question and the contact are one transaction. Raises Stale or Busy when something changed meanwhile.
    """
    contact, moment = rules.placed(rules.handled(contact, communication.id), now)
    question = outbound(
        communication_id(tenant, "recado", contact.id, "whom"),
        route_of(communication),
        texts.render("whom", contact.language),
        now,
        patient=contact.recipient,
        contact=contact.id,
        moment=moment,
        purpose="self_service",
    )
    with transaction() as work:
        contacts.save_communication(tenant, question, work)
        contacts.save_contact(tenant, contact.model_copy(update={"asked_whom_at": now}), work)
    return True

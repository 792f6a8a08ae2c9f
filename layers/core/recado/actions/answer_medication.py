"""The patient answers a reminder of their medication: they may want no more of them."""

from __future__ import annotations

from datetime import datetime

from recado.actions.write_answer import write_answer
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.outreach import Outreach
from recado.rules import contacts as contact_rules
from recado.rules.outreach import answered
from recado.store import contacts, patients
from recado.store import outreach as store
from recado.store.rows import transaction


def answer_medication(
    tenant: str,
    contact: Contact,
    communication: Communication,
    before: Outreach,
    now: datetime,
    *,
    more: bool,
) -> bool:
    """Always settles it: who wants no `more` of them is told so; an "all right" asks for nothing.

    One transaction, which takes the message off what is pending. Raises Stale or Busy when something changed
    meanwhile.
    """
    handled = contact_rules.handled(contact, communication.id)
    if more:
        contacts.save_contact(tenant, contact_rules.self_served(handled, "thanked", now))
        return True
    handled, moment = contact_rules.placed(handled, now)
    told = write_answer(tenant, communication, "medication_stopped", before.language, now)
    with transaction() as work:
        store.save_outreach(tenant, answered(before, "no", now), work)
        patients.settle_question(tenant, before.contact_point, before.id, work)
        contacts.save_communication(
            tenant, told.model_copy(update={"contact": contact.id, "moment": moment}), work
        )
        contacts.save_contact(tenant, contact_rules.self_served(handled, "declined", now), work)
    return True

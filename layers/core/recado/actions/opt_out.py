"""A patient tells us to stop."""

from __future__ import annotations

from datetime import datetime

from recado.actions.change_consent import answer, by_word, everybody
from recado.actions.share_consent import change_person, known
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.store import contacts
from recado.store.rows import transaction


def opt_out(
    tenant: str, contact: Contact, communication: Communication, now: datetime, *, surely: bool = True
) -> bool:
    """Stop what we send of our own accord, on every channel; say so once. Always settles what was said.

    A word that comes from a shared number does not say whose reminders it means, a mother's or her child's:
    it stops those of everybody behind any contact point of the sender, and of their other records, up to
    change_consent's POINTS and PEOPLE (beyond them, those who were introduced last are not stopped), in this
    one transaction. Somebody who is introduced there in the very same moment may be missed; for whoever
    comes later, see `admit`.

    The claim of whatever waits to be sent is conditional on its own patient's consent
    (`patients.check_consent`), so that nothing is claimed after the opt-out is stored. The contact is closed
    unless a person has still to look at something in it, or the word may have meant something else
    (not `surely`).
    """
    contact, moment = rules.placed(rules.handled(contact, communication.id), now)
    goodbye = answer(tenant, contact, communication, "opted_out").model_copy(
        update={"moment": moment, "at": now, "due_at": now + rules.SWEEP_AFTER, "stops": True}
    )
    people = [known(tenant, one) for one in everybody(tenant, communication.patient)]
    settled = rules.self_served(contact, "opted_out", now) if surely else contact
    with transaction() as work:
        change_person(tenant, by_word(tenant, communication, "stop", now), people, work)
        contacts.save_communication(tenant, goodbye, work)
        contacts.save_contact(tenant, settled, work)
    return True

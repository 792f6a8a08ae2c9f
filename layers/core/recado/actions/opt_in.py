"""A patient tells us to write again."""

from __future__ import annotations

from datetime import datetime

from recado.actions.change_consent import answer, by_word, everybody
from recado.actions.share_consent import change_person, known
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.consent import resumes
from recado.store import contacts
from recado.store.rows import transaction


def opt_in(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Start again what was stopped, and say so once; False when nothing was: then it is for people to read.

    It speaks for those at the sender's contact points whom such a word may have stopped, as a stop does.
    Patients, our answer and the contact are one transaction.
    """
    people = [known(tenant, one) for one in everybody(tenant, communication.patient)]
    meant = [
        (patient, history)
        for patient, history in people
        if patient.opted_out and resumes(history, own=patient.id == communication.patient)
    ]
    if not meant:
        return False
    contact, moment = rules.placed(rules.handled(contact, communication.id), now)
    welcome = answer(tenant, contact, communication, "opted_in").model_copy(
        update={"moment": moment, "at": now, "due_at": now + rules.SWEEP_AFTER}
    )
    with transaction() as work:
        change_person(tenant, by_word(tenant, communication, "start", now), meant, work)
        contacts.save_communication(tenant, welcome, work)
        contacts.save_contact(tenant, rules.self_served(contact, "opted_in", now), work)
    return True

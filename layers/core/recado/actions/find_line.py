"""On which line does an agent's answer in a contact go?"""

from __future__ import annotations

from datetime import datetime

from recado.actions.find_routes import find_routes, lines
from recado.channels import traits_of
from recado.model.contact import Contact
from recado.model.patient import Patient
from recado.rules.reach import NEVER, Letter, Lines, Route, person_of
from recado.store import patients


def find_line(tenant: str, contact: Contact, now: datetime) -> Route | None:
    """Where the patient wrote; what came by a form, a call or over the counter is answered by another way.

    Then the best on which free text may go now, else one that takes a template; None: none of them can.
    """
    if traits_of(contact.channel).max_text:
        return Route(contact.channel, contact.account, contact.address)
    patient = patients.get(tenant, contact.patient)
    who = person_of(patient, contact)
    for letter in (Letter(by_person=True, answer=True), Letter(template=True, by_person=True, answer=True)):
        found = find_routes(tenant, who, letter, now)
        if found:
            return found[0]
    return _typed_address(patient, lines(tenant))


def _typed_address(patient: Patient, by: Lines) -> Route | None:
    """The e-mail that somebody typed into a form, when it is all that we know of them: whoever gives a
    patient's number and an address of their own must not be told what is meant for the patient."""
    if not patient.live or any(one.system != NEVER for one in patient.live):
        return None
    mail = (one for one in by.accounts if one.enabled and "email" in by.abilities[one.channel].systems)
    account = next(mail, None)
    return Route(account.channel, account.id, patient.live[0].value) if account else None

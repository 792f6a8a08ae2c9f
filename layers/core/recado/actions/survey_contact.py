"""An agent has closed a contact: its patient is asked how it was, where the clinic wants it (R89)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.actions.begin_outreach import Matter, begin_outreach, outreach_id
from recado.model.contact import Contact
from recado.model.outreach import Outreach
from recado.model.patient import ANONYMOUS
from recado.model.policy import Step
from recado.rules.outreach import CONTACT
from recado.store import outreach, patients, tenants

LASTS: Final = timedelta(days=3)
"""Later nobody knows what is meant."""
NOT_HELPED: Final = frozenset({"spam", "no_answer", "opted_out", "unreachable", "wrong_number"})
"""Dispositions after which there is nothing to ask."""
SPOKEN: Final = frozenset({"message", "call", "missed_call"})


def survey_contact(tenant: str, contact: Contact, now: datetime) -> Outreach | None:
    """What is to be stored with the closed contact: one question, about a contact once.

    None: the clinic does not ask, nobody has answered them in it, it is about a low score already, or they
    take no such messages. Whether they were asked of late is seen when it is due.
    """
    minutes = tenants.get(tenant).survey_minutes
    if not minutes or contact.patient == ANONYMOUS or not _helped(contact):
        return None
    patient = patients.get(tenant, contact.recipient)
    if patient.kind == "household" or "marketing" in patient.unwanted:
        return None
    if outreach.find_outreach(tenant, outreach_id(tenant, CONTACT, contact.id)) is not None:
        return None
    step = Step(name="ask", minutes=minutes, purpose="survey", text="survey_contact")
    matter = Matter(CONTACT, contact.id, "survey", (step,), timedelta(minutes=minutes) + LASTS, "recado")
    begun = begin_outreach(tenant, patient, matter, now)
    return begun and begun.model_copy(update={"contact": contact.id})


def _helped(contact: Contact) -> bool:
    """Whether a person has answered them in it."""
    about_them = contact.reason in SPOKEN and contact.recovery is None
    return about_them and contact.answered_at is not None and contact.disposition not in NOT_HELPED

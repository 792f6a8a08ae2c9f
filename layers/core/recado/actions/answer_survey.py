"""The patient says how it was: a number, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from recado.actions.write_answer import write_answer
from recado.errors import NotFound
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.survey import Survey
from recado.rules import contacts as contact_rules
from recado.rules import surveys as rules
from recado.rules.scores import heard
from recado.store import contacts, patients, surveys
from recado.store.rows import Transaction, transaction

DISPOSITION: Final = "surveyed"
"""Of a contact in which nothing else was said."""


class Turn(NamedTuple):
    """The survey after what they said, the text that answers them, and whether that asks why."""

    survey: Survey
    text: str
    asks_why: bool = False


def answer_survey(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Keep their score, thank them and ask once why; False: it is for people.

    Survey, question, our answer and the contact are one transaction, which takes the message off what is
    pending: once done it is never done again. Who gives a low score is told that somebody gets in touch, and
    the contact stays for that person (R89); any other is closed, unless something else in it waits.

    Raises Stale or Busy when something changed meanwhile: load the contact again and ask again.
    """
    if communication.id not in contact.pending:
        return True
    before = asked_in(tenant, communication)
    found = heard(communication.text, before.kind) if before else None
    if before is None or found is None:
        return False
    after = rules.scored(before, found.score, communication, contact.id, now)
    after = rules.commented(after, communication.text) if found.why else after
    settle(tenant, contact, communication, Turn(after, *_said(after)), now)
    return True


def asked_in(tenant: str, communication: Communication) -> Survey | None:
    """The survey whose question a message answers; none: it is gone."""
    if communication.question is None:
        return None
    try:
        return surveys.get_survey(tenant, communication.question.subject)
    except NotFound:
        return None


def settle(tenant: str, contact: Contact, communication: Communication, turn: Turn, now: datetime) -> None:
    """Save what they said, and answer them. Raises Stale or Busy."""
    handled, moment = contact_rules.placed(contact_rules.handled(contact, communication.id), now)
    language, visit = turn.survey.language, turn.survey.appointment
    told = write_answer(tenant, communication, turn.text, language, now, visit=visit)
    told = told.model_copy(update={"contact": contact.id, "moment": moment})
    with transaction() as work:
        surveys.save_survey(tenant, turn.survey, work)
        _ask(tenant, turn, told, work)
        contacts.save_communication(tenant, told, work)
        contacts.save_contact(tenant, _after(handled, turn.survey, now), work)


def _said(survey: Survey) -> tuple[str, bool]:
    """The text that answers a score, and whether it asks why: not who has said so already."""
    asks = survey.comment is None
    if rules.is_low(survey):
        return ("survey_sorry_why" if asks else "survey_sorry"), asks
    return ("survey_why" if asks else "survey_thanks"), asks


def _ask(tenant: str, turn: Turn, told: Communication, within: Transaction) -> None:
    """The question is settled where it was asked; why is asked there, too."""
    point = turn.survey.contact_point
    if turn.asks_why:
        patients.ask(tenant, point, rules.why(turn.survey, told.id, told.at), within)
    else:
        patients.settle_question(tenant, point, turn.survey.id, within)


def _after(contact: Contact, survey: Survey, now: datetime) -> Contact:
    """The contact: a person's, who gets in touch, or done."""
    if not rules.is_low(survey):
        return contact_rules.self_served(contact, DISPOSITION, now)
    if contact.state == "closed":
        return contact
    return contact.model_copy(update={"recovery": survey.id})

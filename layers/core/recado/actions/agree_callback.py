"""The patient to whom a call is owed says when they may be called."""

from __future__ import annotations

from datetime import datetime

from recado import texts
from recado.actions.find_routes import ability
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules import follow_ups
from recado.rules.callback_times import slot
from recado.rules.communications import communication_id, outbound, route_of
from recado.rules.times import wall
from recado.store import contacts, tenants
from recado.store.rows import transaction


def agree_callback(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Put the call to the time that they named, and tell them; False: what they said is for a person.

    Call, answer and contact are one transaction, which takes the message off what is pending: once done it is
    never done again. The contact stays open, for whoever calls; if nobody has it, it waits out of sight until
    then. False also where nothing can be said to them, where they only repeat what is agreed, and where they
    have been asked about a visit since they called.

    Raises Stale or Busy when something changed meanwhile: load the contact again and ask again.
    """
    if not rules.expects_time(contact) or _answers_else(contact, communication):
        return False
    if communication.id not in contact.pending:
        return True
    clinic = tenants.get(tenant)
    said_at = min(communication.provider_at or communication.at, now)
    moment = slot(communication.text, clinic, said_at, now)
    if moment is None or _is_agreed(contact, moment) or not ability(communication.channel).max_text:
        return False
    agreed = rules.called_at(contact, moment)
    after, place = rules.placed(follow_ups.laid_aside(rules.handled(agreed, communication.id)), now)
    date, time = texts.when(wall(moment, clinic.timezone), contact.language)
    answer = outbound(
        communication_id(tenant, "recado", communication.account, f"{communication.id}:callback"),
        route_of(communication),
        texts.render("callback_at", contact.language, date=date, time=time),
        now,
        patient=communication.patient,
        contact=contact.id,
        moment=place,
        purpose="self_service",
    )
    with transaction() as work:
        contacts.save_communication(tenant, answer, work)
        contacts.save_contact(tenant, after, work)
    return True


def _is_agreed(contact: Contact, moment: datetime) -> bool:
    owed = contact.callback
    return owed is not None and owed.agreed and owed.due_at == moment


def _answers_else(contact: Contact, communication: Communication) -> bool:
    question = communication.question
    return question is not None and question.asked_at >= contact.opened_at

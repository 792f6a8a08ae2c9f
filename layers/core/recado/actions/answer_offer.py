"""The patient says whether they want a time that they were offered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from recado import texts
from recado.actions.decline_offer import decline_offer
from recado.actions.invite import message_id
from recado.actions.take_offer import take_offer
from recado.errors import Conflict, Invalid, Misconfigured, NotFound, PatientBusy, SlotTaken, Stale
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.waiting import Offer, WaitingEntry
from recado.rules import contacts as contact_rules
from recado.rules import waiting as rules
from recado.rules.appointments import asked_about
from recado.rules.communications import communication_id, outbound, route_of
from recado.rules.openings import NOTICE
from recado.rules.replies import Reply
from recado.store import contacts, openings, patients, tenants, waiting
from recado.store.rows import Transaction, transaction

JUST_TOLD: Final = timedelta(minutes=5)
"""Who was told so long ago that it is gone, and had answered meanwhile, is not told again."""


class _Said(NamedTuple):
    """An answer, and where and when it was given."""

    tenant: str
    contact: Contact
    communication: Communication
    now: datetime


def answer_offer(
    tenant: str, contact: Contact, communication: Communication, reply: Reply, now: datetime
) -> bool:
    """Book the time that they want, or offer it to others, and tell them; False: it is for people.

    What they are told and the contact are one transaction, which takes the message off what is pending; only
    a booking is saved before it: the same message again finds it done. A yes to an offer that has lapsed
    counts while the time is free. Raises Stale or Busy when something changed meanwhile: load the contact
    again and ask again.
    """
    question = communication.question
    if question is None or reply.kind not in ("confirm", "cancel"):
        return False
    if communication.id not in contact.pending:
        return True
    entry = waiting.find_entry(tenant, question.subject)
    if entry is None or entry.erased_at:
        return False
    said = _Said(tenant, contact, communication, now)
    number = asked_about(question, communication.payload)
    standing = rules.standing(entry, number)
    if reply.kind == "cancel":
        return _no(said, entry, standing)
    if standing == "booked":
        return _settle(said, "booked")
    return standing != "over" and _yes(said, entry, number)


def _yes(said: _Said, entry: WaitingEntry, number: int) -> bool:
    offer = openings.find_offer(said.tenant, entry.offer) if entry.offer else None
    if offer is not None and number == entry.offers and said.now < offer.begins - NOTICE:
        try:
            take_offer(said.tenant, entry, offer, said.now)
        except PatientBusy:
            return False
        except SlotTaken:
            """Somebody was faster."""
        except Stale:
            raise
        except (Conflict, Invalid, Misconfigured, NotFound):
            return False
        else:
            fresh = contacts.get_contact(said.tenant, said.contact.id)
            return _settle(said._replace(contact=fresh), "booked")
    told = offer is not None and _just_told(said, offer, entry)
    return _settle(said, "waiting_list", "" if told else "offer_gone")


def _just_told(said: _Said, offer: Offer, entry: WaitingEntry) -> bool:
    told = contacts.find_communication(said.tenant, message_id(said.tenant, offer, entry.id, "gone"))
    return told is not None and told.not_before is None and said.now - told.at < JUST_TOLD


def _no(said: _Said, entry: WaitingEntry, standing: rules.Standing) -> bool:
    """Who has been booked by now may want to call that off: a person asks."""
    if standing in ("booked", "over"):
        return False
    offer = openings.find_offer(said.tenant, entry.offer) if entry.offer and standing == "open" else None

    def decline(work: Transaction) -> None:
        if offer is not None:
            waiting.save_entry(said.tenant, rules.back(entry), work)
            decline_offer(said.tenant, offer, entry.id, said.now, work)

    return _settle(said, "waiting_list", "offer_declined", decline)


def _settle(
    said: _Said, disposition: str, key: str = "", also: Callable[[Transaction], None] | None = None
) -> bool:
    """The contact after the answer, closed if nothing else in it waits; `key`: what they are told, if
    anything."""
    if said.communication.id not in said.contact.pending:
        return True
    after = contact_rules.handled(said.contact, said.communication.id)
    with transaction() as work:
        if also is not None:
            also(work)
        if key:
            after, moment = contact_rules.placed(after, said.now)
            told = _told(said, key).model_copy(update={"moment": moment})
            contacts.save_communication(said.tenant, told, work)
        contacts.save_contact(said.tenant, contact_rules.self_served(after, disposition, said.now), work)
    return True


def _told(said: _Said, key: str) -> Communication:
    """Our answer, to where they wrote from; one for each of their messages."""
    heard, clinic = said.communication, tenants.get(said.tenant)
    patient = patients.find(said.tenant, heard.patient)
    language = (patient.language if patient else None) or clinic.language
    values = {"name": (patient.name if patient else None) or clinic.name, "clinic": clinic.name}
    return outbound(
        communication_id(said.tenant, "recado", heard.account, f"{heard.id}:answered"),
        route_of(heard),
        texts.render(key, language, **{name: values[name] for name in texts.VARIABLES[key]}),
        said.now,
        patient=heard.patient,
        contact=said.contact.id,
        purpose="self_service",
    )

"""Who was asked whether they want a time, and said nothing yet, hears that somebody else was faster."""

from __future__ import annotations

from datetime import datetime

from recado.actions.find_policy import find_policy
from recado.actions.invite import message_id
from recado.actions.write import filled, write
from recado.model.communication import Communication
from recado.model.waiting import Offer, WaitingEntry
from recado.rules import quiet
from recado.rules.communications import route_of
from recado.rules.sending import withdrawn
from recado.store import contacts, patients, tenants
from recado.store.rows import Transaction


def tell_gone(tenant: str, offer: Offer, entry: WaitingEntry, now: datetime, within: Transaction) -> None:
    """By the way by which they were asked, and not in quiet hours. A message that asks and has not gone yet
    is withdrawn instead: the transaction raises Stale when delivery was faster."""
    question = contacts.find_communication(tenant, message_id(tenant, offer, entry.id))
    if question is not None and question.state == "queued":
        contacts.save_communication(tenant, withdrawn(question, "gone"), within)
    elif question is not None and (message := _message(tenant, offer, question, entry, now)) is not None:
        contacts.save_communication(tenant, message, within)


def _message(
    tenant: str, offer: Offer, question: Communication, entry: WaitingEntry, now: datetime
) -> Communication | None:
    """None: they are not to be written to, or only once it has begun."""
    clinic, patient = tenants.get(tenant), patients.find(tenant, entry.patient)
    if patient is None or patient.erased_at or "care" in patient.unwanted:
        return None
    policy = quiet.narrower(find_policy(tenant, entry.type_id), patient.quiet)
    moment = quiet.from_then(policy, now, clinic.timezone)
    if moment is None or moment >= offer.begins:
        return None
    values = {"name": patient.name or "", "clinic": clinic.name}
    template = filled("offer_gone", patient.language or clinic.language, values)
    own_id = message_id(tenant, offer, entry.id, "gone")
    message = write(own_id, route_of(question), template, now, patient=patient.id)
    later = {"not_before": moment, "due_at": moment} if moment > now else {}
    return message.model_copy(update={"purpose": "offer", "not_after": offer.begins, **later})

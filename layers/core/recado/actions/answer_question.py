"""The patient answers what we asked about a visit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from recado.actions.cancel_appointment import call_off
from recado.actions.keep_visit import keep_visit
from recado.actions.tell import about_visit
from recado.actions.write_answer import write_answer
from recado.errors import NotFound
from recado.model.appointment import Appointment, Change
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import appointments as rules
from recado.rules import contacts as contact_rules
from recado.rules.replies import Reply
from recado.rules.unconfirmed import without
from recado.store import appointments, contacts, patients, tenants
from recado.store.rows import Transaction, transaction

SAID: Final[Mapping[rules.Standing, str | None]] = {
    "applies": None,
    "done": None,
    "moved": "moved",
    "over": "no_longer",
}
"""What the patient is told when their answer does not settle the visit; none: that it does."""


def answer_question(
    tenant: str, contact: Contact, communication: Communication, reply: Reply, now: datetime
) -> bool:
    """Confirm or cancel the visit that a patient's message answers, and tell them; False: it is for people.

    Appointment, question, our answer and the contact are one transaction, which takes the message off what is
    pending: once done it is never done again. The contact is closed as self-served, unless something else in
    it waits for a person; one that an agent closed meanwhile stays as they closed it. A visit that was moved
    since it was asked about stays as it is: the patient is told when it is now, asked again, and a person
    sees it; likewise one that is over.

    Raises Stale or Busy when something changed meanwhile: load the contact again and ask again.
    """
    question, answer = communication.question, reply.kind
    if question is None or answer not in ("confirm", "cancel"):
        return False
    if communication.id not in contact.pending:
        return True
    try:
        appointment = appointments.get(tenant, question.subject)
    except NotFound:
        return False
    standing = rules.standing(appointment, rules.asked_about(question, communication.payload), answer, now)
    key = SAID[standing] or ("confirmed" if answer == "confirm" else "cancelled")
    handled, moment = contact_rules.placed(contact_rules.handled(contact, communication.id), now)
    handled = without(handled, appointment.id) if SAID[standing] is None else handled
    after = contact_rules.self_served(handled, key, now) if SAID[standing] is None else handled
    values = about_visit(tenants.get(tenant), appointment, key)
    told = write_answer(
        tenant, communication, key, appointment.language, now, visit=appointment.id, **values
    ).model_copy(update={"contact": contact.id, "patient": contact.patient, "moment": moment})
    visit = _answered(appointment, answer, communication, now) if standing == "applies" else None
    if visit is not None and visit.status == "cancelled":
        told = told.model_copy(update={"invitation": rules.invitation(visit)})
    with transaction() as work:
        _settle(tenant, appointment, standing, visit, told=told, within=work)
        contacts.save_communication(tenant, told, work)
        contacts.save_contact(tenant, after, work)
    return True


def _answered(
    appointment: Appointment, answer: rules.Answer, communication: Communication, now: datetime
) -> Appointment:
    """The visit as the answer wants it, which may apply."""
    what: Change = "confirmed" if answer == "confirm" else "cancelled"
    after = rules.answered(appointment, answer)
    return rules.touched(after, what, now, communication.author, communication.channel)


def _settle(
    tenant: str,
    before: Appointment,
    standing: rules.Standing,
    after: Appointment | None,
    *,
    told: Communication,
    within: Transaction,
) -> None:
    """The visit after the answer, if it changed, and the question: settled, or asked again about the visit as
    it is now."""
    if after is not None and after.status == "cancelled":
        call_off(tenant, before, after, told.at, within)
        return
    if after is not None:
        keep_visit(tenant, before, after, told.at, within)
    if standing == "moved":
        patients.ask(tenant, before.contact_point, rules.question(before, told.id, told.at), within)
    else:
        patients.settle_question(tenant, before.contact_point, before.id, within)

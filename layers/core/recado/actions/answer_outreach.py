"""The patient says yes or no to what we wrote to them about of our own accord."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from recado.actions.write_answer import write_answer
from recado.errors import NotFound
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.outreach import Outreach
from recado.rules import contacts as contact_rules
from recado.rules import outreach as rules
from recado.rules.replies import Reply
from recado.store import contacts, patients, tenants
from recado.store import outreach as store
from recado.store.rows import Transaction, transaction


def answer_outreach(
    tenant: str, contact: Contact, communication: Communication, reply: Reply, now: datetime
) -> bool:
    """Stop what else would be written, and say what happens now; False: it is for people.

    With who says yes self-service looks for a time, where the clinic has it; else a person does. Who says no
    is thanked, and the contact closed unless something else in it waits. One transaction, which takes the
    message off what is pending. Raises Stale or Busy when something changed meanwhile: load the contact again
    and ask again.
    """
    question = communication.question
    if question is None or reply.kind not in ("confirm", "cancel"):
        return False
    if communication.id not in contact.pending:
        return True
    try:
        before = store.get_outreach(tenant, question.subject)
    except NotFound:
        return False
    if before.purpose == rules.MEDICATION:
        from recado.actions.answer_medication import answer_medication  # noqa: PLC0415 - few are asked of it

        more = reply.kind == "confirm"
        return answer_medication(tenant, contact, communication, before, now, more=more)
    if reply.kind == "confirm" and _books(tenant, contact, communication, before, now):
        return True
    answer = "yes" if reply.kind == "confirm" else "no"
    handled, moment = contact_rules.placed(contact_rules.handled(contact, communication.id), now)
    after = handled if answer == "yes" else contact_rules.self_served(handled, "declined", now)
    told = write_answer(tenant, communication, f"outreach_{answer}", before.language, now)
    told = told.model_copy(update={"contact": contact.id, "moment": moment})
    with transaction() as work:
        _note(tenant, before, answer, now, work)
        contacts.save_communication(tenant, told, work)
        contacts.save_contact(tenant, after, work)
    return True


def _books(
    tenant: str, contact: Contact, communication: Communication, before: Outreach, now: datetime
) -> bool:
    """Whether self-service begins to find a time for who has said yes."""
    if tenants.get(tenant).bot == "off":
        return False
    from recado.actions.serve import begin_booking  # noqa: PLC0415 - few say yes to one

    note = partial(_note, tenant, before, "yes", now)
    return begin_booking(tenant, contact, communication, (note,), now)


def _note(tenant: str, before: Outreach, answer: str, now: datetime, within: Transaction) -> None:
    store.save_outreach(tenant, rules.answered(before, answer, now), within)
    patients.settle_question(tenant, before.contact_point, before.id, within)

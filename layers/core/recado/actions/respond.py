"""What a patient just said → a settled question, an opt-out, a time, self-service, or a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from recado.actions.again import again
from recado.actions.answer_question import answer_question
from recado.actions.next_steps import next_steps
from recado.actions.opt_in import opt_in
from recado.actions.opt_out import opt_out
from recado.actions.route import route
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.handling import Step
from recado.rules.questions import meant
from recado.store import contacts


def respond(tenant: str, contact_id: str, now: datetime) -> None:
    """Look at all that still waits for automatic handling, then let the contact find its agent."""
    for communication_id in contacts.get_contact(tenant, contact_id).pending:
        _handle(tenant, contact_id, communication_id, now)
    route(tenant, contact_id, now)


@again
def _handle(tenant: str, contact_id: str, communication_id: str, now: datetime) -> None:
    contact = contacts.get_contact(tenant, contact_id)
    if communication_id not in contact.pending:
        return
    communication = contacts.find_communication(tenant, communication_id)
    if communication is None or not _serve(tenant, contact, communication, now):
        contacts.save_contact(tenant, rules.handled(contact, communication_id))


def _serve(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """Whether something has settled what was said; it has then saved the contact too."""
    steps = next_steps(tenant, contact, communication, now)
    return any(_done(step, tenant, contact, communication, now) for step in steps)


def _done(step: Step, tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    match step:
        case "start":
            return opt_in(tenant, contact, communication, now)
        case "stop" | "perhaps_stop":
            return opt_out(tenant, contact, communication, now, surely=step == "stop")
        case "answer":
            return _answered(tenant, contact, communication, now)
        case _:
            return _seldom(step)(tenant, contact, communication, now)


def _answered(tenant: str, contact: Contact, communication: Communication, now: datetime) -> bool:
    """By what was asked."""
    question = communication.question
    about = question.about if question else "visit"
    if about == "survey":
        from recado.actions.answer_survey import answer_survey  # noqa: PLC0415 - few messages are of one

        return answer_survey(tenant, contact, communication, now)
    reply = meant(communication.text, communication.payload, question)
    if about == "outreach":
        from recado.actions.answer_outreach import answer_outreach  # noqa: PLC0415 - few answer one

        return answer_outreach(tenant, contact, communication, reply, now)
    if about == "offer":
        from recado.actions.answer_offer import answer_offer  # noqa: PLC0415 - few messages are of one

        return answer_offer(tenant, contact, communication, reply, now)
    return answer_question(tenant, contact, communication, reply, now)


def _seldom(step: Step) -> Callable[[str, Contact, Communication, datetime], bool]:
    """What most messages do not need is imported when one does."""
    match step:
        case "comment":
            from recado.actions.note_comment import note_comment as act  # noqa: PLC0415
        case "time":
            from recado.actions.agree_callback import agree_callback as act  # noqa: PLC0415
        case "named":
            from recado.actions.take_name import take_name as act  # noqa: PLC0415
        case "whom":
            from recado.actions.ask_whom import ask_whom as act  # noqa: PLC0415
        case "urgent":
            from recado.actions.warn import warn as act  # noqa: PLC0415
        case "serve":
            from recado.actions.serve import serve as act  # noqa: PLC0415
        case "redirect":
            from recado.actions.redirect import redirect as act  # noqa: PLC0415
        case _:
            from recado.actions.acknowledge import acknowledge as act  # noqa: PLC0415
    return act

"""What a patient just said → a settled question, an opt-out, the time of a call, or a person."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.answer_question import answer_question
from recado.actions.opt_in import opt_in
from recado.actions.opt_out import opt_out
from recado.actions.route import route
from recado.channels import traits_of
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.consent import spoken
from recado.rules.replies import read
from recado.store import contacts, tenants


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
    """Whether self-service has settled what was said; it has then saved the contact too."""
    reply = read(communication.text, communication.payload)
    asked = communication.question is not None
    stops = traits_of(communication.channel).cancel_stops
    word = spoken(communication.text, communication.payload, cancel_stops=stops, asked=asked)
    if word == "start":
        return opt_in(tenant, contact, communication, now)
    if word is not None:
        return opt_out(tenant, contact, communication, now, surely=word == "stop")
    if communication.question is not None and reply.kind in ("confirm", "cancel"):
        return answer_question(tenant, contact, communication, reply, now)
    if rules.expects_time(contact):
        from recado.actions.agree_callback import agree_callback  # noqa: PLC0415 - seldom needed

        if agree_callback(tenant, contact, communication, now):
            return True
    if tenants.is_open(tenant, communication.channel, communication.account):
        from recado.actions.acknowledge import acknowledge  # noqa: PLC0415 - seldom needed, as what follows

        return acknowledge(tenant, contact, communication, now)
    from recado.actions.redirect import redirect  # noqa: PLC0415 - seldom needed

    return redirect(tenant, contact, communication, now)

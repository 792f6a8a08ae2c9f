"""An agent answers a patient."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recado.actions.again import again
from recado.actions.find_line import Line, find_line
from recado.actions.find_routes import ability
from recado.actions.hand_over import hand_over
from recado.actions.list_options import offered
from recado.actions.load_contact import load_contact
from recado.actions.write import write
from recado.channels import traits_of
from recado.errors import Conflict, Invalid
from recado.model.communication import Communication, TemplateMessage
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.communications import communication_id, outbound
from recado.rules.reach import Route
from recado.store import contacts, tenants
from recado.store.rows import transaction


def reply(
    tenant: str,
    agent_id: str,
    contact_id: str,
    text: str,
    now: datetime,
    *,
    template: str | None = None,
    files: Sequence[str] = (),
    version: int | None = None,
    once: str | None = None,
) -> Communication:
    """Store an agent's answer and let it go out; whoever answers a waiting contact takes it.

    `template` names one of ours that goes in the place of a text (see list_options), `files` what was kept to
    go with it (see keep_file). Raises Invalid for one that may not be sent here.

    `once` is the caller's own name for this request: asked again with it, however late, the answer is the one
    that was stored the first time. Raises NotFound, Stale, and Conflict when the contact is closed or came
    by a channel that carries no text.
    """
    try:
        return _reply(
            tenant,
            agent_id,
            contact_id,
            text,
            now,
            template=template,
            files=files,
            version=version,
            once=once,
        )
    except Conflict:
        earlier = _earlier(tenant, agent_id, contact_id, once)
        if earlier is None:
            raise
        return earlier


@again
def _reply(
    tenant: str,
    agent_id: str,
    contact_id: str,
    text: str,
    now: datetime,
    *,
    template: str | None,
    files: Sequence[str],
    version: int | None,
    once: str | None,
) -> Communication:
    contact = load_contact(tenant, contact_id, version)
    line = find_line(tenant, contact, now)
    if line is None:
        raise Conflict("No channel that carries text reaches this patient: call back instead.")
    agent = tenants.agent(tenant, agent_id)
    said = _offered(tenant, contact, line.route, template) if template else text
    answer = _with_files(tenant, contact, _answer(contact, line, said, now), files)
    placed, moment = rules.placed(rules.answered(contact, answer.text, agent, now), now)
    name = f"{agent_id}:{once}" if once else str(placed.sequence)
    known = {"id": _id(tenant, contact_id, name), "author": f"agent:{agent.id}", "moment": moment}
    answer = answer.model_copy(update=known)
    with transaction() as work:
        contacts.save_contact(tenant, placed, work)
        contacts.save_communication(tenant, answer, work)
        hand_over(tenant, contact, placed, now, work)
    return answer.model_copy(update={"version": 1})


def _answer(contact: Contact, line: Line, said: str | TemplateMessage, now: datetime) -> Communication:
    """The answer, of whoever gives it."""
    if isinstance(said, str):
        return outbound("", line.route, said, now, patient=line.record, contact=contact.id)
    return write("", line.route, said, now, patient=line.record, contact=contact.id)


def _offered(tenant: str, contact: Contact, line: Route, name: str) -> TemplateMessage:
    message = offered(tenant, contact, line, name)
    if message is None:
        raise Invalid("template", "This template may not be sent here.")
    return message


def _with_files(tenant: str, contact: Contact, answer: Communication, names: Sequence[str]) -> Communication:
    """The answer with the files that were kept for it. Raises Invalid for what its channel does not carry."""
    if not names:
        return answer
    from recado.actions.keep_file import load_file  # noqa: PLC0415 - few answers have files

    attachments = tuple(load_file(tenant, contact.id, name) for name in names)
    if not {one.kind for one in attachments} <= ability(answer.channel).media:
        raise Invalid("media", "This channel carries no files of this kind.")
    if answer.text and any(one.kind in traits_of(answer.channel).wordless for one in attachments):
        raise Invalid("media", "Here a file goes without words: send them as a message of their own.")
    return answer.model_copy(update={"attachments": attachments, "kind": attachments[0].kind})


def _earlier(tenant: str, agent_id: str, contact_id: str, once: str | None) -> Communication | None:
    """What this same request has stored before."""
    if once is None:
        return None
    return contacts.find_communication(tenant, _id(tenant, contact_id, f"{agent_id}:{once}"))


def _id(tenant: str, contact_id: str, name: str) -> str:
    return communication_id(tenant, "recado", contact_id, name)

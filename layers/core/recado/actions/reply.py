"""An agent answers a patient."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.hand_over import hand_over
from recado.actions.load_contact import load_contact
from recado.channels import MODULES
from recado.errors import Conflict
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.store import contacts, tenants
from recado.store.rows import transaction


def reply(
    tenant: str,
    agent_id: str,
    contact_id: str,
    text: str,
    now: datetime,
    *,
    version: int | None = None,
    once: str | None = None,
) -> Communication:
    """Store an agent's answer and let it go out; whoever answers a waiting contact takes it.

    `once` is the caller's own name for this request: asked again with it, however late, the answer is the one
    that was stored the first time. Raises NotFound, Stale, and Conflict when the contact is closed or came
    by a channel that carries no text.
    """
    try:
        return _reply(tenant, agent_id, contact_id, text, now, version=version, once=once)
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
    version: int | None,
    once: str | None,
) -> Communication:
    contact = load_contact(tenant, contact_id, version)
    if contact.channel not in MODULES:
        raise Conflict("This contact came by a channel that carries no text: call back instead.")
    agent = tenants.agent(tenant, agent_id)
    placed, moment = rules.placed(rules.answered(contact, text, agent, now), now)
    name = f"{agent_id}:{once}" if once else str(placed.sequence)
    own_id = _id(tenant, contact_id, name)
    answer = _answer(contact, text, now, own_id=own_id, author=f"agent:{agent.id}", moment=moment)
    with transaction() as work:
        contacts.save_contact(tenant, placed, work)
        contacts.save_communication(tenant, answer, work)
        hand_over(tenant, contact, placed, now, work)
    return answer.model_copy(update={"version": 1})


def _answer(
    contact: Contact, text: str, now: datetime, *, own_id: str, author: str, moment: str
) -> Communication:
    return Communication(
        id=own_id,
        patient=contact.patient,
        contact=contact.id,
        channel=contact.channel,
        account=contact.account,
        address=contact.address,
        direction="outbound",
        kind="text",
        text=text,
        author=author,
        state="queued",
        at=now,
        moment=moment,
        due_at=now + rules.SWEEP_AFTER,
    )


def _earlier(tenant: str, agent_id: str, contact_id: str, once: str | None) -> Communication | None:
    """What this same request has stored before."""
    if once is None:
        return None
    return contacts.find_communication(tenant, _id(tenant, contact_id, f"{agent_id}:{once}"))


def _id(tenant: str, contact_id: str, name: str) -> str:
    return communication_id(tenant, "recado", contact_id, name)

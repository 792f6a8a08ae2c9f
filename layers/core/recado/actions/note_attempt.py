"""An agent has called somebody whom we missed, and says what came of it."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.follow_up import follow_up
from recado.actions.hand_over import hand_over
from recado.actions.identify import new_id
from recado.actions.load_contact import load_contact
from recado.errors import Conflict
from recado.model.contact import Contact
from recado.model.follow_up import Attempt, AttemptOutcome
from recado.rules import contacts as rules
from recado.rules.communications import communication_id
from recado.rules.follow_ups import SPOKEN
from recado.store import contacts, tenants
from recado.store.rows import transaction


def note_attempt(
    tenant: str,
    agent_id: str,
    contact_id: str,
    outcome: AttemptOutcome,
    now: datetime,
    *,
    note: str = "",
    version: int | None = None,
    once: str | None = None,
) -> Contact:
    """Keep the attempt and do what follows from it: whom nobody reached is asked for a time, and called again
    at another hour of another day, up to the clinic's number of attempts; the contact leaves the agent's
    hands until then. Whom they spoke to is theirs to settle; who booked, or declined, is settled.

    `once` is the caller's own name for this request: asked again with it, however late, nothing more happens.
    Raises NotFound, Stale, and Conflict when the contact is closed.
    """
    own_id = communication_id(tenant, "recado", contact_id, f"attempt:{agent_id}:{once or new_id('t')}")
    attempt = Attempt(id=own_id, at=now, outcome=outcome, by=f"agent:{agent_id}", note=note)
    return _note(tenant, contact_id, attempt, now, version)


@again
def _note(tenant: str, contact_id: str, attempt: Attempt, now: datetime, version: int | None) -> Contact:
    known = contacts.get_contact(tenant, contact_id)
    if known.follow_up and any(one.id == attempt.id for one in known.follow_up.attempts):
        return known
    contact = load_contact(tenant, contact_id, version)
    if contact.state == "closed":
        raise Conflict("This contact is closed.")
    agent = tenants.agent(tenant, attempt.by.removeprefix("agent:"))
    spoken = attempt.outcome in SPOKEN
    after, text = follow_up(tenant, rules.assigned(contact, agent) if spoken else contact, attempt, now)
    with transaction() as work:
        contacts.save_contact(tenant, after, work)
        if text is not None:
            contacts.save_communication(tenant, text, work)
        hand_over(tenant, contact, after, now, work)
    return after.model_copy(update={"version": contact.version + 1})

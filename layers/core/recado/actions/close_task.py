"""Nobody has to call about a visit any more: it is confirmed, off, put to another time, or has begun."""

from __future__ import annotations

from datetime import datetime

from recado.actions.hand_over import hand_over
from recado.actions.keep_visit import keep_visit
from recado.actions.load_contact import takers
from recado.errors import NotFound
from recado.model.appointment import Appointment
from recado.model.contact import Contact
from recado.rules import appointments as visits
from recado.rules import unconfirmed
from recado.store import contacts
from recado.store.rows import transaction


def close_task(tenant: str, visit: Appointment, now: datetime) -> None:
    """Take it off its contact, and close that where nothing else is left in it; its agent has a hand free.

    One transaction, which the visit's next due moment repeats until it is done. Raises Stale.
    """
    before = _contact(tenant, visit.task.contact) if visit.task else None
    after = unconfirmed.settled(before, visit, now) if before else None
    with transaction() as work:
        keep_visit(tenant, visit, visits.with_task(visit, None), now, work, over=True)
        if before is not None and after is not None and after != before:
            contacts.save_contact(tenant, after, work)
            hand_over(tenant, before, after, now, work)


def _contact(tenant: str, contact_id: str) -> Contact | None:
    """The contact that holds it by now; none: it is gone, and its people with it."""
    try:
        contact = contacts.get_contact(tenant, contact_id)
        *_, held = (contact, *takers(tenant, contact))
    except NotFound:
        return None
    return held

"""Somebody said no more in the middle of a dialogue."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.route import route
from recado.rules.dialogues import has_left, left
from recado.store import contacts


@again
def end_dialogue(tenant: str, contact_id: str, now: datetime) -> None:
    """End it, if they have had all the time that they are given; else nothing changes. What waits in the
    contact for a person is routed. Raises NotFound."""
    contact = contacts.get_contact(tenant, contact_id)
    if not has_left(contact, now):
        return
    after = left(contact, now)
    contacts.save_contact(tenant, after)
    if after.state != "closed":
        route(tenant, contact_id, now)

"""A message of before the account was connected: part of the timeline, and of nothing else."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.identify import identify
from recado.actions.introduce import introduce
from recado.actions.read_message import read_message
from recado.channels import Received
from recado.errors import Stale
from recado.model.record import iso
from recado.rules.households import Heard
from recado.rules.identity import contact_points
from recado.store import contacts
from recado.store.rows import transaction


@again
def record_past(tenant: str, received: Received, now: datetime) -> None:
    """Keep it at its own time: it opens no contact, answers nothing, and nobody has to look at it."""
    name = received.event.get("name") if received.kind == "message" else None
    message = read_message(tenant, received, now)
    at = message.provider_at or now
    sender = identify(tenant, contact_points(received.identities), Heard(name or None), at)
    moment = f"{iso(at)}#000000.{message.id}"
    update: dict[str, object] = {"at": at, "moment": moment, "patient": sender.patient}
    if received.kind == "echo":
        update |= {"direction": "outbound", "author": "staff", "state": "sent"}
        sender = sender._replace(seen=())
    try:
        with transaction() as work:
            introduce(tenant, sender, work)
            contacts.save_communication(tenant, message.model_copy(update=update), work)
    except Stale:
        if contacts.find_communication(tenant, message.id) is None:
            raise

"""A message of the clinic's that its provider tells us of: our own come back, or one typed in another app."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from recado.actions.again import again
from recado.actions.identify import identify
from recado.actions.introduce import introduce
from recado.actions.read_message import read_message
from recado.actions.record_receipt import record_receipt
from recado.channels import Received
from recado.errors import Stale
from recado.model.communication import Communication, Receipt
from recado.model.record import iso
from recado.rules import contacts as rules
from recado.rules.communications import is_on_its_way, joined, says
from recado.rules.households import Heard
from recado.rules.identity import contact_points
from recado.rules.senders import Sender
from recado.store import contacts
from recado.store.rows import transaction

LATEST: Final = 20
"""So many entries of a timeline are looked through for the message of ours that an echo repeats."""


@again
def record_echo(tenant: str, received: Received, now: datetime) -> None:
    """Our own message is sent, then; anything else was written by somebody of the clinic elsewhere.

    An echo often comes before we have stored what the send was answered, and need not name our reference:
    then it is the message to the same address with the same words that is on its way. Should one be stored
    as somebody else's all the same, settling the send takes its place (`deliver`).
    """
    line = f"{received.channel}/{received.account}/{received.sender}"
    # Who is written to need not be there.
    sender = identify(tenant, contact_points(received.identities), Heard(line=line), now)._replace(seen=())
    parked = contacts.find_receipt(tenant, received.channel, received.account, received.event["provider_id"])
    ours = _ours(tenant, received, sender, parked)
    if ours is not None:
        _record_ours(tenant, received, ours, parked, now)
    else:
        _record_staffs(tenant, received, sender, now)


def _record_ours(tenant: str, received: Received, ours: str, parked: Receipt | None, now: datetime) -> None:
    """It is tied first: whoever sent it may have died, and more will be told of it, or the same again."""
    event = received.event
    known = parked or Receipt(
        channel=received.channel, account=received.account, provider_id=event["provider_id"], at=now
    )
    if known.communication != ours:
        contacts.save_receipt(tenant, known.model_copy(update={"communication": ours}))
    error = {"code": known.error} if known.error else None
    told = {**event, "status": joined("sent", known.status or "sent"), "reference": ours, "error": error}
    record_receipt(tenant, received._replace(event=told), now)


def _ours(tenant: str, received: Received, sender: Sender, parked: Receipt | None) -> str | None:
    """Which of our communications it is; none: it did not come from us."""
    known = parked.communication if parked else None
    named = known or received.event.get("reference")
    if named and contacts.find_communication(tenant, named) is not None:
        return str(named)
    if not sender.people:
        return None
    people = dict.fromkeys((sender.patient, *(one.patient for one in sender.people)))
    found = (_on_its_way(tenant, received, one) for one in people)
    return next((one for one in found if one), None)


def _on_its_way(tenant: str, received: Received, patient: str) -> str | None:
    """The latest of ours to one of those there, with the same words, that may be what came back."""
    latest, _ = contacts.timeline(tenant, patient, limit=LATEST)
    line = f"{received.channel}/{received.account}/{received.sender}"
    said = received.event.get("text") or ""
    for one in reversed(latest):
        # A timeline is an index, which lags behind: there it may not even be claimed yet.
        if says(one, line, said):
            current = contacts.find_communication(tenant, one.id)
            if current is not None and says(current, line, said) and is_on_its_way(current):
                return current.id
    return None


def _record_staffs(tenant: str, received: Received, sender: Sender, now: datetime) -> None:
    """Kept as sent, and its author as somebody of the clinic: automatic answers stop, as after an agent's."""
    latest = None if sender.new else contacts.latest_contact(tenant, sender.holder)
    contact, moment = rules.placed(latest, now) if latest else (None, f"{iso(now)}#000000")
    message = read_message(tenant, received, now).model_copy(
        update={
            "patient": sender.patient,
            "moment": moment,
            "contact": contact.id if contact else None,
            "direction": "outbound",
            "author": "staff",
            "state": "sent",
        }
    )
    tied = _tied(tenant, message, now)
    with transaction() as work:
        introduce(tenant, sender, work)
        contacts.save_communication(tenant, message, work)
        contacts.save_receipt(tenant, tied, work)
        if contact is not None:
            contacts.save_contact(tenant, rules.answered_elsewhere(contact, message.text, now), work)


def _tied(tenant: str, message: Communication, now: datetime) -> Receipt:
    """Later receipts of it find it; what was told of it before counts.

    Raises Stale when by now it is known which message of ours it is.
    """
    provider_id = message.provider_id or ""
    parked = contacts.find_receipt(tenant, message.channel, message.account, provider_id)
    if parked is not None and parked.communication is not None:
        raise Stale
    fresh = Receipt(channel=message.channel, account=message.account, provider_id=provider_id, at=now)
    return (parked or fresh).model_copy(update={"communication": message.id})

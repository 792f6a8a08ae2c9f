"""What a provider told us of a message → the communication that it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from recado.channels import Received
from recado.model.communication import Attachment, Communication
from recado.rules.communications import communication_id
from recado.rules.contacts import SWEEP_AFTER
from recado.rules.patients import brought_by
from recado.store import contacts


def read_message(tenant: str, received: Received, now: datetime) -> Communication:
    """An inbound message, yet to be put on somebody's timeline; its id follows from the provider's."""
    event: Mapping[str, Any] = received.event
    provider_id = event["provider_id"]
    attachments = tuple(_attachment(one) for one in event.get("attachments") or ())
    is_waiting = any(one.state == "waiting" for one in attachments)
    return Communication(
        id=communication_id(tenant, received.channel, received.account, provider_id),
        patient="",
        channel=received.channel,
        account=received.account,
        address=received.sender,
        direction="inbound",
        kind=event["type"],
        original_type=event.get("original_type"),
        text=event.get("text") or "",
        author="patient",
        state="received",
        at=now,
        moment="",
        provider_id=provider_id,
        provider_at=datetime.fromisoformat(received.at) if received.at else None,
        reply_to=_quoted(tenant, received),
        payload=event.get("payload"),
        attachments=attachments,
        due_at=now + SWEEP_AFTER if is_waiting else None,
        subject=event.get("subject"),
        message_id=event.get("message_id") or None,
        automatic=bool(event.get("automatic")),
        origin=brought_by(event),
        raw=received.raw,
    )


def _quoted(tenant: str, received: Received) -> str | None:
    """Our id of the message that this one quotes: one of ours, else one of the patient's own."""
    provider_id = received.event.get("reply_to")
    if not provider_id:
        return None
    receipt = contacts.find_receipt(tenant, received.channel, received.account, provider_id)
    if receipt and receipt.communication:
        return receipt.communication
    return communication_id(tenant, received.channel, received.account, provider_id)


def _attachment(told: Mapping[str, Any]) -> Attachment:
    """A file waits at its provider to be fetched; what is told in fields of its own is all there."""
    attachment = Attachment.model_validate(told)
    is_file = bool(attachment.id or attachment.url) and attachment.state == "none"
    return attachment.model_copy(update={"state": "waiting"}) if is_file else attachment

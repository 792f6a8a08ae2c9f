"""What a provider says became of a message of ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from recado.actions.again import again
from recado.actions.record_seen import record_seen
from recado.actions.save_outcome import save_outcome
from recado.actions.save_refusal import save_refusal
from recado.channels import Received, channel
from recado.model.communication import Communication, CommunicationState, Receipt
from recado.rules.communications import joined, receipted
from recado.store import contacts

_STATES: Mapping[str, CommunicationState] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
    "failed": "failed",
}


@again
def record_receipt(tenant: str, received: Received, now: datetime) -> None:
    """Move the state of one of our messages, never backwards; an early receipt waits for its message.

    One that names no message is of all until a moment.
    """
    provider_id = received.event["provider_id"]
    if not provider_id:
        record_seen(tenant, received, _STATES[received.event["status"]], now)
        return
    receipt = contacts.find_receipt(tenant, received.channel, received.account, provider_id)
    ours = (receipt and receipt.communication) or received.event.get("reference")
    communication = contacts.find_communication(tenant, ours) if ours else None
    if communication is not None and communication.erased_at:
        return
    if communication is not None and _is_about(communication, received):
        _settle(tenant, communication, received, now)
    else:
        _park(tenant, received, receipt, now)


def _is_about(communication: Communication, received: Received) -> bool:
    """Whether a receipt may speak of it. A reference may be anybody's word: it counts on its own line only,
    and of a visitor for what was left for them."""
    line = (communication.channel, communication.account) == (received.channel, received.account)
    theirs = not channel(received.channel).TRAITS.live or communication.address == received.sender
    return communication.direction == "outbound" and line and theirs


def _told(received: Received) -> tuple[CommunicationState, str | None]:
    """The state that a receipt tells of, and what went wrong: what follows, else the provider's code."""
    error = received.event.get("error")
    return _STATES[received.event["status"]], str(error.get("outcome") or error["code"]) if error else None


def _settle(tenant: str, communication: Communication, received: Received, now: datetime) -> None:
    after = receipted(communication, *_told(received))
    if after is not communication:
        provider_id = communication.provider_id or received.event["provider_id"]
        known = after.model_copy(update={"provider_id": provider_id})
        error = received.event.get("error") or {}
        if error.get("outcome") == "opted_out":
            save_refusal(tenant, communication, known, error.get("code"), now)
        else:
            save_outcome(tenant, communication, known, now)


def _park(tenant: str, received: Received, parked: Receipt | None, now: datetime) -> None:
    """Keep a status until the send that it belongs to has told us the provider's id."""
    status, error = _told(received)
    known = parked or Receipt(
        channel=received.channel,
        account=received.account,
        provider_id=received.event["provider_id"],
        at=now,
    )
    state = joined(known.status or status, status)
    if state != known.status:
        update = {"status": state, "error": error or known.error}
        contacts.save_receipt(tenant, known.model_copy(update=update))

"""How a communication may change: states that only move forward, and identities that never change."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from recado.model.communication import Communication, CommunicationState, Purpose
from recado.model.record import iso
from recado.rules.contacts import SWEEP_AFTER, line_of
from recado.rules.reach import Route

_RANK: dict[CommunicationState, int] = {
    "queued": 0,
    "claimed": 1,
    "unknown": 2,
    "sent": 3,
    "failed": 4,
    "delivered": 5,
    "read": 6,
}
"""A later receipt may prove that something failed or unknown did arrive; nothing ever moves back."""


def communication_id(tenant: str, channel: str, account: str, provider_id: str) -> str:
    """The same event always has the same id: it is the row's key."""
    return hashlib.sha256(json.dumps([tenant, channel, account, provider_id]).encode()).hexdigest()[:26]


def outbound(
    own_id: str,
    route: Route,
    text: str,
    now: datetime,
    *,
    patient: str,
    purpose: Purpose = "conversation",
    author: str = "recado",
    contact: str | None = None,
    moment: str | None = None,
) -> Communication:
    """A message that is to be sent: delivery takes it at once, or the sweep.

    `moment` is its place on the timeline, allotted by its contact; what belongs to none has its own.
    """
    return Communication(
        id=own_id,
        patient=patient,
        contact=contact,
        channel=route.channel,
        account=route.account,
        address=route.address,
        direction="outbound",
        kind="text",
        text=text,
        author=author,
        purpose=purpose,
        state="queued",
        at=now,
        moment=moment or f"{iso(now)}#000000.{own_id}",
        due_at=now + SWEEP_AFTER,
    )


def says(communication: Communication, line: str, text: str) -> bool:
    """Whether it is a message of ours with these words on this line (`<channel>/<account>/<address>`), of
    which we do not know yet what its provider calls it."""
    same = line_of(communication) == line and communication.text.strip() == text.strip()
    return communication.direction == "outbound" and same and communication.provider_id is None


def is_on_its_way(communication: Communication) -> bool:
    """Whether we have given it to its provider, or were about to, without having heard how that went."""
    return communication.state in ("claimed", "unknown")


def route_of(communication: Communication) -> Route:
    """The line that a communication is on."""
    return Route(communication.channel, communication.account, communication.address)


def joined(one: CommunicationState, other: CommunicationState) -> CommunicationState:
    """The further of two states: order and repetition of receipts do not matter."""
    return max(one, other, key=lambda state: _RANK.get(state, -1))


def receipted(
    communication: Communication, status: CommunicationState, error: str | None = None
) -> Communication:
    """The communication after a receipt; itself when the receipt tells nothing new."""
    state = joined(communication.state, status)
    if state == communication.state:
        return communication
    return communication.model_copy(
        update={"state": state, "error": error if state == "failed" else None, "due_at": None}
    )


def went_before(communication: Communication, line: str, until: datetime) -> bool:
    """Whether it is one of ours, sent on this line (rules/contacts.py), that a receipt of all until then is
    about. What may not have gone at all is left to what the provider says of it alone."""
    on_line = line_of(communication) == line
    sent = communication.direction == "outbound" and communication.state in ("sent", "delivered")
    return on_line and sent and (communication.claimed_at or communication.at) <= until

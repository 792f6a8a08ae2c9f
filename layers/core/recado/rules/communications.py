"""How a communication may change: states that only move forward, and identities that never change."""

from __future__ import annotations

import hashlib
import json

from recado.model.communication import Communication, CommunicationState

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
    """The same event always has the same id (reliability.md F1): it is the row's key."""
    return hashlib.sha256(json.dumps([tenant, channel, account, provider_id]).encode()).hexdigest()[:26]


def joined(one: CommunicationState, other: CommunicationState) -> CommunicationState:
    """The further of two states: order and repetition of receipts do not matter (F4)."""
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

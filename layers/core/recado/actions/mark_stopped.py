"""Somebody wants no more of what we begin, and no message of ours tells them so: how it counts (K41)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.rules.caps import BEGUN
from recado.store import beginnings, contacts
from recado.store.rows import Transaction

LOOKED_BACK: Final = timedelta(days=31)
"""As long as a report is, at most: what began longer ago is not what they were tired of."""


def mark_stopped(tenant: str, patient: str, now: datetime, within: Transaction) -> None:
    """Mark the last message that we began, in the transaction in which they stop; none of late: nothing.

    That transaction raises Stale when the message changed meanwhile, as it is delivered, say.
    """
    said = beginnings.said_since(tenant, patient, now - LOOKED_BACK)
    begun = [one.id for one in said if one.direction == "outbound" and one.purpose in BEGUN]
    last = contacts.find_communication(tenant, begun[-1]) if begun else None
    if last is not None and not last.stops and last.erased_at is None:
        contacts.save_communication(tenant, last.model_copy(update={"stops": True}), within)

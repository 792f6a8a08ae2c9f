"""For what an erased person waited goes, but that somebody did."""

from __future__ import annotations

from datetime import datetime

from recado.rules.waiting import erased
from recado.store import waiting


def forget_waiting(tenant: str, record: str, now: datetime) -> int:
    """How much was found; safe to repeat. Raises Stale."""
    left = [one for one in waiting.of_patient(tenant, record) if one.erased_at is None]
    for one in left:
        waiting.save_entry(tenant, erased(one, now))
    return len(left)

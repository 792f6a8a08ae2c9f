"""What an erased person was written to about goes, but that it was."""

from __future__ import annotations

from datetime import datetime

from recado.rules.outreach import erased
from recado.store import outreach


def forget_outreach(tenant: str, record: str, now: datetime) -> int:
    """How much was found; safe to repeat. Raises Stale."""
    left = [one for one in outreach.of_patient(tenant, record) if one.erased_at is None]
    for one in left:
        outreach.save_outreach(tenant, erased(one, now))
    return len(left)

"""What an erased person said in surveys goes, but the score: it is nobody's any more."""

from __future__ import annotations

from datetime import datetime

from recado.rules.surveys import erased
from recado.store import surveys


def forget_surveys(tenant: str, record: str, now: datetime) -> int:
    """How many were found; safe to repeat. Raises Stale."""
    left = [one for one in surveys.of_patient(tenant, record) if one.erased_at is None]
    for one in left:
        surveys.save_survey(tenant, erased(one, now))
    return len(left)

"""What came of a clinic's attempts to reach people, counted anew from what its intervals hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.rules.attempts import counted
from recado.store import intervals, reachability

WINDOW: Final = timedelta(weeks=12)
"""A season: what worked before that may not any more. As many reads as it has days, once a night."""


def count_attempts(tenant: str, now: datetime) -> None:
    """Put the count of the last WINDOW in the place of the one before. Raises Unavailable."""
    totals = intervals.totals(tenant, now - WINDOW, now)
    reachability.put(tenant, counted(totals))

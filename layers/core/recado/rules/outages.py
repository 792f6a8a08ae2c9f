"""One outage, however many visits it concerned. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from recado.model.missed import Outage

ONE: Final = timedelta(hours=1)
"""What is found out this soon after another was missed in the same outage."""
NOTED: Final = timedelta(minutes=10)
"""How exactly an outage says when something was last found: not each visit has to write it."""


def with_missed(latest: Outage | None, due_at: datetime, now: datetime) -> Outage:
    """The outage in which a step was missed that was due at `due_at` and is found out now: the latest, which
    it may leave as it is, or a new one, of which nobody has heard."""
    if latest is None or now - latest.last_at > ONE:
        version = latest.version if latest else 0
        return Outage(version=version, began_at=due_at, found_at=now, last_at=now)
    earlier = min(latest.began_at, due_at)
    if earlier == latest.began_at and now - latest.last_at <= NOTED:
        return latest
    return latest.model_copy(update={"began_at": earlier, "last_at": max(now, latest.last_at)})

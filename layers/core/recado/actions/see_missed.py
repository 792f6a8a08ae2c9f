"""Somebody of the clinic has looked at the list of whom nobody reminded."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.errors import Conflict
from recado.model.missed import Outage
from recado.store import missed


@again
def see_missed(tenant: str, found_at: datetime, now: datetime, *, by: str) -> Outage:
    """Somebody of the clinic has looked at the list of this outage. Raises Conflict where a later one has
    been found meanwhile, or none is known."""
    latest = missed.outage(tenant)
    if latest is None or latest.found_at != found_at:
        raise Conflict("There is a later list.")
    if latest.seen_by:
        return latest
    seen = latest.model_copy(update={"seen_by": by, "seen_at": now})
    missed.save_outage(tenant, seen)
    return seen

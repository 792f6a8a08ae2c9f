"""A practitioner's calendar gets an address to subscribe to, or has it no more."""

from __future__ import annotations

import secrets
from datetime import datetime

from recado.actions.again import again
from recado.model.feed import Feed
from recado.rules.feeds import digest
from recado.store import feeds, schedules


@again
def open_feed(tenant: str, practitioner: str, now: datetime, *, author: str) -> str:
    """Its path, with a new secret: it is shown this once, and the one before is good no more.

    Raises NotFound for somebody whom the clinic does not have.
    """
    schedules.practitioner(tenant, practitioner)
    known = feeds.find(tenant, practitioner)
    secret = secrets.token_urlsafe(24)
    made = Feed(
        practitioner=practitioner,
        digest=digest(secret),
        created_at=now,
        created_by=author,
        version=known.version if known else 0,
    )
    feeds.put(tenant, made)
    return f"/webhooks/calendar/{tenant}/{practitioner}/{secret}.ics"


@again
def close_feed(tenant: str, practitioner: str) -> None:
    """Whoever has its address finds nothing there any more. Raises NotFound."""
    schedules.practitioner(tenant, practitioner)
    known = feeds.find(tenant, practitioner)
    if known is not None:
        feeds.remove(tenant, known)

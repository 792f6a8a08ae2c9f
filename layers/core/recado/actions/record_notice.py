"""What a provider tells of an account, of a template, or of nobody in particular."""

from __future__ import annotations

from datetime import datetime

from recado.actions.update_template import Told, update_template
from recado.channels import Received
from recado.store import unreadable


def record_notice(tenant: str, received: Received, _now: datetime) -> None:
    """A template's new state counts from now on; all else is kept, for who looks after the account."""
    event = received.event
    if event.get("template") and event.get("state"):
        told = Told(*(str(event.get(name) or "") for name in Told._fields))
        update_template(tenant, received.channel, received.account, told)
        return
    reason = f"notice: {event.get('type', '')} {event.get('name') or ''}".strip()
    unreadable.keep_event(tenant, received.channel, reason, received.raw)

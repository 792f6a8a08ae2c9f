"""A subscription rests: what is written for it is held; and goes on."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.model.notice import Line
from recado.rules import notices as rules
from recado.store import notices, subscriptions


@again
def pause_subscription(tenant: str, subscription_id: str, now: datetime, *, author: str) -> Line:
    """Send nothing until it is resumed; paused already: nothing changes. Raises NotFound."""
    subscriptions.get(tenant, subscription_id)
    line = notices.line(tenant, subscription_id)
    if line.is_paused:
        return line
    paused = rules.paused(line, now, author)
    notices.put_line(tenant, paused)
    return paused


@again
def resume_subscription(tenant: str, subscription_id: str) -> Line:
    """Send again, and forget the failures. What was held meanwhile is sent when it is replayed: see
    `replay_notices`. Raises NotFound."""
    subscriptions.get(tenant, subscription_id)
    line = notices.line(tenant, subscription_id)
    if not line.is_paused and not line.failures:
        return line
    resumed = rules.resumed(line)
    notices.put_line(tenant, resumed)
    return resumed

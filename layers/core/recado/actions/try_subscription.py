"""A test of a subscription: a notice that says nothing, on the way of all others."""

from __future__ import annotations

from datetime import datetime

from recado.actions.identify import new_id
from recado.model.notice import Notice
from recado.rules.notices import notice_id
from recado.store import notices, subscriptions


def try_subscription(tenant: str, subscription_id: str, now: datetime) -> Notice:
    """Write it; what became of it, the notice says in a moment. Raises NotFound."""
    known = subscriptions.get(tenant, subscription_id)
    made = Notice(
        id=notice_id(now, new_id("t"), 0),
        subscription=known.id,
        event="subscription.test",
        at=now,
        due_at=now,
    )
    notices.put(tenant, made)
    return made.model_copy(update={"version": 1})

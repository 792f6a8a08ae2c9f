"""The subscription that somebody wants to change, as they last saw it."""

from __future__ import annotations

from recado.errors import Stale
from recado.model.subscription import Subscription
from recado.store import subscriptions


def load_subscription(tenant: str, subscription_id: str, version: int | None) -> Subscription:
    """The subscription as it is now. Raises NotFound, and Stale when they saw another `version`."""
    known = subscriptions.get(tenant, subscription_id)
    if version is not None and version != known.version:
        raise Stale
    return known

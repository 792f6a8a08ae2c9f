"""An administrator changes where a clinic's changes go, which, or what of them."""

from __future__ import annotations

from recado.actions.load_subscription import load_subscription
from recado.actions.subscribe import Wanted
from recado.model.subscription import Subscription
from recado.rules import subscriptions as rules
from recado.store import subscriptions


def change_subscription(
    tenant: str, subscription_id: str, wanted: Wanted, version: int | None = None
) -> Subscription:
    """Store it as it is wanted from now on. What was written before goes to the new address, too, with what
    was shared when it was written. Raises NotFound, Stale, Invalid (`url`)."""
    known = load_subscription(tenant, subscription_id, version)
    changed = known.model_copy(update={**wanted._asdict(), "url": rules.address(wanted.url)})
    return changed.model_copy(update={"version": subscriptions.put(tenant, changed)})

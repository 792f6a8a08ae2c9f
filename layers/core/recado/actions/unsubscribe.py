"""A clinic has another system told of nothing more."""

from __future__ import annotations

from recado.actions.load_subscription import load_subscription
from recado.actions.subscribe import SECRETS
from recado.store import keyring, subscriptions


def unsubscribe(tenant: str, subscription_id: str, version: int | None = None) -> None:
    """Forget the subscription and destroy its secret; what is written is sent no more.

    Raises NotFound, Stale. The subscription goes first: a secret that stays behind is nobody's.
    """
    known = load_subscription(tenant, subscription_id, version)
    subscriptions.remove(tenant, known)
    keyring.drop(tenant, SECRETS, known.id)

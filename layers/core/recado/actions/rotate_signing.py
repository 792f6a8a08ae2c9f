"""A new secret for a subscription: until the rotation is finished, both sign, so that nothing is refused."""

from __future__ import annotations

from recado.actions.load_subscription import load_subscription
from recado.actions.subscribe import SECRETS
from recado.channels.subscriber import new_secret
from recado.errors import Conflict
from recado.store import keyring, subscriptions


def rotate_signing(tenant: str, subscription_id: str, version: int | None = None) -> str:
    """Make a new secret, which is shown this once.

    Raises NotFound, Stale, Conflict while a rotation is on. The row is saved first: of two who rotate at
    once, one is told that somebody was faster.
    """
    known = load_subscription(tenant, subscription_id, version)
    held = signing(tenant, known.id)
    if len(held) > 1:
        raise Conflict("Finish the rotation that is on first.")
    subscriptions.put(tenant, known)
    fresh = new_secret()
    keyring.keep_credentials(tenant, SECRETS, known.id, {"secrets": [fresh, *held]})
    return fresh


def finish_signing(tenant: str, subscription_id: str, version: int | None = None) -> None:
    """Only the newest secret signs from now on. Raises NotFound, Stale, Conflict when no rotation is on."""
    known = load_subscription(tenant, subscription_id, version)
    held = signing(tenant, known.id)
    if len(held) < 2:
        raise Conflict("No rotation is on.")
    subscriptions.put(tenant, known)
    keyring.keep_credentials(tenant, SECRETS, known.id, {"secrets": held[:1]})


def signing(tenant: str, subscription_id: str) -> list[str]:
    """The secrets that sign now, the newest first."""
    held = keyring.held(tenant, SECRETS, subscription_id).credentials or {}
    return [str(one) for one in held.get("secrets", [])]

"""A clinic gives up a channel account. What was written on it stays on the timelines."""

from __future__ import annotations

from recado.actions.load_account import load_account
from recado.store import keyring, tenants


def remove_account(tenant: str, channel: str, account_id: str, version: int | None = None) -> None:
    """Forget the account and destroy its secrets. Raises NotFound, Stale.

    The account goes first: should the secrets stay behind, nobody can use them, and adding it again
    overwrites them.
    """
    account = load_account(tenant, channel, account_id, version)
    tenants.remove_account(tenant, account)
    keyring.drop(tenant, channel, account_id)

"""The channel account that an administrator looks at, as they last saw it."""

from __future__ import annotations

from recado import channels
from recado.errors import NotFound, Stale
from recado.model.tenant import Account
from recado.store import tenants


def load_account(tenant: str, channel: str, account_id: str, version: int | None = None) -> Account:
    """The account as it is now. Raises NotFound, and Stale when the caller has seen another `version`.

    A number that only rings is no account of a channel.
    """
    if channel not in channels.MODULES:
        raise NotFound
    account = tenants.account(tenant, channel, account_id)
    if version is not None and version != account.version:
        raise Stale
    return account

"""A clinic opens a channel, for the first time or again."""

from __future__ import annotations

from datetime import datetime

from recado.actions.load_account import load_account
from recado.actions.try_account import ask_provider
from recado.model.tenant import Account
from recado.rules import accounts as rules
from recado.store import tenants


def resume_account(
    tenant: str,
    channel: str,
    account_id: str,
    base: str,
    now: datetime,
    *,
    force: bool,
    version: int | None = None,
) -> Account:
    """Open it, once its provider says that it works; `force` opens it whatever the provider says (R9). `base`
    is where providers reach us.

    Raises NotFound, Stale, Unavailable, and Conflict with what is wrong.
    """
    account = load_account(tenant, channel, account_id, version)
    trial = ask_provider(tenant, account, base, now)
    tenants.save_account(tenant, rules.opened(account, trial, force=force))
    return tenants.account(tenant, channel, account_id)

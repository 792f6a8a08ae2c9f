"""A clinic closes a channel for a while: nothing is sent, and who writes is told how else to reach it."""

from __future__ import annotations

from collections.abc import Mapping

from recado.actions.load_account import load_account
from recado.model.tenant import Account, Language
from recado.store import tenants


def pause_account(
    tenant: str,
    channel: str,
    account_id: str,
    redirect: Mapping[Language, str] | None = None,
    version: int | None = None,
) -> Account:
    """Close the channel, with these words for patients or those that it had. Raises NotFound, Stale."""
    account = load_account(tenant, channel, account_id, version)
    said = dict(account.redirect if redirect is None else redirect)
    tenants.keep_account(tenant, account.model_copy(update={"state": "paused", "redirect": said}))
    return tenants.account(tenant, channel, account_id)

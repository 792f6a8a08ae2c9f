"""A clinic opens a channel, for the first time or again."""

from __future__ import annotations

from datetime import datetime

from recado.actions.claim_account import claim_account
from recado.actions.load_account import load_account
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
    """Open it, once its provider says that it works; `force` opens it whatever the provider says (R9), if it
    has said before that the account is the clinic's. `base` is where providers reach us.

    Raises NotFound, Stale, Unavailable, Invalid for what is not allotted to the clinic, and Conflict with
    what is wrong, or when another clinic has it.
    """
    asked = claim_account(tenant, load_account(tenant, channel, account_id, version), base, now)
    tenants.keep_account(tenant, rules.opened(asked.account, asked.trial, force=force))
    return tenants.account(tenant, channel, account_id)

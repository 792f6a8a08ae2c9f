"""Try a channel account at its provider, sending nothing."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.claim_account import claim_account
from recado.actions.load_account import load_account
from recado.model.tenant import Account, Trial
from recado.store import tenants


def try_account(tenant: str, channel: str, account_id: str, base: str, now: datetime) -> Account:
    """The account, with what came of asking; it is claimed where its provider says that it is the clinic's.

    Raises NotFound, Stale, Unavailable, Invalid for what is not allotted to the clinic, and Conflict when
    another clinic has it.
    """
    asked = claim_account(tenant, load_account(tenant, channel, account_id), base, now)
    return _save(tenant, channel, account_id, asked.trial)


@again
def _save(tenant: str, channel: str, account_id: str, trial: Trial) -> Account:
    tried = load_account(tenant, channel, account_id).model_copy(update={"tested": trial})
    tenants.keep_account(tenant, tried)
    return tenants.account(tenant, channel, account_id)

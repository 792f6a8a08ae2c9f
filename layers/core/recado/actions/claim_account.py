"""A channel account becomes the clinic's once its provider says that the clinic's secrets are its own."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado import channels
from recado.actions.ask_provider import ask_provider
from recado.model.tenant import Account, Trial
from recado.rules import accounts as rules
from recado.store import tenants


class Asked(NamedTuple):
    """The account as it now is stored, and what its provider says of it."""

    account: Account
    trial: Trial


def claim_account(tenant: str, account: Account, base: str, now: datetime) -> Asked:
    """Ask the provider and, where it says so, let what is sent to the account be the clinic's; only then
    is it told our address, under `base`.

    Raises Invalid for what is not allotted to the clinic, Conflict when another clinic has it, Stale,
    Unavailable.
    """
    provider = channels.channel(account.channel).PROVIDER
    rules.refuse_unallotted(tenants.get(tenant), provider, account.id, account.settings)
    trial = ask_provider(tenant, account, base, now)
    if trial.problem not in rules.PROVES or account.wholly_claimed:
        return Asked(account, trial)
    claimed = tenants.save_account(tenant, account)
    return Asked(claimed, ask_provider(tenant, claimed, base, now))

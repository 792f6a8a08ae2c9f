"""Ask a channel account's provider whether it works, sending nothing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from recado import channels
from recado.actions.again import again
from recado.actions.load_account import load_account
from recado.actions.rotate_secrets import kept
from recado.channels import Wire, http, needs
from recado.errors import RecadoError, SendFailed
from recado.model.tenant import Account, Trial
from recado.rules import accounts as rules
from recado.store import clients, mailbox, tenants


def try_account(tenant: str, channel: str, account_id: str, now: datetime) -> Account:
    """The account, with what came of asking. Raises NotFound, Unavailable."""
    trial = ask_provider(tenant, load_account(tenant, channel, account_id), now)
    return _save(tenant, channel, account_id, trial)


@again
def _save(tenant: str, channel: str, account_id: str, trial: Trial) -> Account:
    tried = load_account(tenant, channel, account_id).model_copy(update={"tested": trial})
    tenants.save_account(tenant, tried)
    return tried.model_copy(update={"version": tried.version + 1})


def ask_provider(tenant: str, account: Account, now: datetime) -> Trial:
    """What the provider says of the account, and we of its secrets. Raises Unavailable."""
    wanted, held = kept(tenant, account)
    missing = needs.missing(wanted, held)
    if missing:
        return rules.wrong("secrets_missing", now, ", ".join(missing))
    wire = Wire(http.client(), clients.client, partial(mailbox.leave, tenant, account.id, now))
    try:
        channels.channel(account.channel).check(account.id, held.credentials, wire)
    except SendFailed as failure:
        return rules.refused(failure.outcome, str(failure), now)
    except RecadoError as error:
        return rules.wrong("unreachable", now, error.code)
    return rules.well(now)

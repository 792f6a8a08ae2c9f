"""Ask a channel account's provider whether it works, sending nothing."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from recado import channels
from recado.actions.rotate_secrets import kept
from recado.channels import Wire, needs
from recado.channels.needs import Documents, Registers
from recado.errors import RecadoError, SendFailed
from recado.model.tenant import Account, Trial
from recado.rules import accounts as rules
from recado.store import clients, mailbox


def ask_provider(tenant: str, account: Account, base: str, now: datetime) -> Trial:
    """What the provider says of the account, and we of its secrets. Raises Unavailable.

    Where it can be told, and the account is the clinic's, it is told our address first, under `base`.
    """
    wanted, held = kept(tenant, account)
    missing = needs.missing(wanted, held)
    if missing:
        return rules.wrong("secrets_missing", now, ", ".join(missing))
    # Settings are stored with the account first: what is asked for is what would be claimed.
    shown = [need.name for need in wanted if need.sends and not need.secret]
    sends = {name: account.settings[name] for name in shown if name in account.settings}
    try:
        _ask(tenant, account, Documents({**held.credentials, **sends}, held.webhook), base, now)
    except SendFailed as failure:
        return rules.refused(failure, now)
    except RecadoError as error:
        return rules.wrong("unreachable", now, error.code)
    return rules.well(now)


def _ask(tenant: str, account: Account, held: Documents, base: str, now: datetime) -> None:
    from recado.channels import http  # noqa: PLC0415 - of the API, for an administrator's seldom request

    channel = channels.channel(account.channel)
    wire = Wire(http.client(), clients.client, partial(mailbox.leave, tenant, account.id, now))
    url = rules.webhook(channel.PROVIDER, account, base)
    if account.claimed and isinstance(channel, Registers) and url:
        channel.register(held.credentials, held.webhook, url, wire)
    channel.check(account.id, held.credentials, wire)

"""New secrets for a channel account: for a while the old ones are good as well, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping

from recado import channels
from recado.actions.load_account import load_account
from recado.channels import Need, needs
from recado.channels.needs import Documents, Kept
from recado.errors import Conflict
from recado.model.tenant import Account
from recado.store import keyring, tenants


def rotate_secrets(
    tenant: str, channel: str, account_id: str, given: Mapping[str, str], version: int | None = None
) -> Account:
    """Use these from now on; what they replace stays good until the rotation is finished.

    Raises NotFound, Stale, Invalid; Conflict while another rotation is on: of three secrets one would stop
    working, and nobody could say which one the provider still uses.
    """
    account = load_account(tenant, channel, account_id, version)
    wanted, held = kept(tenant, account)
    if needs.rotating(wanted, held):
        raise Conflict("Finish the rotation that is on first.")
    fresh = needs.documents(wanted, account.settings, needs.changed(wanted, given, held), held)
    return _keep(tenant, account, fresh)


def finish_rotation(
    tenant: str, channel: str, account_id: str, keep: Kept, version: int | None = None
) -> Account:
    """Only the newest secrets are good from now on; or, where they were wrong, only the ones before.

    Raises NotFound, Stale, and Conflict when none is on.
    """
    account = load_account(tenant, channel, account_id, version)
    wanted, held = kept(tenant, account)
    return _keep(tenant, account, needs.finished(wanted, held, keep))


def kept(tenant: str, account: Account) -> tuple[tuple[Need, ...], Documents]:
    """What the account needs, and what is kept of it."""
    held = keyring.held(tenant, account.channel, account.id)
    return channels.channel(account.channel).TRAITS.needs, Documents(
        held.credentials or {}, held.webhook or {}
    )


def _keep(tenant: str, account: Account, documents: Documents) -> Account:
    """The account is saved first: of two who rotate at once, one is told that somebody was faster."""
    tenants.keep_account(tenant, account.model_copy(update={"tested": None}))
    keyring.keep(tenant, account.channel, account.id, *documents)
    return tenants.account(tenant, account.channel, account.id)

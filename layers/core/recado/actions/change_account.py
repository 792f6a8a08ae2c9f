"""An administrator changes what is no secret of a channel account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from recado import channels
from recado.actions.load_account import load_account
from recado.channels import needs
from recado.channels.needs import Documents
from recado.model.tenant import Account, Language
from recado.rules import accounts as rules
from recado.store import keyring, tenants


class Changes(NamedTuple):
    """What is to be from now on; none: as before."""

    display: str | None = None
    redirect: Mapping[Language, str] | None = None
    settings: needs.Given | None = None
    weight: int | None = None


def change_account(
    tenant: str, channel: str, account_id: str, changes: Changes, version: int | None = None
) -> Account:
    """Store the changes. Raises NotFound, Stale, Invalid."""
    account = load_account(tenant, channel, account_id, version)
    given = {name: value for name, value in changes._asdict().items() if value is not None}
    if changes.settings is not None:
        given["settings"] = dict(needs.settings(channels.channel(channel).TRAITS.needs, changes.settings))
    if changes.redirect is not None:
        given["redirect"] = {language: text for language, text in changes.redirect.items() if text}
    changed = account.model_copy(update=given)
    if changes.settings is not None:
        provider = channels.channel(channel).PROVIDER
        rules.refuse_unallotted(tenants.get(tenant), provider, account_id, changed.settings)
    tenants.keep_account(tenant, changed)
    if changes.settings is not None:
        _tell_who_verifies(tenant, changed)
    return tenants.account(tenant, channel, account_id)


def _tell_who_verifies(tenant: str, account: Account) -> None:
    """Settings lie beside the secrets, too: whoever sends or verifies reads nothing else."""
    wanted = channels.channel(account.channel).TRAITS.needs
    held = keyring.held(tenant, account.channel, account.id)
    known = Documents(held.credentials or {}, held.webhook or {})
    keyring.keep(tenant, account.channel, account.id, *needs.documents(wanted, account.settings, {}, known))

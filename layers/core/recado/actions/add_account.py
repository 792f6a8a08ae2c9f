"""A clinic takes up a channel: its account, what the provider knows it by, and the secrets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from recado import channels
from recado.actions.add_templates import add_templates
from recado.actions.identify import new_id
from recado.channels import Channel, needs
from recado.errors import Conflict, Invalid, Stale
from recado.model.tenant import Account, Language
from recado.rules import accounts as rules
from recado.store import keyring, tenants


class NewAccount(NamedTuple):
    """What an administrator fills in. `account_id` is "" where it is ours to make."""

    channel: str
    account_id: str
    display: str
    settings: needs.Given
    secrets: Mapping[str, str]
    redirect: Mapping[Language, str]
    weight: int


def add_account(tenant: str, new: NewAccount, now: datetime) -> Account:
    """Store the account, paused until it is opened, then its secrets. What is sent there is not the clinic's
    yet, unless the id is one that we make: its provider is asked when it is tried or opened.

    Raises Invalid, naming the field, and Conflict for an account that the clinic has. Where the secrets could
    not be stored, the account is there without them, and they may be given again.
    """
    channel = _channel(new.channel)
    wanted = channel.TRAITS.needs
    settings, secrets = needs.settings(wanted, new.settings), needs.secrets(wanted, new.secrets)
    account = Account(
        tenant=tenant,
        channel=new.channel,
        id=_id(channel, new.account_id),
        display=new.display,
        state="paused",
        redirect=dict(new.redirect),
        settings=dict(settings),
        weight=new.weight,
        created_at=now,
    )
    rules.refuse_unallotted(tenants.get(tenant), channel.PROVIDER, account.id, account.settings)
    store = tenants.save_account if channel.TRAITS.made_id else tenants.keep_account
    try:
        store(tenant, account)
    except Stale:
        raise Conflict("This account is there already.", field="id") from None
    keyring.keep(tenant, account.channel, account.id, *needs.documents(wanted, settings, secrets))
    add_templates(tenant, account.channel, account.id)
    return tenants.account(tenant, account.channel, account.id)


def _channel(name: str) -> Channel:
    if name not in channels.MODULES:
        raise Invalid("channel", "There is no such channel.")
    return channels.channel(name)


def _id(channel: Channel, given: str) -> str:
    if not channel.TRAITS.made_id:
        return rules.account_id(given)
    # A page of another clinic's may still send under an id that was given up: nobody may choose it again.
    if given:
        raise Invalid("id", "This channel's id is made here. Leave it out.")
    return new_id("k")

"""A clinic's channel accounts, as its administrator looks after them. Secrets go in and never come out."""

from __future__ import annotations

import os
from typing import Annotated, Literal

from pydantic import Field
from recado import channels
from recado.actions.add_account import NewAccount, add_account
from recado.actions.change_account import Changes, change_account
from recado.actions.load_account import load_account
from recado.actions.remove_account import remove_account
from recado.actions.rotate_secrets import kept
from recado.channels import needs
from recado.model.record import iso
from recado.model.tenant import Account as StoredAccount
from recado.model.tenant import Language, Trial
from recado.rules import accounts as rules
from recado.store import tenants
from typing_extensions import TypedDict

from api.answers import Moment, Page, moment, page
from api.reading import Asked, Seen
from api.resource import Call, Resource

resource = Resource(__name__)

Display = Annotated[str, Field(max_length=80, description="The number, address or name that patients know.")]
Words = Annotated[str, Field(max_length=1000)]
Redirect = Annotated[
    dict[Language, Words],
    Field(description="What whoever writes is told while the account is paused; else Recado's own words."),
]
Value = Annotated[str, Field(max_length=500)]
Settings = dict[
    Annotated[str, Field(max_length=40)],
    Value | Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=20)],
]
Secrets = dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=4000)]]
Weight = Annotated[
    int, Field(ge=0, le=100, description="Its share, where several accounts reach the same patients.")
]


class NeedOf(TypedDict):
    """Something that an account of the channel takes. `made`: where it is left out, Recado makes it."""

    name: str
    secret: bool
    required: bool
    many: bool
    made: bool


class Channel(TypedDict):
    """A channel that the clinic may take up. `made_id`: the account's id is Recado's to make."""

    channel: str
    needs: list[NeedOf]
    made_id: bool


class Test(TypedDict):
    """What its provider said when it was last asked. `problem` is a stable word, `message` says it."""

    at: Moment
    ok: bool
    problem: str
    message: str
    detail: str


class Account(TypedDict):
    """One account. `webhook` is the address to enter at the provider, where it takes one.

    `claimed`: its provider has confirmed that it is the clinic's; before, nothing sent there arrives.
    """

    channel: str
    id: str
    display: str
    state: Literal["enabled", "paused"]
    claimed: bool
    redirect: dict[Language, str]
    settings: dict[str, str | list[str]]
    weight: int
    created_at: Moment | None
    test: Test | None
    webhook: str | None
    version: int


class AccountInDetail(Account):
    """With what is known of its secrets: the names of those that are there, and of those that are missing."""

    secrets: list[str]
    missing: list[str]
    rotating: bool


class Removed(TypedDict):
    """What is no longer an account of the clinic's."""

    channel: str
    id: str


class Addition(Asked):
    """A new account. It stays paused until it is resumed."""

    channel: Annotated[str, Field(max_length=40)]
    id: Annotated[str, Field(max_length=64, description="As the provider calls it.")] = ""
    display: Display = ""
    settings: Settings = Field(default_factory=dict)
    secrets: Secrets = Field(default_factory=dict)
    redirect: Redirect = Field(default_factory=dict)
    weight: Weight = 1


class Changed(Seen):
    """What is to be different."""

    display: Display | None = None
    redirect: Redirect | None = None
    settings: Settings | None = None
    weight: Weight | None = None


def _given(settings: Settings) -> needs.Given:
    return {name: value if isinstance(value, str) else tuple(value) for name, value in settings.items()}


def shown_trial(trial: Trial) -> Test:
    """What came of a trial, as the API tells it."""
    return {
        "at": iso(trial.at),
        "ok": not trial.problem,
        "problem": trial.problem,
        "message": trial.message,
        "detail": trial.detail,
    }


def base() -> str:
    """Where providers reach us."""
    return os.environ["WEBHOOKS_URL"]


def _shown(account: StoredAccount) -> Account:
    settings = {n: v if isinstance(v, str) else list(v) for n, v in account.settings.items()}
    return {
        "channel": account.channel,
        "id": account.id,
        "display": account.display,
        "state": account.state,
        "claimed": account.claimed,
        "redirect": account.redirect,
        "settings": settings,
        "weight": account.weight,
        "created_at": moment(account.created_at),
        "test": shown_trial(account.tested) if account.tested else None,
        "webhook": rules.webhook(channels.channel(account.channel).PROVIDER, account, base()),
        "version": account.version,
    }


def in_detail(call: Call, account: StoredAccount) -> AccountInDetail:
    """An account as the API shows it to who looks after it."""
    wanted, held = kept(call.tenant, account)
    return {
        **_shown(account),
        "secrets": [need.name for need in wanted if need.secret and needs.is_set(need, held)],
        "missing": needs.missing(wanted, held),
        "rotating": needs.rotating(wanted, held),
    }


@resource.route("GET", "/channels", "list_channels", Page[Channel])
def list_channels(_call: Call) -> Page[Channel]:
    """The channels that a clinic may take up, and what an account of each takes."""
    return page([_channel(name) for name in channels.MODULES])


def _channel(name: str) -> Channel:
    traits = channels.channel(name).TRAITS
    wanted: list[NeedOf] = [
        {
            "name": need.name,
            "secret": need.secret,
            "required": not (need.optional or need.made),
            "many": need.many,
            "made": need.made,
        }
        for need in traits.needs
    ]
    return {"channel": name, "needs": wanted, "made_id": traits.made_id}


@resource.route("GET", "/accounts", "list_accounts", Page[Account])
def list_accounts(call: Call) -> Page[Account]:
    """The clinic's channel accounts."""
    known = [one for one in tenants.accounts(call.tenant) if one.channel in channels.MODULES]
    return page([_shown(one) for one in known])


@resource.route("POST", "/accounts", "add_account", AccountInDetail, status=201, body=Addition)
def create_account(call: Call, body: Addition) -> AccountInDetail:
    """Take up a channel. 409 when it is there already.

    What is sent there arrives once its provider has confirmed the account: when it is tested or resumed.
    """
    new = NewAccount(
        channel=body.channel,
        account_id=body.id,
        display=body.display,
        settings=_given(body.settings),
        secrets=body.secrets,
        redirect=body.redirect,
        weight=body.weight,
    )
    return in_detail(call, add_account(call.tenant, new, call.now))


@resource.route("GET", "/accounts/{channel}/{id}", "read_account", AccountInDetail)
def read_account(call: Call, channel: str, account: str) -> AccountInDetail:
    """One account, and which of its secrets are there."""
    return in_detail(call, load_account(call.tenant, channel, account))


@resource.route("PUT", "/accounts/{channel}/{id}", "change_account", AccountInDetail, body=Changed)
def put_account(call: Call, channel: str, account: str, body: Changed) -> AccountInDetail:
    """Change what is no secret; what is left out stays."""
    settings = None if body.settings is None else _given(body.settings)
    changes = Changes(body.display, body.redirect, settings, body.weight)
    return in_detail(call, change_account(call.tenant, channel, account, changes, body.version))


@resource.route("DELETE", "/accounts/{channel}/{id}", "remove_account", Removed)
def delete_account(call: Call, channel: str, account: str) -> Removed:
    """Give up an account, and destroy its secrets. What was written on it stays on the timelines."""
    remove_account(call.tenant, channel, account)
    return {"channel": channel, "id": account}

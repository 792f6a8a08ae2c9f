"""Clinics, their agents and channel accounts.

Two directories are the only partitions that do not start with a tenant: they are how a tenant is found.
`DIRECTORY#<channel>#<account>` answers whose an account is (see directory.py), `DIRECTORY#tenants` lists the
clinics.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from datetime import datetime
from typing import Literal

from pynamodb.expressions.condition import Condition

from recado.errors import Conflict, Misconfigured, NotFound, Stale
from recado.model.tenant import Account, Agent, HashKey, Tenant
from recado.store import directory, recent
from recado.store.rows import (
    Note,
    Row,
    Transaction,
    fields,
    key,
    load,
    named,
    record_of,
    save,
    serve,
    table_name,
    transaction,
)

CACHE_SECONDS = 60
"""How long a function may go on with settings it has read."""


SANDBOX = "--preflight"
MAX_ID = 40 - len(SANDBOX)
"""Characters of a clinic's id: its sandbox's id must be one, too (see rows.key)."""


class TenantRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


class DirectoryRow(Note):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


class AccountRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(TenantRow, DirectoryRow, AccountRow)
_cache: dict[str, tuple[float, Tenant]] = {}
_accounts: dict[str, tuple[float, list[Account]]] = {}


def forget() -> None:
    """Empty this process's cache of settings and accounts."""
    _cache.clear()
    _accounts.clear()
    directory.forget()
    recent.forget()


def get(tenant: str) -> Tenant:
    """The clinic's settings, at most a minute old. Raises NotFound."""
    held = _cache.get(tenant)
    if held and time.monotonic() - held[0] < CACHE_SECONDS:
        return held[1]
    loaded = load(TenantRow, Tenant, key(tenant, "S"), "S")
    if loaded is None:
        raise NotFound
    _cache[tenant] = (time.monotonic(), loaded)
    return loaded


def fresh(tenant: str) -> Tenant:
    """The clinic's settings as they are now: for who changes them. Raises NotFound."""
    _cache.pop(tenant, None)
    return get(tenant)


def accounts(tenant: str) -> list[Account]:
    """The clinic's channel accounts, as they are now."""
    with named():
        return [record_of(row, Account) for row in AccountRow.query(key(tenant, "A"), consistent_read=True)]


def recent_accounts(tenant: str) -> list[Account]:
    """The same, at most a minute old: for choosing a line, which happens with every message."""
    held = _accounts.get(tenant)
    if held and time.monotonic() - held[0] < CACHE_SECONDS:
        return held[1]
    loaded = accounts(tenant)
    _accounts[tenant] = (time.monotonic(), loaded)
    return loaded


def is_open(tenant: str, channel: str, account_id: str) -> bool:
    """Whether the account sends, as of at most a minute ago; one that the clinic does not have is open."""
    this = (channel, account_id)
    return all(one.enabled for one in recent_accounts(tenant) if (one.channel, one.id) == this)


def account(tenant: str, channel: str, account_id: str) -> Account:
    """One of them. Raises NotFound."""
    found = load(AccountRow, Account, key(tenant, "A"), f"{channel}#{account_id}")
    if found is None:
        raise NotFound
    return found


def everyone() -> list[str]:
    """The ids of all clinics, for the sweep."""
    with named():
        return [row.sk for row in DirectoryRow.query("DIRECTORY#tenants")]


def save_tenant(tenant: str, record: Tenant) -> None:
    """Store the clinic's settings and list it; this process goes by them at once. Raises Misconfigured for an
    id that would be a sandbox's."""
    if tenant.endswith(SANDBOX) or len(tenant) > MAX_ID:
        raise Misconfigured("A clinic's id must leave room for its sandbox's.")
    save(TenantRow(pk=key(tenant, "S"), sk="S", **fields(record)), record.version)
    _cache.pop(tenant, None)
    with named():
        DirectoryRow(pk="DIRECTORY#tenants", sk=tenant, body="{}").save()


def raise_flag(tenant: str, flag: Literal["notifies", "experiments"]) -> None:
    """The clinic has such things from now on; one that never had any does not even look. Raises Stale."""
    clinic = fresh(tenant)
    if not getattr(clinic, flag):
        save_tenant(tenant, clinic.model_copy(update={flag: True}))


def make_hash_key(tenant: str, now: datetime) -> HashKey:
    """The clinic's key for hashes, made now if there is none. Raises Stale."""
    known = get(tenant).hash_key
    if known is None:
        clinic = fresh(tenant)
        known = clinic.hash_key or HashKey(key=base64.b64encode(secrets.token_bytes(32)).decode(), since=now)
        if clinic.hash_key is None:
            save_tenant(tenant, clinic.model_copy(update={"hash_key": known}))
    return known


def sandbox(tenant: str) -> str:
    """The id under which trials of the clinic's channels are stored: apart from all that is the clinic's."""
    return f"{tenant}{SANDBOX}"


def save_sandbox(tenant: str, record: Tenant) -> None:
    """Give the clinic's sandbox these settings. It is not listed: nothing of it ever comes due."""
    apart = record.model_copy(update={"id": sandbox(tenant), "version": 0})
    body = apart.model_dump_json(exclude_none=True, exclude={"version"})
    with named():
        DirectoryRow(pk=key(sandbox(tenant), "S"), sk="S", body=body).save()


def keep_account(tenant: str, record: Account) -> None:
    """Store a channel account where its clinic looks for it. Whose it is at the channel stays as it was, but
    that a business which it no longer names is given up. Raises Stale."""
    given_up = record.business != record.claimed_business
    kept = record.model_copy(update={"claimed_business": ""}) if given_up else record
    with transaction() as work:
        work.save(_own_row(tenant, kept))
        if given_up:
            _release_business(tenant, record, work)


def save_account(tenant: str, record: Account) -> Account:
    """Store a channel account and claim it: from now on, what is sent there is the clinic's. The account as
    it is stored.

    Only for one that its provider has just said to be the clinic's, or whose id we have made.
    Raises Stale, and Conflict when another clinic has it: what is sent there would be read by the wrong one.
    """
    claimed = record.model_copy(update={"claimed": True, "claimed_business": record.business})
    free = DirectoryRow.pk.does_not_exist() | _owned_by(tenant)
    try:
        with transaction() as work:
            work.save(_own_row(tenant, claimed))
            for places in _places(claimed):
                work.save(_claim(tenant, *places), condition=free)
            if record.claimed_business != claimed.claimed_business:
                _release_business(tenant, record, work)
    except Stale:
        _refuse_anothers(tenant, claimed)
        raise
    return claimed.model_copy(update={"version": record.version + 1})


def remove_account(tenant: str, record: Account) -> None:
    """Forget a channel account; it may be another clinic's from now on. Raises Stale."""
    ours = directory.owner(record.channel, record.id) == tenant
    with transaction() as work:
        work.delete(_own_row(tenant, record))
        if ours:
            work.delete(_claim(tenant, record.channel, record.id), condition=_owned_by(tenant))
        _release_business(tenant, record, work)


def _own_row(tenant: str, record: Account) -> AccountRow:
    return AccountRow(pk=key(tenant, "A"), sk=f"{record.channel}#{record.id}", **fields(record))


def _places(record: Account) -> list[tuple[str, str]]:
    """Where a claimed account is found: by its own id and, where it has one, by its business's, which is all
    that notices of templates name."""
    own = [(record.channel, record.id)]
    shared = record.claimed_business
    return [*own, (directory.business(record.channel), shared)] if shared else own


def _claim(tenant: str, channel: str, account_id: str) -> DirectoryRow:
    body = json.dumps({"tenant": tenant}, separators=(",", ":"))
    return DirectoryRow(pk=directory.partition(channel, account_id), sk="A", body=body)


def _release_business(tenant: str, record: Account, work: Transaction) -> None:
    """Give up the business that the account was claimed with, unless another account of the clinic has it."""
    given_up = (directory.business(record.channel), record.claimed_business)
    others = [one for one in accounts(tenant) if (one.channel, one.id) != (record.channel, record.id)]
    if not record.claimed_business or any(given_up in _places(one) for one in others):
        return
    if directory.owner(*given_up) == tenant:
        work.delete(_claim(tenant, *given_up), condition=_owned_by(tenant))


def _owned_by(tenant: str) -> Condition:
    return DirectoryRow.body.startswith(f'{{"tenant":"{tenant}"')


def _refuse_anothers(tenant: str, record: Account) -> None:
    for channel, account_id in _places(record):
        if directory.owner(channel, account_id) not in (None, tenant):
            own = channel == record.channel
            raise Conflict("This account is in use.", field="id" if own else "settings.business_account")


def agents(tenant: str) -> list[Agent]:
    """The people of the front desk, as they are now."""
    with named():
        return [record_of(row, Agent) for row in TenantRow.query(key(tenant, "G"), consistent_read=True)]


def agent(tenant: str, agent_id: str) -> Agent:
    """One of them. Raises NotFound."""
    found = load(TenantRow, Agent, key(tenant, "G"), agent_id)
    if found is None:
        raise NotFound
    return found


def save_agent(tenant: str, record: Agent, within: Transaction | None = None) -> None:
    """Store an agent, alone or within a transaction. Raises Stale."""
    row = TenantRow(pk=key(tenant, "G"), sk=record.id, **fields(record))
    if within is None:
        save(row, record.version)
    else:
        within.save(row)

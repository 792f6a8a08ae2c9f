"""Clinics, their agents and channel accounts.

Two directories are the only partitions that do not start with a tenant: they are how a tenant is found.
`DIRECTORY#<channel>#<account>` answers whose an account is (see directory.py), `DIRECTORY#tenants` lists the
clinics.
"""

from __future__ import annotations

import time

from recado.errors import NotFound
from recado.model.tenant import Account, Agent, Tenant
from recado.store import directory
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
)

CACHE_SECONDS = 60
"""How long a function may go on with settings it has read (reliability.md F23: caches at most 60 s)."""


class TenantRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


class DirectoryRow(Note):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(TenantRow, DirectoryRow)
_cache: dict[str, tuple[float, Tenant]] = {}


def forget() -> None:
    """Empty this process's cache of settings and accounts."""
    _cache.clear()
    directory.forget()


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


def accounts(tenant: str) -> list[Account]:
    """The clinic's channel accounts."""
    with named():
        return [record_of(row, Account) for row in DirectoryRow.query(key(tenant, "A"), consistent_read=True)]


def everyone() -> list[str]:
    """The ids of all clinics, for the sweep."""
    with named():
        return [row.sk for row in DirectoryRow.query("DIRECTORY#tenants")]


def save_tenant(tenant: str, record: Tenant) -> None:
    """Store the clinic's settings and list it."""
    save(TenantRow(pk=key(tenant, "S"), sk="S", **fields(record)), record.version)
    with named():
        DirectoryRow(pk="DIRECTORY#tenants", sk=tenant, body="{}").save()


def save_account(tenant: str, record: Account) -> None:
    """Store a channel account where its clinic, and where the channel, looks for it."""
    body = record.model_dump_json(exclude_none=True)
    with named():
        for pk, sk in (
            (directory.partition(record.channel, record.id), "A"),
            (key(tenant, "A"), f"{record.channel}#{record.id}"),
        ):
            DirectoryRow(pk=pk, sk=sk, body=body).save()


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

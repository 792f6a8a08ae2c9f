"""The policies of types of visits: one partition of the tenants table, read as a whole, cached a minute."""

from __future__ import annotations

from recado.model.policy import Policy
from recado.model.type_policy import TypePolicy
from recado.store.recent import Recent
from recado.store.rows import Row, Transaction, fields, key, load, named, readable, save, serve, table_name


class PolicyRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(PolicyRow)


def _partition(tenant: str) -> str:
    return key(tenant, "R")


def policies(tenant: str) -> dict[str, Policy]:
    """All of a clinic's as they are now, by their types' ids."""
    with named():
        rows = list(PolicyRow.query(_partition(tenant), consistent_read=True))
    return {one.type_id: one.policy for one in readable(rows, TypePolicy).values()}


_recent = Recent(policies)


def recent(tenant: str) -> dict[str, Policy]:
    """The same, at most a minute old."""
    return _recent.of(tenant)


def find(tenant: str, type_id: str) -> TypePolicy | None:
    """One of them as it is now, or none."""
    return load(PolicyRow, TypePolicy, _partition(tenant), type_id)


def keep(tenant: str, record: TypePolicy, within: Transaction | None = None) -> None:
    """Store one, alone or within a transaction. Raises Stale."""
    save(PolicyRow(pk=_partition(tenant), sk=record.type_id, **fields(record)), record.version, within)
    _recent.drop(tenant)

"""What came of a clinic's attempts to reach people, by the part of the week: a row of the tenants table."""

from __future__ import annotations

from recado.model.reachability import Reachability
from recado.store.rows import Note, key, load, named, serve, table_name


class ReachabilityRow(Note):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(ReachabilityRow)


def get(tenant: str) -> Reachability:
    """What was counted last; nothing before the first count."""
    return load(ReachabilityRow, Reachability, key(tenant, "reachability"), "S") or Reachability()


def put(tenant: str, counted: Reachability) -> None:
    """Put a count in the place of the last one: it is a fold, and whoever counts counts all of it."""
    with named():
        ReachabilityRow(
            pk=key(tenant, "reachability"), sk="S", body=counted.model_dump_json(exclude_none=True)
        ).save()

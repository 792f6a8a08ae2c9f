"""A clinic's subscriptions (`T#t#U`), in the tenants table; at most a minute old where visits change."""

from __future__ import annotations

from recado.errors import NotFound
from recado.model.subscription import Subscription
from recado.store.recent import Recent
from recado.store.rows import Row, fields, key, load, named, readable, save, serve, table_name, transaction


class SubscriptionRow(Row):
    class Meta:
        table_name = table_name("TENANTS_TABLE")
        region = "us-east-1"


serve(SubscriptionRow)


def listing(tenant: str) -> list[Subscription]:
    """All of a clinic's, as they are now."""
    with named():
        rows = list(SubscriptionRow.query(key(tenant, "U"), consistent_read=True))
    return list(readable(rows, Subscription).values())


_recent = Recent(listing)


def recent(tenant: str) -> list[Subscription]:
    """The same, at most a minute old."""
    return _recent.of(tenant)


def find(tenant: str, subscription_id: str) -> Subscription | None:
    """One of them, or none."""
    return load(SubscriptionRow, Subscription, key(tenant, "U"), subscription_id)


def get(tenant: str, subscription_id: str) -> Subscription:
    """One of them. Raises NotFound."""
    found = find(tenant, subscription_id)
    if found is None:
        raise NotFound
    return found


def put(tenant: str, subscription: Subscription) -> int:
    """Store one; the version it then has. Raises Stale."""
    version = save(_row(tenant, subscription), subscription.version)
    _recent.drop(tenant)
    return version


def remove(tenant: str, subscription: Subscription) -> None:
    """Forget one. Raises Stale."""
    with transaction() as work:
        work.delete(_row(tenant, subscription))
    _recent.drop(tenant)


def _row(tenant: str, subscription: Subscription) -> SubscriptionRow:
    return SubscriptionRow(pk=key(tenant, "U"), sk=subscription.id, **fields(subscription))

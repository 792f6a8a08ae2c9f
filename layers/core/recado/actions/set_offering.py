"""A clinic says how it offers time that became free to those who wait for it."""

from __future__ import annotations

from recado.actions.again import again
from recado.model.tenant import Tenant
from recado.store import tenants


@again
def set_offering(tenant: str, hold_minutes: int, at_once: int) -> Tenant:
    """Store for how many minutes of open hours it is held, and how many are asked at once; other functions
    go by it within a minute. Raises NotFound."""
    changed = tenants.fresh(tenant).model_copy(
        update={"offer_hold_minutes": hold_minutes, "offer_at_once": at_once}
    )
    tenants.save_tenant(tenant, changed)
    return tenants.get(tenant)

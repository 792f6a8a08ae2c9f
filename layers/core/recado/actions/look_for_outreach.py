"""From now on patients are written to about what is no visit of theirs."""

from __future__ import annotations

from recado.actions.again import again
from recado.store import tenants


@again
def look_for_outreach(tenant: str) -> None:
    """Whoever books a visit looks whether that ends it; at a clinic that never wrote so nobody does. Others
    know within a minute."""
    clinic = tenants.fresh(tenant)
    if not clinic.reaches_out:
        tenants.save_tenant(tenant, clinic.model_copy(update={"reaches_out": True}))

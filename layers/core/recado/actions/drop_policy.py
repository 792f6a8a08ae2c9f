"""A type of visit has no policy of its own any more: the clinic's holds."""

from __future__ import annotations

from recado.actions.again import again
from recado.errors import NotFound
from recado.store import tenants


@again
def drop_policy(tenant: str, type_id: str) -> None:
    """Raises NotFound for a type that has none."""
    clinic = tenants.fresh(tenant)
    if type_id not in clinic.policies:
        raise NotFound
    left = tuple(one for one in clinic.policies if one != type_id)
    tenants.save_tenant(tenant, clinic.model_copy(update={"policies": left}))

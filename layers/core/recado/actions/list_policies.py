"""The policies of a clinic."""

from __future__ import annotations

from recado.model.type_policy import TypePolicy
from recado.store import policies, tenants


def list_policies(tenant: str) -> list[TypePolicy]:
    """The clinic's own, whose `type_id` is "", then each type's that has one, as they are now."""
    clinic = tenants.fresh(tenant)
    own = TypePolicy(type_id="", policy=clinic.reminders, version=clinic.version)
    found = [policies.find(tenant, type_id) for type_id in clinic.policies]
    return [own, *(one for one in found if one is not None)]

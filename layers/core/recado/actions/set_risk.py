"""A clinic has it reckoned which visits are likely missed, or does no more."""

from __future__ import annotations

from typing import Literal

from recado.actions.again import again
from recado.store import tenants


@again
def set_risk(tenant: str, state: Literal["off", "on"]) -> None:
    """Switch it; workers know within a minute. Visits that are at risk by then stay so."""
    clinic = tenants.fresh(tenant)
    if clinic.risk != state:
        tenants.save_tenant(tenant, clinic.model_copy(update={"risk": state}))

"""A clinic switches self-service on or off, and says what patients are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from recado.actions.again import again
from recado.model.tenant import Language, Tenant
from recado.store import tenants


class SelfService(NamedTuple):
    """As in Tenant."""

    bot: Literal["off", "on"]
    address: str = ""
    emergency: Mapping[Language, str] = {}
    review_link: str | None = None
    survey_minutes: int | None = None
    hosted_intents: Literal["off", "on"] | None = None
    result_hosts: tuple[str, ...] | None = None
    """None, of these four: as it was."""


@again
def set_self_service(tenant: str, wanted: SelfService) -> Tenant:
    """Store it; other functions go by it within a minute. Raises NotFound."""
    changes: dict[str, object] = {"bot": wanted.bot, "address": wanted.address}
    changes["emergency"] = dict(wanted.emergency)
    names = ("review_link", "survey_minutes", "hosted_intents", "result_hosts")
    kept = {name: getattr(wanted, name) for name in names}
    changes |= {name: value for name, value in kept.items() if value is not None}
    changed = tenants.fresh(tenant).model_copy(update=changes)
    tenants.save_tenant(tenant, changed)
    return tenants.get(tenant)

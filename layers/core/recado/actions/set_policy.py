"""When a clinic reminds, and how, as its administrator wants it."""

from __future__ import annotations

from recado.actions.again import again
from recado.actions.check_policy import check_policy
from recado.errors import NotFound, Stale
from recado.model.policy import Policy
from recado.model.type_policy import TypePolicy
from recado.store import policies, schedules, tenants


@again
def set_policy(tenant: str, type_id: str | None, policy: Policy, *, version: int | None = None) -> TypePolicy:
    """Store the policy of a type of visit, or the clinic's own (`type_id` none). It holds for visits as they
    are booked or moved next; steps that are planned keep their moment, and say what it says by then.

    Raises Invalid that names a field, NotFound for a type that the clinic does not have, Stale when it is not
    at the caller's `version` any more.
    """
    kept = check_policy(policy)
    clinic = tenants.fresh(tenant)
    if type_id is None:
        if version not in (None, clinic.version):
            raise Stale
        tenants.save_tenant(tenant, clinic.model_copy(update={"reminders": kept}))
        return TypePolicy(type_id="", policy=kept, version=clinic.version + 1)
    if type_id not in schedules.practice(tenant).types:
        raise NotFound
    before = policies.find(tenant, type_id)
    # What was dropped left its row behind, which nobody sees.
    seen = before.version if before and type_id in clinic.policies else 0
    if version not in (None, seen):
        raise Stale
    record = TypePolicy(type_id=type_id, policy=kept, version=before.version if before else 0)
    policies.keep(tenant, record)
    if type_id not in clinic.policies:
        # The list alone says that it holds: a crash before this leaves the clinic's own, and the same again
        # puts it right.
        named = tuple(sorted({*clinic.policies, type_id}))
        tenants.save_tenant(tenant, clinic.model_copy(update={"policies": named}))
    return record.model_copy(update={"version": record.version + 1})

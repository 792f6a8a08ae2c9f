"""Which policy holds for a visit, or for whatever is of this type?"""

from __future__ import annotations

from recado.model.appointment import Appointment
from recado.model.policy import Policy
from recado.store import tenants


def find_policy(tenant: str, type_id: str | None = None, visit: Appointment | None = None) -> Policy:
    """The type's own policy, else the clinic's, with the days on which it is closed; at most a minute old.

    `visit`: it may be one of an experiment's, which then says its steps.
    """
    clinic = tenants.get(tenant)
    found = clinic.reminders
    if type_id in clinic.policies:
        from recado.store import policies  # noqa: PLC0415 - few clinics have more than one

        found = policies.recent(tenant).get(type_id or "", found)
    if visit is not None and clinic.experiments:
        from recado.rules.experiments import policy_for  # noqa: PLC0415 - few clinics have ever tried one
        from recado.store import experiments  # noqa: PLC0415

        found = policy_for(tenant, found, experiments.recent(tenant), visit)
    return found.model_copy(update={"closed_days": clinic.closed_days}) if clinic.closed_days else found

"""Somebody is not reminded of their medication any more."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.set_medication import plan_id
from recado.model.outreach import Outreach
from recado.rules.outreach import stopped
from recado.store import outreach, patients


@again
def stop_medication(tenant: str, patient_id: str, now: datetime) -> Outreach:
    """End it; what has ended stays as it is. Raises NotFound."""
    before = outreach.get_outreach(tenant, plan_id(tenant, patients.get(tenant, patient_id)))
    if before.state != "open":
        return before
    after = stopped(before, "stopped", now)
    outreach.save_outreach(tenant, after)
    return after.model_copy(update={"version": before.version + 1})

"""How a trial of a clinic's channels goes."""

from __future__ import annotations

from datetime import datetime

from recado.rules.preflight import Verdict, verdict
from recado.store import contacts, preflights, tenants


def follow_preflight(tenant: str, preflight_id: str, now: datetime) -> Verdict:
    """What is known by now, from what the sandbox has stored. Raises NotFound."""
    run = preflights.get(tenant, preflight_id)
    apart = tenants.sandbox(tenant)
    wanted = [probe.communication for probe in run.probes if probe.communication]
    found = {name: contacts.find_communication(apart, name) for name in wanted}
    return verdict(run, {name: one for name, one in found.items() if one is not None}, now)

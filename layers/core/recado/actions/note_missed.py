"""What came too late goes on the clinic's list, and the clinic is told once of each outage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recado.model.appointment import Appointment, Reminder
from recado.model.missed import Missed
from recado.rules.outages import with_missed
from recado.store import missed as store
from recado.store.rows import Transaction


def note_missed(
    tenant: str, visit: Appointment, steps: Sequence[Reminder], now: datetime, within: Transaction
) -> None:
    """In the transaction in which the visit says that these steps are skipped: it raises Stale where another
    visit is just being told to be the first of the outage."""
    for step in steps:
        known = {"appointment": visit.id, "schedule": visit.schedule, "step": step.step}
        record = Missed(**known, due_at=step.due_at, reason=step.reason or "", at=now)
        store.note(tenant, record, within)
    latest = store.outage(tenant)
    outage = with_missed(latest, min(one.due_at for one in steps), now)
    if outage != latest:
        store.save_outage(tenant, outage, within)

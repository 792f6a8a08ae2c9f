"""What became of a visit was noted by mistake."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.keep_visit import keep_visit
from recado.actions.load_appointment import load_appointment
from recado.model.appointment import Appointment
from recado.rules import appointments as rules
from recado.rules.attendance import reopened
from recado.store.rows import transaction


@again
def reopen_appointment(
    tenant: str, appointment_id: str, now: datetime, *, author: str, version: int | None = None
) -> Appointment:
    """Book a visit again as it was, within a day of its outcome being noted.

    Booked already: nothing changes. Raises NotFound, Conflict where it may not be (rules.attendance), and
    Stale when the visit is not at the caller's `version` any more.
    """
    visit = load_appointment(tenant, appointment_id, version)
    if visit.status == "booked":
        return visit
    after = rules.touched(reopened(visit, now), "reopened", now, author)
    with transaction() as work:
        keep_visit(tenant, visit, after, now, work)
    return after.model_copy(update={"version": visit.version + 1})

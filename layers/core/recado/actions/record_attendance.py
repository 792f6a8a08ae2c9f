"""The front desk notes who came, who was seen, and who did not come."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.keep_visit import keep_visit
from recado.actions.load_appointment import load_appointment
from recado.actions.tell import withdraw
from recado.model.appointment import Appointment
from recado.rules import appointments as rules
from recado.rules.attendance import Outcome, noted
from recado.rules.reminders import followed_up
from recado.store import patients
from recado.store.outreach import save_outreach
from recado.store.rows import transaction


@again
def record_attendance(
    tenant: str,
    appointment_id: str,
    outcome: Outcome,
    now: datetime,
    *,
    author: str,
    version: int | None = None,
) -> Appointment:
    """Note what became of a visit; what was to be sent or was asked about it is withdrawn, and what follows
    a visit that took place is planned; who missed it is offered another time, once.

    Noted already: nothing changes. Raises NotFound, Conflict where it may not be (rules.attendance), and
    Stale when the visit is not at the caller's `version` any more.
    """
    visit = load_appointment(tenant, appointment_id, version)
    if visit.status == outcome:
        return visit
    after = rules.touched(noted(visit, outcome, now), outcome, now, author)
    if outcome == "fulfilled":
        after = followed_up(after, find_policy(tenant, visit.type_id, visit), now)
    rebooking = None
    if outcome == "noshow":
        from recado.actions.offer_rebooking import offer_rebooking  # noqa: PLC0415 - few visits are missed

        rebooking = offer_rebooking(tenant, after, now)
    with transaction() as work:
        keep_visit(tenant, visit, after, now, work)
        withdraw(tenant, visit, outcome, work)
        patients.settle_question(tenant, visit.contact_point, visit.id, work)
        if rebooking is not None:
            save_outreach(tenant, rebooking, work)
    return after.model_copy(update={"version": visit.version + 1})

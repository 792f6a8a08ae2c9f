"""The clinic calls a visit off."""

from __future__ import annotations

from datetime import datetime

from recado.actions.again import again
from recado.actions.keep_visit import keep_visit
from recado.actions.load_appointment import load_appointment
from recado.actions.tell import consents, tell, withdraw
from recado.model.appointment import Appointment
from recado.rules import appointments as rules
from recado.store import patients
from recado.store.rows import Transaction, transaction


@again
def cancel_appointment(
    tenant: str, appointment_id: str, now: datetime, *, author: str, version: int | None = None
) -> Appointment:
    """Cancel a booked visit: withdraw what was to be sent or was asked about it, and tell the patient.

    The patient of a visit that has begun is not told. Cancelled already: nothing changes. Raises NotFound,
    Conflict for a visit that took place or was missed, and Stale when it is not at the caller's `version`.
    """
    appointment = load_appointment(tenant, appointment_id, version)
    if appointment.status == "cancelled":
        return appointment
    cancelled = rules.touched(rules.cancelled(appointment), "cancelled", now, author)
    told = now < appointment.start and consents(tenant, appointment)
    with transaction() as work:
        call_off(tenant, appointment, cancelled, now, work)
        if told:
            patients.check_consent(tenant, appointment.patient, "care", work)
            tell(tenant, cancelled, "cancelled_by_clinic", now, work)
    return cancelled.model_copy(update={"version": appointment.version + 1})


def call_off(
    tenant: str, before: Appointment, cancelled: Appointment, now: datetime, within: Transaction
) -> None:
    """Save a visit as cancelled, whoever cancelled it, with all that hangs on it."""
    keep_visit(tenant, before, cancelled, now, within)
    withdraw(tenant, before, "cancelled", within)
    patients.settle_question(tenant, before.contact_point, before.id, within)

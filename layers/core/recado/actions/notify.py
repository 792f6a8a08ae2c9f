"""A visit changes, and whoever subscribed is told: notices are in the transaction of the change itself."""

from __future__ import annotations

from datetime import datetime

from recado.model.appointment import Appointment
from recado.model.notice import Notice
from recado.model.subscription import Event, Subscription
from recado.rules import notices as rules
from recado.rules.fhir.appointments import resource
from recado.store import notices, subscriptions
from recado.store.rows import Transaction


def notify(
    tenant: str, before: Appointment | None, after: Appointment, now: datetime, within: Transaction
) -> None:
    """Write a notice for each subscription that wants to hear of this change.

    `after` is as it is saved by the same transaction. Only for a clinic that has ever subscribed to anything
    (`Tenant.notifies`): all others pay nothing.
    """
    event = rules.event_of(before, after)
    if event is None:
        return
    for one in subscriptions.recent(tenant):
        if rules.wanted(one, event):
            notices.put(tenant, _notice(one, event, after, now), within)


def _notice(subscription: Subscription, event: Event, after: Appointment, now: datetime) -> Notice:
    """What one subscriber is told of a visit that is about to be saved, and so has its next version."""
    saved = after.model_copy(update={"version": after.version + 1})
    patients = any(field.startswith("patient") for field in subscription.fields)
    return Notice(
        id=rules.notice_id(now, after.id, saved.version),
        subscription=subscription.id,
        event=event,
        appointment=after.id,
        appointment_version=saved.version,
        patient=after.patient if patients else None,
        resource=resource(saved, subscription.fields),
        at=now,
        due_at=now,
    )

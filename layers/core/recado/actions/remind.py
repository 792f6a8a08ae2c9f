"""What is due → exactly one reminder for each visit, schedule and step; or none, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.keep_visit import keep_visit
from recado.actions.tell import about
from recado.actions.zones import TZ_VERSION
from recado.errors import Busy, RecadoError, Stale, Unavailable
from recado.model.appointment import Appointment, Reminder
from recado.model.communication import Communication
from recado.model.policy import Policy
from recado.rules import appointments as rules
from recado.rules import plans
from recado.rules.reminders import Verdict, decide, text_of
from recado.store import appointments, contacts, patients
from recado.store.rows import Transaction, transaction

PAGE = 100


class Reminded(NamedTuple):
    """What became of a page of due appointments."""

    due: int
    sent: int
    failed: tuple[str, ...]
    """Appointments that could not be seen to; they stay due."""
    next: Mapping[str, Any] | None
    """Where the next page begins; none: that was all."""
    unreadable: tuple[str, ...] = ()
    """Appointments that this version cannot read; they stay due."""


def remind(tenant: str, now: datetime, after: Mapping[str, Any] | None = None) -> Reminded:
    """See to a page of a clinic's due appointments, longest overdue first; ask on with `next`.

    Safe to call twice, late, and by two at once: each reminder is one transaction with the appointment that
    it is about. One appointment's failure does not stop the others. Raises Unavailable.
    """
    page = appointments.due(tenant, now, PAGE, after)
    sent, failed = 0, []
    for appointment in page.appointments:
        try:
            sent += _see_to(tenant, appointment, now)
        except RecadoError as error:
            if isinstance(error, Unavailable) and not isinstance(error, Busy):
                raise
            failed.append(appointment.id)
    due = len(page.appointments) + len(page.unreadable)
    return Reminded(due, sent, tuple(failed), page.following, page.unreadable)


def _see_to(tenant: str, appointment: Appointment, now: datetime) -> bool:
    """First by what the page says, which is nearly always so; the transaction refuses it where it is not."""
    try:
        return _remind(tenant, appointment, now, opted_out=False)
    except (Stale, Busy):
        return _reload_and_remind(tenant, appointment.id, now)


@again
def _reload_and_remind(tenant: str, appointment_id: str, now: datetime) -> bool:
    appointment = appointments.get(tenant, appointment_id)
    opted_out = "care" in patients.get(tenant, appointment.patient).opted_out
    return _remind(tenant, appointment, now, opted_out=opted_out)


def _remind(tenant: str, appointment: Appointment, now: datetime, *, opted_out: bool) -> bool:
    """Whether a reminder was written. Raises Stale when the visit or the patient's consent is otherwise."""
    policy = find_policy(tenant, appointment.type_id)
    current = rules.rezoned(appointment, policy, TZ_VERSION, now)
    verdict = decide(current, policy, now, opted_out=opted_out)
    if verdict.appointment == appointment:
        return False
    if verdict.send is None and current.start == appointment.start:
        keep_visit(tenant, appointment, verdict.appointment, now)
        return False
    message, after = None, verdict.appointment
    if verdict.send is not None:
        message = _message(tenant, verdict, verdict.send, policy, now)
        after = rules.touched(after, "reminded", now, "recado", message.channel)
    with transaction() as work:
        # Another tz database moves it: its time is its own whatever else was booked there meanwhile.
        keep_visit(tenant, appointment, after, now, work, over=True)
        if message is not None:
            _write(tenant, after, message, now, work)
    return message is not None


def _message(
    tenant: str, verdict: Verdict, planned: Reminder, policy: Policy, now: datetime
) -> Communication:
    appointment, step = verdict.appointment, plans.step_of(policy, planned)
    message = about(tenant, appointment, step.name, text_of(appointment, step, planned), now)
    return message.model_copy(update={"purpose": "reminder", "not_after": verdict.not_after})


def _write(
    tenant: str, appointment: Appointment, message: Communication, now: datetime, within: Transaction
) -> None:
    """The reminder, the question that it asks, and the condition that the patient still takes it."""
    contacts.save_communication(tenant, message, within)
    patients.ask(tenant, appointment.contact_point, rules.question(appointment, message.id, now), within)
    patients.check_consent(tenant, appointment.patient, "care", within)

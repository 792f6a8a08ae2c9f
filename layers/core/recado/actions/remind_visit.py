"""A visit is due: its message goes, a person is asked to call, or neither, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.actions.again import again
from recado.actions.find_policy import find_policy
from recado.actions.keep_visit import keep_visit
from recado.actions.route_step import route_step
from recado.actions.tell import about
from recado.actions.wait_for_caps import wait_for_caps
from recado.actions.zones import TZ_VERSION
from recado.channels import OUTWARD
from recado.errors import Busy, Stale
from recado.model.appointment import Appointment, Reminder
from recado.model.communication import Communication
from recado.model.patient import Patient
from recado.model.policy import Policy, Step
from recado.rules import appointments as rules
from recado.rules import plans
from recado.rules.consent import needed
from recado.rules.reminders import Verdict, decide, held, is_settled, skipped, text_of
from recado.store import appointments, contacts, patients, tenants
from recado.store.rows import Transaction, transaction


def remind_visit(tenant: str, appointment: Appointment, now: datetime, told: set[str]) -> bool:
    """Whether a message was written; to `told` its patient is added then.

    First by what the caller has read, which is nearly always so; the transaction refuses it where it is not.
    Raises Stale or Busy when others were faster every time.
    """
    try:
        sent = _remind(tenant, appointment, now)
    except (Stale, Busy):
        sent = _reload_and_remind(tenant, appointment.id, now)
    if sent:
        told.add(appointment.patient)
    return sent


@again
def _reload_and_remind(tenant: str, appointment_id: str, now: datetime) -> bool:
    appointment = appointments.get(tenant, appointment_id)
    return _remind(tenant, appointment, now, patients.get(tenant, appointment.patient))


class _Due(NamedTuple):
    """A visit that is due: as it is stored, as it is by this tz database, and what becomes of its steps."""

    before: Appointment
    current: Appointment
    verdict: Verdict
    policy: Policy
    patient: Patient | None
    """Whose it is; none: nobody has looked, and they take care, and have one record, as most do."""


def _remind(tenant: str, appointment: Appointment, now: datetime, patient: Patient | None = None) -> bool:
    """Raises Stale when the visit or the patient is otherwise, or somebody has to look at them first."""
    if is_settled(appointment, now):
        from recado.actions.close_task import close_task  # noqa: PLC0415 - few visits need a call

        close_task(tenant, appointment, now)
        return False
    policy = _policy(tenant, appointment)
    current = rules.rezoned(appointment, policy, TZ_VERSION, now)
    verdict = decide(current, policy, now, unwanted=patient.unwanted if patient else ())
    due = _Due(appointment, current, verdict, policy, patient)
    if due.verdict.send is None:
        _keep(tenant, due, due.verdict.appointment, now)
        return False
    step = plans.step_of(policy, due.verdict.send)
    if patient is None and needed(step.purpose) == "marketing":
        raise Stale  # whom a team looks after gets no offers, and only their own row says so
    if step.by == "person":
        from recado.actions.ask_to_call import ask_to_call  # noqa: PLC0415 - few visits need a call

        ask_to_call(tenant, appointment, due.verdict.appointment, now)
        return False
    return _send(tenant, due, due.verdict.send, now)


def _policy(tenant: str, visit: Appointment) -> Policy:
    """The policy that holds, and now, where the visit has a step that is younger than what is remembered."""
    policy = find_policy(tenant, visit.type_id, visit)
    if not plans.is_of_another(policy, visit.reminders):
        return policy
    tenants.forget()
    return find_policy(tenant, visit.type_id, visit)


def _send(tenant: str, due: _Due, planned: Reminder, now: datetime) -> bool:
    """Unless the patient has had enough for now."""
    policy, step = due.policy, plans.step_of(due.policy, planned)
    if refused := _refused(tenant, due, step.purpose, now):
        _keep(tenant, due, skipped(due.current, planned, refused), now)
        return False
    shares = due.patient is not None and due.patient.shares
    free_from = wait_for_caps(tenant, due.before.patient, policy.caps, step.purpose, now, shares=shares)
    if free_from > now:
        _keep(tenant, due, held(due.current, policy, step.name, free_from), now)
        return False
    message = _message(tenant, due, planned, now)
    after = rules.touched(due.verdict.appointment, "reminded", now, "recado", message.channel)
    with transaction() as work:
        _save(tenant, due, after, now, work)
        contacts.save_communication(tenant, message, work)
        if step.purpose == "reminder":
            question = rules.question(after, message.id, now)
            patients.ask(tenant, after.contact_point, question, work)
        if step.purpose == "survey":
            from recado.actions.ask_survey import ask_survey  # noqa: PLC0415 - few steps are surveys
            from recado.rules.surveys import asked  # noqa: PLC0415 - as few

            ask_survey(tenant, asked(after, message, now), now, work)
        patients.check_consent(tenant, after.patient, needed(step.purpose) or "care", work, alone=not shares)
    return True


def _refused(tenant: str, due: _Due, purpose: str, now: datetime) -> str | None:
    """Why nobody is asked or invited after this visit; none: they are."""
    if purpose == "survey":
        from recado.actions.ask_survey import was_asked  # noqa: PLC0415 - few steps are surveys

        return "asked_lately" if was_asked(tenant, due.before.patient, due.policy, now) else None
    if purpose == "review":
        from recado.actions.withhold_review import withhold_review  # noqa: PLC0415 - as few

        return withhold_review(tenant, due.before.patient, due.policy, now)
    return None


def _message(tenant: str, due: _Due, planned: Reminder, now: datetime) -> Communication:
    step, visit = plans.step_of(due.policy, planned), due.verdict.appointment
    if due.policy.language:
        visit = visit.model_copy(update={"language": due.policy.language})
    route = route_step(tenant, visit, step, now) if step.channels or step.by == "other_channel" else None
    key, words = text_of(visit, step, planned), due.policy.words
    message = about(tenant, visit, step.name, key, now, route=route, words=words)
    if message.channel in OUTWARD:
        message = _call(tenant, due, step, message)
    return message.model_copy(update={"purpose": step.purpose, "not_after": due.verdict.not_after})


def _call(tenant: str, due: _Due, step: Step, message: Communication) -> Communication:
    """A call of ours, in the clinic's own words where it has some: where it comes to nothing, and stood for a
    way not tried before, none of those is tried again."""
    from recado.actions.route_step import gone_by  # noqa: PLC0415 - few reminders are calls
    from recado.rules.spoken import reworded  # noqa: PLC0415

    tried = gone_by(tenant, due.before) if step.by == "other_channel" else ()
    return reworded(message, due.policy.words).model_copy(update={"tried": tried})


def _keep(tenant: str, due: _Due, after: Appointment, now: datetime) -> None:
    """The visit as it was judged, where nothing goes."""
    if after == due.before:
        return
    if after.start == due.before.start and not plans.newly_missed(
        due.policy, due.current.reminders, after.reminders
    ):
        keep_visit(tenant, due.before, after, now)
        return
    with transaction() as work:
        _save(tenant, due, after, now, work)


def _save(tenant: str, due: _Due, after: Appointment, now: datetime, within: Transaction) -> None:
    """The visit, and what of it came too late on the clinic's list. Another tz database moves it: its time is
    its own whatever else was booked there meanwhile."""
    keep_visit(tenant, due.before, after, now, within, over=True)
    if missed := plans.newly_missed(due.policy, due.current.reminders, after.reminders):
        from recado.actions.note_missed import note_missed  # noqa: PLC0415 - after an outage only

        note_missed(tenant, after, missed, now, within)

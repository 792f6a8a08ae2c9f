"""When a patient is reminded of a visit. Pure: `plan` when it is put to a time, `decide` when a step is due.

No reminder goes out in quiet hours, twice, after a later one is due, or once the visit has begun.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.model.appointment import Appointment, Reminder
from recado.model.policy import Policy, Step
from recado.rules import plans
from recado.rules.plans import Frame
from recado.rules.quiet import narrower

NEAR = timedelta(hours=48)
"""A reminder this long before the visit, or less, speaks of it as near."""


class Verdict(NamedTuple):
    """The appointment after its due steps were judged; the one to send now, and until when it may go."""

    appointment: Appointment
    send: Reminder | None
    not_after: datetime


def plan(policy: Policy, start: datetime, timezone: str, now: datetime) -> tuple[Reminder, ...]:
    """The steps before a visit, first one first: see `plans.plan`."""
    before = [step for step in policy.steps if step.minutes < 0]
    return plans.plan(policy, before, Frame(start, timezone), now)


def followed_up(appointment: Appointment, policy: Policy, now: datetime) -> Appointment:
    """A visit that has taken place, with the steps that come after it; planned once for each schedule.

    That it has is often noted hours later: what was due meanwhile is due still, as what a sweep has missed.
    """
    names = {one.step for one in appointment.reminders}
    after = [step for step in policy.steps if step.minutes >= 0 and step.name not in names]
    frame = Frame(appointment.start, appointment.timezone)
    since = min(now, appointment.start)
    planned = plans.plan(narrower(policy, appointment.quiet), after, frame, since)
    return with_reminders(appointment, (*appointment.reminders, *planned))


def decide(
    appointment: Appointment, policy: Policy, now: datetime, *, unwanted: Collection[str] = ()
) -> Verdict:
    """What becomes of each step that is due: see `plans.judge`."""
    if all(one.state != "planned" or one.due_at > now for one in appointment.reminders):
        return Verdict(appointment, None, now)
    policy = narrower(policy, appointment.quiet)
    judged = plans.judge(policy, appointment.reminders, frame(appointment), now, unwanted=unwanted)
    return Verdict(with_reminders(appointment, judged.steps), judged.send, judged.not_after)


def held(appointment: Appointment, policy: Policy, step: str, until: datetime) -> Appointment:
    """The visit whose step may only go from `until` on, since the patient has had enough for now."""
    own = narrower(policy, appointment.quiet)
    before, around = appointment.reminders, frame(appointment)
    steps = plans.put_off(own, before, around, step, until=until, reason="cap")
    return with_reminders(appointment, steps)


def skipped(appointment: Appointment, step: Reminder, reason: str) -> Appointment:
    """The visit, one step of which does not go after all."""
    steps = [plans.skipped(one, reason) if one.step == step.step else one for one in appointment.reminders]
    return with_reminders(appointment, steps)


def frame(appointment: Appointment) -> Frame:
    """What a visit's steps are planned around: those before it while it is booked, then those after it."""
    return Frame(
        appointment.start,
        appointment.timezone,
        before=appointment.status == "booked",
        after=appointment.status == "fulfilled",
        confirmed=appointment.confirmation == "confirmed",
        at_risk=appointment.at_risk,
    )


def with_reminders(appointment: Appointment, reminders: Sequence[Reminder]) -> Appointment:
    """The appointment with these steps, due when the next of them is, or its task is settled."""
    planned = appointment.model_copy(update={"reminders": tuple(reminders)})
    due = [one for one in (plans.next_due(reminders), _task_due(planned)) if one]
    return planned.model_copy(update={"due_at": min(due, default=None)})


def is_settled(appointment: Appointment, now: datetime) -> bool:
    """Whether nobody has to call about it any more: it is answered, put to another time, off, or begun."""
    due = _task_due(appointment)
    return due is not None and due <= now


def _task_due(appointment: Appointment) -> datetime | None:
    """When the task of a visit is to be taken off the list: at once when it is settled, else at its start."""
    task = appointment.task
    if task is None:
        return None
    asked = appointment.status == "booked" and appointment.confirmation == "none"
    open_still = asked and task.schedule == appointment.schedule
    return appointment.start if open_still else appointment.created_at


def text_of(appointment: Appointment, step: Step, reminder: Reminder) -> str:
    """The key of what a step says: its own text, else one for days ahead, for a visit that is near, and for
    one of today that is not confirmed."""
    return key_of(step, appointment.start - reminder.due_at)


def key_of(step: Step, ahead: timedelta) -> str:
    """The same, for a step that is due so long before the visit."""
    if step.text:
        return step.text
    if step.only == "unconfirmed":
        return "reminder_3h"
    return "reminder_72h" if ahead > NEAR else "reminder_24h"

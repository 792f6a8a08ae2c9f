"""When a patient is reminded. Pure: `plan` when a visit is put to a time, `decide` when a reminder is due.

No reminder goes out in quiet hours, twice, after a later one is due, or once the visit has begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple

from recado.model.appointment import Appointment, Reminder
from recado.model.patient import Quiet
from recado.model.tenant import ReminderPolicy
from recado.rules import times

BEFORE_QUIET = timedelta(hours=1)
"""A reminder moved to before quiet hours goes out this long before them, so that sending has time."""

LATEST = timedelta(hours=13)
"""A reminder later than this is not sent (F17): what an evening missed may still go next morning."""

NEAR = timedelta(hours=48)
"""A reminder this long before the visit, or less, speaks of it as near."""

MOMENT = timedelta(seconds=1)


class Verdict(NamedTuple):
    """The appointment after its due reminders were judged; the one to send now, and until when it may go."""

    appointment: Appointment
    send: Reminder | None
    not_after: datetime


def plan(policy: ReminderPolicy, start: datetime, timezone: str, now: datetime) -> tuple[Reminder, ...]:
    """The ladder of reminders of a visit, first one first.

    Each is due so many hours before the start by the clock on the wall (24 hours before 9:30 is 9:30, also
    when the clocks change between). Due in quiet hours, it moves to their nearest end: the moment that they
    end, or an hour before they begin; always before the start, and not into the past where there is a choice.
    A step that is past, that quiet hours leave no moment, or that would come no earlier than the next one,
    is skipped.
    """
    local = times.wall(start, timezone)
    steps = sorted(policy.steps, key=lambda step: step.hours_before, reverse=True)
    ladder = []
    for step in steps:
        due = times.instant(local - timedelta(hours=step.hours_before), timezone)
        ends = [one for one in _awake(policy, due, timezone) if one < start]
        ahead = [one for one in ends if one > now]
        ladder.append(_planned(step.name, due, ahead or ends))
    return tuple(_unless_past(reminder, now) for reminder in _in_order(ladder))


def narrower(policy: ReminderPolicy, quiet: Quiet | None) -> ReminderPolicy:
    """The clinic's policy for a patient with quiet hours of their own: the longest stretch of the day that
    both leave. Where they leave none, the patient's hours count."""
    if quiet is None or quiet.begins == quiet.ends:
        return policy
    own = policy.model_copy(update={"quiet_from": quiet.begins, "quiet_until": quiet.ends})
    if policy.quiet_from == policy.quiet_until:
        return own
    ends = (policy.quiet_until, own.quiet_until)
    free = [one for one in ends if not any(_covers(by, time.fromisoformat(one)) for by in (policy, own))]
    stretches = [
        min((_minutes(one, by.quiet_from), by.quiet_from, one) for by in (policy, own)) for one in free
    ]
    _, begins, until = max(stretches, default=(0, quiet.begins, quiet.ends))
    return policy.model_copy(update={"quiet_from": begins, "quiet_until": until})


def _minutes(since: str, until: str) -> int:
    """From one time of day to the next such other one."""
    begins, ends = time.fromisoformat(since), time.fromisoformat(until)
    return (60 * (ends.hour - begins.hour) + ends.minute - begins.minute) % (24 * 60)


def template_of(appointment: Appointment, reminder: Reminder) -> str:
    """The text of a reminder: one for days ahead, one for a visit that is near."""
    return "reminder_72h" if appointment.start - reminder.due_at > NEAR else "reminder_24h"


def next_due(reminders: Iterable[Reminder]) -> datetime | None:
    """When the next planned reminder is due."""
    return min((one.due_at for one in reminders if one.state == "planned"), default=None)


def with_reminders(appointment: Appointment, reminders: Sequence[Reminder]) -> Appointment:
    """The appointment with these reminders, due when the next of them is."""
    return appointment.model_copy(update={"reminders": tuple(reminders), "due_at": next_due(reminders)})


def withdrawn(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """The reminders of a visit that is not to come: what was planned is cancelled."""
    return tuple(
        one.model_copy(update={"state": "cancelled"}) if one.state == "planned" else one for one in reminders
    )


def decide(
    appointment: Appointment, policy: ReminderPolicy, now: datetime, *, opted_out: bool = False
) -> Verdict:
    """What becomes of each reminder that is due: sent, skipped with a reason, or put off to the morning.

    At most one is sent: an earlier step whose follower is due as well is skipped.
    """
    policy = narrower(policy, appointment.quiet)
    judged = [_judged(appointment, one, policy, now, opted_out) for one in appointment.reminders]
    send = next(
        (
            after
            for before, after in zip(appointment.reminders, judged, strict=True)
            if _newly_sent(before, after)
        ),
        None,
    )
    limit = min(_limits(appointment, send).values()) if send else appointment.start
    begins = _next_quiet(policy, now, appointment.timezone)
    not_after = min(limit, begins) if begins else limit
    return Verdict(with_reminders(appointment, judged), send, not_after - MOMENT)


def _newly_sent(before: Reminder, after: Reminder) -> bool:
    return before.state != "sent" and after.state == "sent"


def _judged(
    appointment: Appointment, reminder: Reminder, policy: ReminderPolicy, now: datetime, opted_out: bool
) -> Reminder:
    if reminder.state != "planned" or reminder.due_at > now:
        return reminder
    if appointment.status != "booked":
        return reminder.model_copy(update={"state": "cancelled"})
    if opted_out:
        return _skipped(reminder, "opted_out")
    limits = _limits(appointment, reminder)
    reason = min(limits, key=lambda name: limits[name])
    if now >= limits[reason]:
        return _skipped(reminder, reason)
    if not is_quiet(policy, times.wall(now, appointment.timezone)):
        return reminder.model_copy(update={"state": "sent"})
    ends = [one for one in _ends(policy, now, appointment.timezone) if now < one < limits[reason]]
    return reminder.model_copy(update={"due_at": min(ends)}) if ends else _skipped(reminder, "quiet_hours")


def _limits(appointment: Appointment, reminder: Reminder) -> dict[str, datetime]:
    """Why, and from when on, a reminder is of no use any more."""
    late = min(LATEST, (appointment.start - reminder.due_at) / 2)
    limits = {"started": appointment.start, "late": reminder.due_at + late}
    following = [
        one.due_at for one in appointment.reminders if one.state == "planned" and one.due_at > reminder.due_at
    ]
    return limits | {"next_step": min(following)} if following else limits


def _skipped(reminder: Reminder, reason: str) -> Reminder:
    return reminder.model_copy(update={"state": "skipped", "reason": reason})


def _awake(policy: ReminderPolicy, due: datetime, timezone: str) -> list[datetime]:
    """The moment itself, or those at both ends of the quiet hours that it lies in."""
    return _ends(policy, due, timezone) if is_quiet(policy, times.wall(due, timezone)) else [due]


def _planned(name: str, due: datetime, moments: list[datetime]) -> Reminder:
    """A step at the nearest of these moments."""
    reminder = Reminder(step=name, due_at=min(moments, key=lambda one: abs(one - due), default=due))
    return reminder if moments else _skipped(reminder, "quiet_hours")


def _in_order(ladder: list[Reminder]) -> list[Reminder]:
    if not ladder:
        return []
    earlier = [
        _skipped(one, "next_step") if one.state == "planned" and one.due_at >= following.due_at else one
        for one, following in pairwise(ladder)
    ]
    return [*earlier, ladder[-1]]


def _unless_past(reminder: Reminder, now: datetime) -> Reminder:
    past = reminder.state == "planned" and reminder.due_at <= now
    return _skipped(reminder, "past") if past else reminder


def is_quiet(policy: ReminderPolicy, wall: datetime) -> bool:
    """Whether a wall time lies in quiet hours; their end does not. Hours that end as they begin are none."""
    return _covers(policy, wall.time())


def _covers(policy: ReminderPolicy, wall: time) -> bool:
    begins, ends = time.fromisoformat(policy.quiet_from), time.fromisoformat(policy.quiet_until)
    if begins <= ends:
        return begins <= wall < ends
    return wall >= begins or wall < ends


def _ends(policy: ReminderPolicy, moment: datetime, timezone: str) -> list[datetime]:
    """Permitted moments at both ends of the quiet hours around a moment.

    Before them that is an hour before they begin, or when the former quiet hours ended: the day may be short.
    """
    wall = times.wall(moment, timezone)
    until, begin = time.fromisoformat(policy.quiet_until), time.fromisoformat(policy.quiet_from)
    after = datetime.combine(wall.date(), until)
    before = datetime.combine(wall.date(), begin)
    after += timedelta(days=after <= wall)
    before -= timedelta(days=before > wall)
    former = datetime.combine(before.date(), until)
    former -= timedelta(days=former > before)
    found = [one for end in (former, before - BEFORE_QUIET, after) for one in times.instants(end, timezone)]
    return [one for one in found if not is_quiet(policy, times.wall(one, timezone))]


def _next_quiet(policy: ReminderPolicy, now: datetime, timezone: str) -> datetime | None:
    """When quiet hours begin next, for a moment outside them; none where there are none."""
    if policy.quiet_from == policy.quiet_until:
        return None
    today = datetime.combine(times.wall(now, timezone).date(), time.fromisoformat(policy.quiet_from))
    found = [one for day in range(3) for one in times.instants(today + timedelta(days=day), timezone)]
    return min(one for one in found if one > now)

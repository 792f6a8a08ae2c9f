"""The steps of a policy around a moment: planned once, and judged when they are due. Pure.

A visit's reminders and whatever else we begin (a survey, a recall, instructions) go by this one rule: each
step goes out once or not at all; not in quiet hours, not on a closed day, not when it would be stale, and
not when a later one has taken its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from recado.model.appointment import Reminder
from recado.model.policy import PROMOTIONS, Policy, Step
from recado.rules import quiet, times

LATEST: Final = timedelta(hours=13)
"""A step later than this is not sent: what an evening missed may still go next morning."""

MOMENT: Final = timedelta(seconds=1)
"""The last moment before another."""

MISSED: Final = frozenset({"late", "started", "quiet_hours", "closed_day"})
"""Why a step that was due did not go, where nobody wanted it so: the clinic is told whom to call."""


class Frame(NamedTuple):
    """What steps are planned around.

    `before` and `after`: whether those are still of use that come before the anchor, and those after it;
    `confirmed`: what only the unconfirmed get is not; `at_risk`: what only visits at risk get is. From `ends`
    on nothing is; `late` is how late a step may go, at most.
    """

    anchor: datetime
    timezone: str
    before: bool = True
    after: bool = False
    confirmed: bool = False
    at_risk: bool = False
    ends: datetime | None = None
    late: timedelta = LATEST


class Judged(NamedTuple):
    """The steps after the due ones were judged; the one that goes now, and until when it may."""

    steps: tuple[Reminder, ...]
    send: Reminder | None
    not_after: datetime


def plan(policy: Policy, steps: Iterable[Step], frame: Frame, now: datetime) -> tuple[Reminder, ...]:
    """These steps around the anchor, first one first.

    Each is due so long before or after it by the clock on the wall (24 hours before 9:30 is 9:30, also when
    the clocks change between). Due in quiet hours, it moves to their nearest end: the moment that they end,
    or an hour before they begin; due on a closed day, to the nearest moment before, or, were that past, after
    it. What comes before the anchor stays before it, and nothing moves into the past where there is a choice.
    A step that is past, that is left no moment, or that would come no earlier than the next one of its kind,
    is skipped.
    """
    in_order = sorted(steps, key=lambda step: step.minutes)
    planned = [_planned(policy, step, frame, now) for step in in_order]
    for kind in {_kind(step) for step in in_order}:
        _keep_apart([place for place, step in enumerate(in_order) if _kind(step) == kind], planned)
    called = (_after_messages(place, in_order, planned) for place in range(len(planned)))
    return tuple(_unless_past(one, now) for one in called)


def judge(
    policy: Policy, steps: Sequence[Reminder], frame: Frame, now: datetime, *, unwanted: Collection[str] = ()
) -> Judged:
    """What becomes of each step that is due: sent, skipped with a reason, or put off to a permitted moment.

    At most one is sent at a time: where two of different kinds are due, the other one stays so. Of one kind
    an earlier step whose follower is due as well is skipped. `unwanted`: what the person does not take, of
    care and marketing.
    """
    by = _By(policy, frame, steps, {one.name: one for one in policy.steps}, unwanted)
    judged: list[Reminder] = []
    send = None
    for one in steps:
        after = _judged(by, one, now) if one.state == "planned" and one.due_at <= now else one
        goes = after.state == "sent" and one.state != "sent"
        judged.append(one if goes and send else after)
        send = send or (after if goes else None)
    limit = min(_limits(by, send).values()) if send else now
    forbidden = quiet.ends_next(policy, now, frame.timezone) if send else None
    return Judged(tuple(judged), send, min(limit, forbidden or limit) - MOMENT)


def put_off(
    policy: Policy, steps: Sequence[Reminder], frame: Frame, step: str, *, until: datetime, reason: str
) -> tuple[Reminder, ...]:
    """The steps as before this one was sent, when it may only go from `until` on: due then, or at the next
    permitted moment; skipped for this reason where that is too late."""
    by = _By(policy, frame, steps, {one.name: one for one in policy.steps}, ())
    own = next(one for one in steps if one.step == step)
    moment = quiet.from_then(policy, until, frame.timezone)
    later = moment is not None and moment < min(_limits(by, own).values())
    after = own.model_copy(update={"due_at": moment}) if later else skipped(own, reason)
    return tuple(after if one is own else one for one in steps)


def step_of(policy: Policy, planned: Reminder) -> Step:
    """What the policy says of a planned step that is to be sent: it has one of this name."""
    return next(one for one in policy.steps if one.name == planned.step)


def next_due(steps: Iterable[Reminder]) -> datetime | None:
    """When the next planned step is due."""
    return min((one.due_at for one in steps if one.state == "planned"), default=None)


def withdrawn(steps: Iterable[Reminder], reason: str | None = None) -> tuple[Reminder, ...]:
    """The steps of what is not to be: whatever was planned is cancelled."""
    return tuple(_cancelled(one, reason) if one.state == "planned" else one for one in steps)


def settled(steps: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """The steps of what is confirmed: those for the unconfirmed are cancelled."""
    return tuple(
        _cancelled(one, "confirmed") if one.state == "planned" and one.only else one for one in steps
    )


def skipped(step: Reminder, reason: str) -> Reminder:
    """The step that does not go, and why."""
    return step.model_copy(update={"state": "skipped", "reason": reason})


def newly_missed(policy: Policy, before: Iterable[Reminder], after: Iterable[Reminder]) -> list[Reminder]:
    """The steps that were just skipped for having been seen to too late, of those before a visit: nobody is
    called since they were not asked how it was."""
    ahead = {one.name for one in policy.steps if one.minutes < 0}
    return [
        now_is
        for was, now_is in zip(before, after, strict=True)
        if was.state == "planned"
        and now_is.state == "skipped"
        and now_is.reason in MISSED
        and now_is.step in ahead
    ]


def _cancelled(step: Reminder, reason: str | None) -> Reminder:
    return step.model_copy(update={"state": "cancelled", "reason": reason})


def _kind(step: Step) -> tuple[str, bool]:
    """Steps of one kind take each other's place; a person's call takes no message's."""
    return step.purpose, step.by == "person"


def _planned(policy: Policy, step: Step, frame: Frame, now: datetime) -> Reminder:
    due = due_at(step, frame.anchor, frame.timezone)
    before = frame.anchor if step.minutes < 0 else frame.ends
    moment = quiet.best(policy, due, frame.timezone, now, before)
    reminder = Reminder(step=step.name, due_at=moment or due, only=step.only)
    closed = quiet.is_closed(policy, times.wall(due, frame.timezone).date())
    return reminder if moment else skipped(reminder, "closed_day" if closed else "quiet_hours")


def due_at(step: Step, anchor: datetime, timezone: str) -> datetime:
    """When a step is due by the clock on the wall; one that follows the anchor never before it."""
    wall = times.wall(anchor, timezone) + timedelta(minutes=step.minutes)
    moments = times.instants(wall, timezone)
    if step.minutes < 0:
        return moments[0]
    return next((one for one in moments if one >= anchor), anchor)


def _keep_apart(places: list[int], planned: list[Reminder]) -> None:
    """Of two steps that would come together, or in the wrong order, only the later one; but not one for the
    unconfirmed in place of one for everybody."""
    for earlier, later in pairwise(places):
        both = planned[earlier], planned[later]
        if any(one.state != "planned" for one in both) or both[0].due_at < both[1].due_at:
            continue
        gone = later if both[1].only and not both[0].only else earlier
        planned[gone] = skipped(planned[gone], "next_step" if gone == earlier else "together")


def _after_messages(place: int, steps: Sequence[Step], planned: Sequence[Reminder]) -> Reminder:
    """A person calls after the messages before it went, also where quiet hours moved the call before them."""
    own, step = planned[place], steps[place]
    if step.by != "person" or own.state != "planned":
        return own
    earlier = [
        one.due_at
        for one, before in zip(planned[:place], steps, strict=False)
        if one.state == "planned" and before.purpose == step.purpose
    ]
    return own.model_copy(update={"due_at": max([own.due_at, *earlier])})


def _unless_past(step: Reminder, now: datetime) -> Reminder:
    return skipped(step, "past") if step.state == "planned" and step.due_at <= now else step


class _By(NamedTuple):
    """What a step is judged by, beside itself."""

    policy: Policy
    frame: Frame
    steps: Sequence[Reminder]
    known: dict[str, Step]
    unwanted: Collection[str]


def _judged(by: _By, planned: Reminder, now: datetime) -> Reminder:
    """A step that is due."""
    unwanted = _unwanted(by, planned)
    if unwanted is not None:
        return unwanted
    limits = _limits(by, planned)
    reason = min(limits, key=lambda name: limits[name])
    if now >= limits[reason]:
        return skipped(planned, reason)
    moment = quiet.from_then(by.policy, now, by.frame.timezone)
    if moment == now:
        return planned.model_copy(update={"state": "sent"})
    if moment is not None and moment < limits[reason]:
        return planned.model_copy(update={"due_at": moment})
    closed = quiet.is_closed(by.policy, times.wall(now, by.frame.timezone).date())
    return skipped(planned, "closed_day" if closed else "quiet_hours")


def is_of_another(policy: Policy, steps: Iterable[Reminder]) -> bool:
    """Whether one of the steps to come is none of this policy's."""
    known = {one.name for one in policy.steps}
    return any(one.state == "planned" and one.step not in known for one in steps)


def _unwanted(by: _By, planned: Reminder) -> Reminder | None:
    """The step as one that nobody wants any more; none: it is wanted."""
    step = by.known.get(planned.step)
    if step is None:
        return _cancelled(planned, "policy")
    if not (by.frame.before if step.minutes < 0 else by.frame.after):
        return _cancelled(planned, None)
    if by.frame.confirmed and planned.only:
        return _cancelled(planned, "confirmed")
    if planned.only == "at_risk" and not by.frame.at_risk:
        return skipped(planned, "low_risk")
    taken = "marketing" if step.purpose in PROMOTIONS else "care"
    return skipped(planned, "opted_out") if taken in by.unwanted else None


def _limits(by: _By, planned: Reminder) -> dict[str, datetime]:
    """Why, and from when on, a step is of no use any more."""
    frame, late, step = by.frame, by.frame.late, by.known[planned.step]
    limits = {}
    if step.minutes < 0:
        limits["started"] = frame.anchor
        late = min(late, (frame.anchor - planned.due_at) / 2)
    elif frame.ends:
        limits["over"] = frame.ends
    limits["late"] = planned.due_at + late
    following = [
        one.due_at
        for one in by.steps
        if one.state == "planned" and one.due_at > planned.due_at and _replaces(by, one, step)
    ]
    return limits | {"next_step": min(following)} if following else limits


def _replaces(by: _By, later: Reminder, step: Step) -> bool:
    """Whether a later step takes this one's place when both are due."""
    other = by.known.get(later.step)
    unwanted = later.only and (by.frame.confirmed or (later.only == "at_risk" and not by.frame.at_risk))
    return other is not None and not unwanted and _kind(other) == _kind(step)

"""Somebody is reminded of their medication, at their own wish (R60). Pure.

By construction nothing of what they take gets in: a plan is times of the day and a last day, and the one text
says "your medication". A day of it is planned at a time, by the clock on the wall where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Final

from recado.errors import Invalid
from recado.model.outreach import Outreach
from recado.model.policy import Policy, Step
from recado.rules import outreach as rules
from recado.rules import plans, quiet, times

MOST: Final = 4
"""Times a day."""
APART: Final = 60
"""Minutes between two of them, at least: as late as a reminder may be."""
LONGEST: Final = timedelta(days=180)
DAY: Final = timedelta(days=1)


def steps(at: Sequence[str]) -> tuple[Step, ...]:
    """One for each time of the day (`HH:MM`), in order. Raises Invalid (`times`)."""
    minutes = sorted({60 * int(one[:2]) + int(one[3:]) for one in at})
    if not 1 <= len(minutes) <= MOST:
        raise Invalid("times", f"From one to {MOST} a day.")
    if any(later - earlier < APART for earlier, later in pairwise(minutes)):
        raise Invalid("times", "An hour lies between two, at least.")
    return tuple(
        Step(name=f"t{one // 60:02}{one % 60:02}", minutes=one, purpose="medication", text="medication")
        for one in minutes
    )


def refuse_quiet(matter: Outreach, policy: Policy) -> None:
    """Raises Invalid (`times`) where a time lies in the clinic's quiet hours, or the patient's own: moved, it
    would be the wrong time."""
    own = rules.own_policy(matter, policy)
    for step in matter.steps:
        at = datetime.combine(matter.anchor.date(), time(step.minutes // 60, step.minutes % 60))
        if quiet.is_quiet(own, at):
            raise Invalid("times", "This is in the hours in which nothing goes out.")


def end_of(until: str, timezone: str, now: datetime) -> datetime:
    """The end of the last day (`YYYY-MM-DD`), by the patient's clock. Raises Invalid (`until`)."""
    try:
        day = datetime.fromisoformat(until) + DAY
    except (ValueError, OverflowError):
        raise Invalid("until", "Give a date, such as 2026-12-31.") from None
    end = times.instant(day.replace(tzinfo=None), timezone)
    if not now < end <= now + LONGEST:
        raise Invalid("until", f"From today on, {LONGEST.days} days at most.")
    return end


def onward(matter: Outreach, policy: Policy, now: datetime) -> Outreach:
    """The matter with the rest of today planned, or, once nothing of that is left, with tomorrow; over when
    nothing is left of that either. Anything else is as it was."""
    if matter.purpose != rules.MEDICATION or matter.state != "open" or matter.due_at is not None:
        return matter
    today = times.wall(now, matter.timezone).replace(hour=0, minute=0, second=0, microsecond=0)
    for day in (today, today + DAY):
        anchor = times.instant(day, matter.timezone)
        following = _planned(matter.model_copy(update={"anchor": anchor}), policy, now)
        if following.due_at is not None and not (anchor == matter.anchor and matter.reminders):
            return following.model_copy(update={"schedule": matter.schedule + 1})
    return matter.model_copy(update={"state": "done", "ended_at": now})


def _planned(matter: Outreach, policy: Policy, now: datetime) -> Outreach:
    own = rules.own_policy(matter, policy)
    planned = plans.plan(own, own.steps, rules.frame(matter), now)
    due = {one.name: plans.due_at(one, matter.anchor, matter.timezone) for one in own.steps}
    moved = [one if one.due_at == due[one.step] else plans.skipped(one, "quiet_hours") for one in planned]
    ends = matter.not_after
    return rules.with_steps(
        matter, [plans.skipped(one, "over") if ends and one.due_at >= ends else one for one in moved]
    )

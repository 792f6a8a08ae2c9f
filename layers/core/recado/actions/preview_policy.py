"""What would a policy do about a visit?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from recado import texts
from recado.actions.check_policy import check_policy
from recado.actions.find_policy import find_policy
from recado.actions.preview_call import preview_call
from recado.actions.set_reminder_calls import VOICE, reminder_calls
from recado.model.appointment import Reminder
from recado.model.policy import Policy, Step
from recado.rules import plans, reminders, times, wording
from recado.store import tenants


class Previewed(NamedTuple):
    """A step, when it would be due (UTC, and by the clinic's clock), what it would write, and what a call
    would say where the clinic makes calls and this may be one; "" where it does neither."""

    step: Step
    planned: Reminder
    local: str
    text: str
    spoken: str


def preview_policy(
    tenant: str, start: str, now: datetime, *, policy: Policy | None, type_id: str | None
) -> list[Previewed]:
    """The steps around a visit that would start then (as in `book`), booked now, by this policy or by the one
    that holds; with the words of an example. Raises Invalid that names a field."""
    clinic = tenants.get(tenant)
    at = times.start_of(start, clinic.timezone)
    if policy is None:
        held = find_policy(tenant, type_id)
    else:
        held = check_policy(policy).model_copy(update={"closed_days": clinic.closed_days})
    frame = plans.Frame(at, clinic.timezone, after=True)
    planned = plans.plan(held, held.steps, frame, now)
    wall = times.wall(at, clinic.timezone)
    calls = reminder_calls(tenant).number is not None
    return [
        Previewed(
            step,
            one,
            times.shown(times.wall(one.due_at, clinic.timezone)),
            _written(tenant, held, step, wall, at - one.due_at),
            preview_call(tenant, held, wall) if calls and _may_ring(step, clinic.ladder) else "",
        )
        for step, one in zip(sorted(held.steps, key=lambda each: each.minutes), planned, strict=True)
    ]


def _may_ring(step: Step, ladder: Sequence[str]) -> bool:
    """Whether it may be a call: as one of its own ways, or as another way than the steps before it went."""
    ways = step.channels or (ladder if step.by == "other_channel" else ())
    return step.purpose == "reminder" and step.by != "person" and VOICE in ways


def _written(tenant: str, policy: Policy, step: Step, wall: datetime, ahead: timedelta) -> str:
    """An example; "" where a person calls, or what it says is not of a visit."""
    if step.by == "person":
        return ""
    clinic = tenants.get(tenant)
    key = reminders.key_of(step, ahead)
    language = policy.language or clinic.language
    date, time = texts.when(wall, language)
    known = {"name": "Maria", "clinic": clinic.name, "phone": clinic.phone, "date": date, "time": time}
    if clinic.review_link:
        known["link"] = clinic.review_link
    if not set(texts.VARIABLES[key]) <= set(known):
        return ""
    values = {name: known[name] for name in texts.VARIABLES[key]}
    own = policy.words.get(key, {}).get(texts.closest(language))
    return wording.worded(own, values) if own else texts.render_plain(key, language, **values)

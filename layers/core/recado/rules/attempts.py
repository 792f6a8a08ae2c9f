"""When somebody whom we did not reach is called again (R43). Pure, and the same whenever it is asked.

No two attempts share both the weekday and the part of the day. Of what is left, the slot that is expected to
reach them soonest: the share of attempts in it that reached somebody at this clinic, less for each day that
it keeps them waiting.

What is expected before anything is counted is a Beta prior. That evenings reach more people than working
hours is old knowledge of telephone surveys (Weeks, Kulka, Pierson, "Optimal call scheduling for a telephone
survey", Public Opinion Quarterly 51, 1987); the numbers are ours, and weigh as much as PRIOR_WEIGHT attempts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from recado.model.follow_up import Attempt, DayPart, FollowUp, Why
from recado.model.interval import IntervalTotal
from recado.model.policy import Policy
from recado.model.reachability import Reachability, SlotCount
from recado.model.tenant import Tenant
from recado.rules import hours, quiet, times
from recado.rules.day_parts import PARTS, Slot, slot_of

PRIOR: Final[dict[DayPart, float]] = {"morning": 0.3, "midday": 0.3, "afternoon": 0.35, "evening": 0.45}
PRIOR_WEIGHT: Final = 10
PATIENCE: Final = 0.85
"""What a day's wait leaves of a slot's worth: one that reaches twice as many is worth four days."""

GAP: Final = timedelta(hours=2)
"""Who did not answer is not called again sooner."""
AHEAD: Final = timedelta(days=14)
"""How far ahead a slot is looked for: a weekday comes twice."""
ROOM: Final = timedelta(minutes=15)
"""So much of a slot must be left to call in; also the grid on which attempts are put."""
SAME_CALL: Final = timedelta(minutes=30)
"""An agent tells of a call within this time after it began; what the telephone system told of it is that
same call."""


class Chosen(NamedTuple):
    """When to call next, and why then."""

    at: datetime
    why: Why


def next_attempt(
    clinic: Tenant, followed: FollowUp, counted: Reachability, policy: Policy, now: datetime
) -> Chosen | None:
    """When to call next whom the attempts so far have not reached; none: every slot was tried, or no slot is
    open. While the clinic is open, outside the policy's quiet hours."""
    used = {slot_of(one.at, clinic.timezone) for one in followed.attempts}
    found = [(at, slot) for at, slot in _moments(clinic, policy, now) if slot not in used]
    best = max(found, key=lambda one: (_worth(one, counted, now), -one[0].timestamp()), default=None)
    return Chosen(best[0], _why(best[1], counted)) if best else None


def counted(totals: Iterable[IntervalTotal]) -> Reachability:
    """What came of the attempts in these intervals, by slot: a fold, so that nothing is ever added twice."""
    counts = [one for total in totals for one in total.channels.values()]
    tried: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    for one in counts:
        tried.update(one.tried)
        reached.update(one.reached)
    slots = {name: SlotCount(tried=tried[name], reached=reached[name]) for name in sorted(tried)}
    return Reachability(slots=slots)


def rate(slot: Slot, counted: Reachability) -> float:
    """The share of attempts in a slot that is expected to reach somebody (0 to 1): the mean of the Beta
    distribution that the prior has become by what was counted."""
    known = counted.slots.get(slot.name, SlotCount())
    return (PRIOR[slot.part] * PRIOR_WEIGHT + known.reached) / (PRIOR_WEIGHT + known.tried)


def _worth(one: tuple[datetime, Slot], counted: Reachability, now: datetime) -> float:
    at, slot = one
    days: float = (at - now) / timedelta(days=1)
    return float(rate(slot, counted) * PATIENCE**days)


def _why(slot: Slot, counted: Reachability) -> Why:
    known = counted.slots.get(slot.name, SlotCount())
    return Why(
        kind="learnt" if known.tried else "ladder",
        weekday=slot.weekday,
        part=slot.part,
        rate=round(rate(slot, counted), 4),
        tried=known.tried,
        reached=known.reached,
    )


def _moments(clinic: Tenant, policy: Policy, now: datetime) -> Iterator[tuple[datetime, Slot]]:
    """The first moment of each slot to come at which somebody may be called."""
    today = times.wall(now, clinic.timezone).date()
    for number in range(AHEAD.days):
        day = today + timedelta(days=number)
        for part in PARTS:
            moment = _first(clinic, policy, day, part, now + GAP)
            if moment is not None:
                yield moment, Slot(day.weekday(), part)


def _first(clinic: Tenant, policy: Policy, day: date, part: DayPart, earliest: datetime) -> datetime | None:
    begins, ends = (times.instant(datetime.combine(day, clock), clinic.timezone) for clock in PARTS[part])
    moment = begins
    while moment + ROOM <= ends:
        permitted = quiet.permits(policy, moment, clinic.timezone)
        if moment >= earliest and permitted and hours.is_open(clinic, moment):
            return moment
        moment += ROOM
    return None


def added(followed: FollowUp, attempt: Attempt) -> FollowUp:
    """With one more attempt. A call of which both an agent and the telephone system have told is one: the
    agent's word counts, since a machine may have answered; and what was told before changes nothing."""
    if is_known(followed, attempt):
        return followed
    same = _same_call(followed.attempts, attempt)
    others = tuple(one for one in followed.attempts if one is not same)
    one = _joined(same, attempt) if same else attempt
    in_order = sorted((*others, one), key=lambda it: (it.at, it.id))
    return followed.model_copy(update={"attempts": tuple(in_order)})


def is_known(followed: FollowUp, attempt: Attempt) -> bool:
    """Whether this was told before."""
    return any(
        attempt.id == one.id or (attempt.call and attempt.call == one.call) for one in followed.attempts
    )


def _same_call(attempts: Iterable[Attempt], attempt: Attempt) -> Attempt | None:
    """The attempt that the other teller has told of, and that is this one: the nearest."""
    fitting = [one for one in attempts if bool(one.call) != bool(attempt.call) and _is_near(one, attempt)]
    return min(fitting, key=lambda one: (abs(one.at - attempt.at), one.id), default=None)


def _is_near(one: Attempt, other: Attempt) -> bool:
    call, word = (one, other) if one.call else (other, one)
    return call.by == "voice" and timedelta() <= word.at - call.at <= SAME_CALL


def _joined(one: Attempt, other: Attempt) -> Attempt:
    call, word = (one, other) if one.call else (other, one)
    return word.model_copy(update={"at": call.at, "call": call.call})

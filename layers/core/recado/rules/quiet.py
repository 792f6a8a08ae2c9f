"""When nothing goes out: quiet hours, and days on which the clinic is closed. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from recado.model.patient import Quiet
from recado.model.policy import Policy
from recado.rules import times

BEFORE_QUIET = timedelta(hours=1)
"""What is moved to before quiet hours or a closed day goes out this long before: sending takes time."""

DAY = timedelta(days=1)
DAYS_NEXT = 3
"""Days looked at for the nearest moment that is not quiet: clocks may leave one out."""
LONGEST_CLOSED = 31
"""Days: what falls into a longer holiday is not moved out of it."""


def narrower(policy: Policy, quiet: Quiet | None) -> Policy:
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


def is_quiet(policy: Policy, wall: datetime) -> bool:
    """Whether a wall time lies in quiet hours; their end does not. Hours that end as they begin are none."""
    return _covers(policy, wall.time())


def is_closed(policy: Policy, day: date) -> bool:
    """Whether nothing goes out on that day."""
    return not policy.on_closed_days and day in policy.closed_days


def permits(policy: Policy, moment: datetime, timezone: str) -> bool:
    """Whether something may go out at this moment."""
    wall = times.wall(moment, timezone)
    return not is_quiet(policy, wall) and not is_closed(policy, wall.date())


def best(
    policy: Policy, due: datetime, timezone: str, now: datetime, before: datetime | None
) -> datetime | None:
    """The permitted moment nearest to `due`, before `before`: one still to come where there is one.

    Of a closed day that is the nearest one earlier, of quiet hours the nearest of their ends. None: there is
    no such moment.
    """
    if permits(policy, due, timezone):
        return due
    found = [one for one in around(policy, due, timezone) if before is None or one < before]
    ahead = [one for one in found if one > now] or found
    closed = is_closed(policy, times.wall(due, timezone).date())
    return min(ahead, key=lambda one: (closed and one > due, abs(one - due)), default=None)


def from_then(policy: Policy, moment: datetime, timezone: str) -> datetime | None:
    """The first permitted moment from this one on: itself, where it is one; none where there is none."""
    if permits(policy, moment, timezone):
        return moment
    later = [one for one in around(policy, moment, timezone) if one > moment]
    return min(later, default=None)


def around(policy: Policy, moment: datetime, timezone: str) -> list[datetime]:
    """The permitted moments at both ends of what is forbidden around a moment, nearest day first.

    Before quiet hours that is an hour before they begin, or when the former ones ended: the day may be short.
    """
    today = times.wall(moment, timezone).date()
    days = range(LONGEST_CLOSED if policy.closed_days else DAYS_NEXT)
    earlier = (_ends(policy, today - number * DAY, timezone) for number in days)
    later = (_ends(policy, today + number * DAY, timezone) for number in days)
    before = ([one for one in ends if one < moment] for ends in earlier)
    after = ([one for one in ends if one > moment] for ends in later)
    return next(filter(None, before), []) + next(filter(None, after), [])


def _ends(policy: Policy, day: date, timezone: str) -> list[datetime]:
    """The permitted ones of a day's moments at which something may begin, or soon ends."""
    walls = {datetime.combine(day, time.fromisoformat(policy.quiet_until))}
    walls.add(datetime.combine(day, time.fromisoformat(policy.quiet_from)) - BEFORE_QUIET)
    if policy.closed_days:
        walls |= {datetime.combine(day, time()), datetime.combine(day + DAY, time()) - BEFORE_QUIET}
    moments = {one for wall in walls for one in times.instants(wall, timezone)}
    return [one for one in sorted(moments) if permits(policy, one, timezone)]


def ends_next(policy: Policy, now: datetime, timezone: str) -> datetime | None:
    """When it is next forbidden, for a moment at which it is not; none: it never is."""
    today = times.wall(now, timezone).date()
    walls = []
    if policy.quiet_from != policy.quiet_until:
        begins = time.fromisoformat(policy.quiet_from)
        walls += [datetime.combine(today + number * DAY, begins) for number in range(DAYS_NEXT)]
    walls += [datetime.combine(day, time()) for day in policy.closed_days if is_closed(policy, day)]
    found = [one for wall in walls for one in times.instants(wall, timezone)]
    end = min((one for one in found if one > now), default=None)
    return end and min([end, *_put_back(policy, now, end, timezone)])


def _put_back(policy: Policy, now: datetime, end: datetime, timezone: str) -> list[datetime]:
    """The moment between the two at which clocks are put (back) to an hour in which nothing goes out."""
    put = times.change(now, end - times.SECOND, timezone)
    return [] if put is None or permits(policy, put, timezone) else [put]


def _covers(policy: Policy, wall: time) -> bool:
    begins, ends = time.fromisoformat(policy.quiet_from), time.fromisoformat(policy.quiet_until)
    if begins <= ends:
        return begins <= wall < ends
    return wall >= begins or wall < ends

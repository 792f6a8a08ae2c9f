"""Every IANA zone and every change of its clocks, 2026 to 2037: what is due goes once, and never at night.

A change is known by its instant and the two offsets: a rule sees no more of a zone, for within the days
around it that a visit's steps lie in there is no other one. So zones that change alike are walked once.
"""

from __future__ import annotations

import itertools
import random
import zoneinfo
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.appointment import Appointment
from recado.model.policy import Policy, Step
from recado.rules import appointments as visits
from recado.rules import plans, quiet, reminders, times

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
WEEK, DAY = timedelta(days=7), timedelta(days=1)
HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
POLICY = Policy()
STEPS = ["72h", "24h", "3h", "call"]
AROUND = (-1, 0, 1, 1800, 3600, 2 * 3600, 3 * 3600 + 1, 24 * 3600 - 1, 24 * 3600, 72 * 3600 + 1800)
"""Seconds from a change to a visit's start: so that each of its steps falls into one."""


BLANK = Appointment(
    id="a1",
    patient="p1",
    language="es",
    practitioner="Dra. Costa",
    type="consulta",
    minutes=30,
    start=BEGIN,
    local_start="",
    timezone="UTC",
    tz_version="",
    channel="whatsapp",
    account="1",
    address="34600111222",
    contact_point="phone#+34600111222",
    created_at=BEGIN,
    created_by="agent:ana",
)


class Change(NamedTuple):
    """Clocks put from one offset to another."""

    at: datetime
    before: timedelta
    after: timedelta


def offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def changes(name: str) -> Iterator[Change]:
    """Every change of one zone's clocks, to the second."""
    zone = ZoneInfo(name)
    weeks = [BEGIN + number * WEEK for number in range((END - BEGIN) // WEEK + 1)]
    for week, following in itertools.pairwise(weeks):
        before, after = offset(zone, week), offset(zone, following)
        if before != after:
            yield Change(first_after(zone, week, following), before, after)


def first_after(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second with the offset of `high`, by halves."""
    before = offset(zone, low)
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
    return high


@cache
def everywhere() -> dict[Change, str]:
    """Every change that there is, each with one of the zones that have it."""
    return {change: name for name in sorted(zoneinfo.available_timezones()) for change in changes(name)}


def visit(
    start: datetime, timezone: str, policy: Policy = POLICY, booked: timedelta = 10 * DAY
) -> Appointment:
    """A visit booked so long before."""
    changes = {"timezone": timezone, "created_at": start - booked}
    blank = BLANK.model_copy(update=changes)
    return visits.put(blank, start, policy, "2026f", start - booked)


def is_night(moment: datetime, timezone: str, policy: Policy = POLICY) -> bool:
    """By the clock on the wall, in our own words: nothing of the rules is asked."""
    wall = moment.astimezone(ZoneInfo(timezone)).strftime("%H:%M")
    begins, ends = policy.quiet_from, policy.quiet_until
    return begins <= wall < ends if begins <= ends else not ends <= wall < begins


def walked(
    appointment: Appointment, ticks: Sequence[datetime], policy: Policy = POLICY
) -> list[tuple[str, datetime]]:
    """What goes, and when, if the minute comes at these moments."""
    sent = []
    for now in ticks:
        verdict = reminders.decide(appointment, policy, now)
        appointment = verdict.appointment
        if verdict.send:
            assert now <= verdict.not_after < appointment.start, (appointment.timezone, now)
            sent.append((verdict.send.step, now))
    return sent


@cache
def cases() -> list[tuple[str, datetime]]:
    """Around every change: the zone and the start of a visit."""
    return [
        (name, change.at + timedelta(seconds=one)) for change, name in everywhere().items() for one in AROUND
    ]


@cache
def booked_around() -> list[Appointment]:
    """Such visits, by the usual policy."""
    return [visit(start, timezone) for timezone, start in cases()]


def until_night(booked: Appointment) -> timedelta:
    """How long after one of its steps is due the night begins, at the soonest."""
    ends = (quiet.ends_next(POLICY, one.due_at, booked.timezone) for one in booked.reminders)
    return min((end or END) - one.due_at for end, one in zip(ends, booked.reminders, strict=True))


def test_the_walk_meets_the_odd_ones() -> None:
    found = everywhere()
    names = {name for name in zoneinfo.available_timezones() if any(changes(name))}
    assert {"Australia/Lord_Howe", "Antarctica/Troll", "Europe/Madrid", "Africa/Casablanca"} <= names
    assert "America/Sao_Paulo" not in names
    sizes = {abs(one.after - one.before) for one in found}
    assert {timedelta(minutes=30), HOUR, 2 * HOUR} <= sizes
    assert {one.at.year for one in found} == set(range(2026, 2038))
    for name in ("Europe/Madrid", "America/New_York", "Australia/Lord_Howe"):
        assert len(list(changes(name))) == 24, name


def test_around_every_change_each_step_goes_once_by_day_and_before_the_visit() -> None:
    for booked in booked_around():
        timezone, start = booked.timezone, booked.start
        due = sorted(one.due_at for one in booked.reminders)
        sent = walked(booked, [one for one in due for _ in range(3)])
        assert sorted(step for step, _ in sent) == sorted(STEPS), (timezone, start)
        assert not any(is_night(now, timezone) for _, now in sent), (timezone, start)
        assert all(now < start for _, now in sent), (timezone, start)


def test_a_step_is_due_at_the_same_hour_on_the_wall_unless_that_is_left_out_or_at_night() -> None:
    for booked in booked_around():
        timezone, wall = booked.timezone, times.wall(booked.start, booked.timezone)
        for one, step in zip(booked.reminders, POLICY.steps, strict=True):
            meant = wall + timedelta(minutes=step.minutes)
            exact = times.wall(one.due_at, timezone) == meant
            night = meant.strftime("%H:%M") >= "21:00" or meant.strftime("%H:%M") < "08:00"
            left_out = times.wall(times.instant(meant, timezone), timezone) != meant
            assert exact or night or left_out, (timezone, booked.start, one.step)


def test_the_plan_is_the_same_whenever_it_is_made() -> None:
    for usual in booked_around()[::3]:
        again = visit(usual.start, usual.timezone, booked=40 * DAY)
        assert again.reminders == usual.reminders, (usual.timezone, usual.start)


def test_missed_doubled_and_skewed_ticks_send_the_same_steps_once() -> None:
    chance = random.Random(1)
    for booked in booked_around():
        timezone, start = booked.timezone, booked.start
        if until_night(booked) < 12 * MINUTE:
            continue  # what is late then waits for the morning, or is of no use any more
        due = sorted({one.due_at for one in booked.reminders})
        skewed = [one + chance.randint(0, 10) * MINUTE for one in due for _ in range(2)]
        ticks = sorted([*skewed, *(one - 10 * MINUTE for one in due), *(one + 11 * MINUTE for one in due)])
        sent = walked(booked, ticks)
        assert sorted(step for step, _ in sent) == sorted(STEPS), (timezone, start)
        assert not any(is_night(now, timezone) for _, now in sent), (timezone, start)


def test_clocks_of_machines_that_differ_by_ten_minutes_send_nothing_twice_nor_late() -> None:
    chance = random.Random(2)
    for booked in booked_around():
        timezone, start = booked.timezone, booked.start
        if until_night(booked) < 45 * MINUTE:
            continue
        due = {one.step: one.due_at for one in booked.reminders}
        true = [one + number * 5 * MINUTE for one in sorted(set(due.values())) for number in range(-2, 6)]
        sent = walked(booked, [one + chance.randint(-10, 10) * MINUTE for one in true])
        assert sorted(step for step, _ in sent) == sorted(STEPS), (timezone, start)
        assert all(timedelta() <= now - due[step] <= 45 * MINUTE for step, now in sent), (timezone, start)


def test_another_version_of_the_tz_database_gives_the_plan_of_the_new_instant() -> None:
    for fresh, shift in zip(booked_around(), itertools.cycle((-1, 1, 2)), strict=False):
        timezone, start = fresh.timezone, fresh.start
        if fresh.start not in times.instants(datetime.fromisoformat(fresh.local_start), timezone)[:1]:
            continue  # the second of two: the older database had one of them only
        moved = [one.model_copy(update={"due_at": one.due_at + shift * HOUR}) for one in fresh.reminders]
        older = fresh.model_copy(
            update={"start": start + shift * HOUR, "tz_version": "2025a", "reminders": tuple(moved)}
        )
        again = visits.rezoned(older, POLICY, "2026f", start - 10 * DAY)
        assert again.local_start == fresh.local_start
        if older.start in times.instants(datetime.fromisoformat(fresh.local_start), timezone):
            assert again.start == older.start
            continue
        assert (again.start, again.reminders) == (start, fresh.reminders), (timezone, start)


@pytest.mark.parametrize(("begins", "ends"), [("00:30", "02:15"), ("01:45", "03:30"), ("02:00", "02:30")])
def test_quiet_hours_that_end_or_begin_in_a_change_are_kept(begins: str, ends: str) -> None:
    policy = Policy(quiet_from=begins, quiet_until=ends)
    for timezone, start in cases()[::3]:
        booked = visit(start, timezone, policy)
        planned = sorted(one.due_at for one in booked.reminders if one.state == "planned")
        sent = walked(booked, [one for one in planned for _ in range(2)], policy)
        assert len({step for step, _ in sent}) == len(sent)
        assert not any(is_night(now, timezone, policy) for _, now in sent), (timezone, start)


def test_a_holiday_in_which_clocks_change_gets_no_message() -> None:
    for timezone, start in cases()[::2]:
        closed = tuple({times.wall(start - number * DAY, timezone).date() for number in (1, 3)})
        policy = Policy(closed_days=closed)
        booked = visit(start, timezone, policy)
        planned = [one for one in booked.reminders if one.state == "planned"]
        sent = walked(booked, sorted(one.due_at for one in planned), policy)
        assert "24h" in {one.step for one in planned}
        assert not any(times.wall(now, timezone).date() in closed for _, now in sent), (timezone, start)
        assert not any(is_night(now, timezone) for _, now in sent), (timezone, start)


def test_what_follows_a_visit_never_comes_before_it() -> None:
    steps = (Step(name="soon", minutes=15), Step(name="later", minutes=150), Step(name="next", minutes=1440))
    policy = Policy(steps=steps, quiet_from="00:00", quiet_until="00:00")
    for timezone, start in cases():
        frame = plans.Frame(start, timezone, before=False, after=True)
        due = [one.due_at for one in plans.plan(policy, steps, frame, start - DAY)]
        assert due == sorted(due)
        assert all(one >= start for one in due), (timezone, start)


def test_until_when_a_message_may_go_never_reaches_into_the_night() -> None:
    for booked in booked_around():
        for due in {one.due_at for one in booked.reminders}:
            end = quiet.ends_next(POLICY, due, booked.timezone)
            assert end is not None
            assert not is_night(end - SECOND, booked.timezone), (booked.timezone, due)
            assert is_night(end, booked.timezone), (booked.timezone, due)


def test_the_day_is_the_clinics_even_where_it_has_no_midnight() -> None:
    """Clocks that are put forward at midnight leave out the first hour of a day."""
    gaps = [
        (name, change)
        for change, name in everywhere().items()
        if change.after > change.before and (change.at + change.before).time() == time()
    ]
    assert gaps
    for timezone, change in gaps:
        day = date.fromordinal((change.at + change.before).date().toordinal())
        policy = Policy(closed_days=(day,))
        assert quiet.is_closed(policy, times.wall(change.at, timezone).date())
        assert quiet.permits(policy, change.at - timedelta(hours=4), timezone)
        assert not quiet.permits(policy, change.at + 12 * HOUR, timezone)


def swept(
    appointment: Appointment, policy: Policy, moments: Sequence[datetime]
) -> list[tuple[str, datetime]]:
    """The same, twice at each of these moments, in order."""
    return walked(appointment, [moment for moment in sorted(moments) for _ in range(2)], policy)


clocks = st.times().map(lambda clock: clock.isoformat(timespec="minutes"))
policies = st.builds(
    Policy,
    steps=st.lists(st.integers(1, 200), min_size=1, max_size=4, unique=True).map(
        lambda hours: tuple(Step(name=f"{one}h", minutes=-60 * one) for one in hours)
    ),
    quiet_from=clocks,
    quiet_until=clocks,
)


@given(
    change=st.sampled_from(sorted(everywhere().items())),
    offset=st.integers(-100 * 3600, 100 * 3600),
    policy=policies,
    lead=st.integers(0, 400),
    late=st.lists(st.integers(-3600, 100 * 3600), max_size=30),
)
def test_whatever_the_policy_and_however_late_the_sweep_nothing_goes_out_twice_at_night_or_after_the_start(
    change: tuple[Change, str], offset: int, policy: Policy, lead: int, late: list[int]
) -> None:
    (moment, *_), timezone = change
    start = moment + timedelta(seconds=offset)
    appointment = visit(start, timezone, policy, HOUR * lead)
    planned = [one for one in appointment.reminders if one.state == "planned"]
    assert all(quiet.permits(policy, one.due_at, timezone) and one.due_at < start for one in planned)
    due = [one.due_at for one in planned]
    sent = swept(appointment, policy, [*due, *(start - timedelta(seconds=one) for one in late)])
    assert len({step for step, _ in sent}) == len(sent)
    assert all(quiet.permits(policy, now, timezone) and now < start for _, now in sent)

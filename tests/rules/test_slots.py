"""Which times are free, in every zone, around every change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from recado.model.schedule import Agenda, AppointmentType, Schedule, Span, SpecialDay, Taken, WeeklySpan
from recado.model.tenant import Tenant
from recado.rules import agendas, slots, times

from tests.samples import DELSOL

ZONES = [
    "Europe/Madrid",
    "America/Sao_Paulo",
    "Atlantic/Canary",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Antarctica/Troll",
]
CONSULTA = AppointmentType(id="consulta", name="Consulta", minutes=30)
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


def week(*spans: tuple[str, str], **more: Any) -> Schedule:
    weekly = tuple(
        WeeklySpan(weekday=day, begins=begins, ends=ends) for day in range(7) for begins, ends in spans
    )
    return Schedule(practitioner="elena", weekly=weekly, **{"grid": 30, **more})


def clinic(timezone: str = "Europe/Madrid", **more: Any) -> Tenant:
    return DELSOL.model_copy(update={"timezone": timezone, **more})


def taken(begins: datetime, minutes: int, by: str = "a1", until: datetime | None = None) -> Taken:
    return Taken(by=by, begins=begins, ends=begins + timedelta(minutes=minutes), until=until)


def at(wall: str, timezone: str = "Europe/Madrid") -> datetime:
    return times.instant(datetime.fromisoformat(wall), timezone)


def free(
    schedule: Schedule,
    day: str,
    *busy: Taken,
    kind: AppointmentType = CONSULTA,
    of: Tenant = DELSOL,
    now: datetime = BEFORE,
) -> list[str]:
    """The wall times that are free on a day."""
    zone = slots.zone_of(of, schedule)
    since = at(day, zone)
    until = at((date.fromisoformat(day) + timedelta(days=1)).isoformat(), zone)
    return [
        f"{slot.wall:%H:%M}"
        for slot in slots.free(of, schedule, kind, busy, since=since, until=until, now=now)
    ]


def test_slots_are_cut_from_the_spans_of_the_day_by_the_grid() -> None:
    schedule = week(("09:00", "10:30"), ("16:00", "17:00"), grid=30)
    assert free(schedule, "2026-11-24") == ["09:00", "09:30", "10:00", "16:00", "16:30"]


def test_a_visit_ends_within_its_span() -> None:
    assert free(week(("09:00", "10:15")), "2026-11-24") == ["09:00", "09:30"]


def test_what_is_taken_is_no_slot_nor_is_what_would_run_into_it() -> None:
    schedule = week(("09:00", "11:00"), grid=15)
    busy = taken(at("2026-11-24T09:45"), 30)
    assert free(schedule, "2026-11-24", busy) == ["09:00", "09:15", "10:15", "10:30"]


def test_the_buffer_after_a_visit_keeps_the_next_one_away() -> None:
    kind = CONSULTA.model_copy(update={"buffer": 15})
    schedule = week(("09:00", "11:00"), grid=15)
    busy = taken(at("2026-11-24T10:00"), 45)
    assert free(schedule, "2026-11-24", busy, kind=kind) == ["09:00", "09:15"]


def test_as_many_are_seen_at_once_as_the_capacity_says() -> None:
    schedule = week(("09:00", "10:00"), capacity=2)
    one = taken(at("2026-11-24T09:00"), 30, "a1")
    assert free(schedule, "2026-11-24", one) == ["09:00", "09:30"]
    assert free(schedule, "2026-11-24", one, taken(at("2026-11-24T09:00"), 30, "a2")) == ["09:30"]


def test_two_that_are_seen_one_after_the_other_fill_one_place_only() -> None:
    schedule = week(("09:00", "10:00"), capacity=2)
    hour = CONSULTA.model_copy(update={"minutes": 60})
    one, other = taken(at("2026-11-24T09:00"), 30, "a1"), taken(at("2026-11-24T09:30"), 30, "a2")
    assert free(schedule, "2026-11-24", one, other, kind=hour) == ["09:00"]


def test_a_hold_takes_its_time_until_it_lapses() -> None:
    schedule, lapses = week(("09:00", "10:00")), at("2026-11-20T12:00")
    held = taken(at("2026-11-24T09:00"), 30, "o1", until=lapses)
    assert free(schedule, "2026-11-24", held, now=lapses - timedelta(seconds=1)) == ["09:30"]
    assert free(schedule, "2026-11-24", held, now=lapses) == ["09:00", "09:30"]


def test_what_is_past_is_not_free() -> None:
    schedule = week(("09:00", "10:30"))
    assert free(schedule, "2026-11-24", now=at("2026-11-24T09:30")) == ["10:00"]


def test_a_span_may_be_for_some_types_only() -> None:
    only = WeeklySpan(weekday=1, begins="09:00", ends="10:00", types=("revision",))
    schedule = week().model_copy(update={"weekly": (only,)})
    assert free(schedule, "2026-11-24") == []
    revision = CONSULTA.model_copy(update={"id": "revision"})
    assert free(schedule, "2026-11-24", kind=revision) == ["09:00", "09:30"]


def test_on_the_clinics_closed_days_nothing_is_free_unless_the_date_has_hours_of_its_own() -> None:
    closed = clinic(closed_days=(date(2026, 12, 8),))
    schedule = week(("09:00", "10:00"))
    assert free(schedule, "2026-12-08", of=closed) == []
    duty = SpecialDay(day=date(2026, 12, 8), spans=(Span(begins="11:00", ends="12:00"),))
    special = schedule.model_copy(update={"special": (duty,)})
    assert free(special, "2026-12-08", of=closed) == ["11:00", "11:30"]


def test_a_day_off_is_a_special_day_without_hours() -> None:
    off = SpecialDay(day=date(2026, 11, 24))
    assert free(week(("09:00", "10:00"), special=(off,)), "2026-11-24") == []


@pytest.mark.parametrize(("day", "count"), [("2026-11-23", 0), ("2026-11-24", 2), ("2026-11-26", 0)])
def test_a_schedule_holds_from_its_first_day_to_its_last(day: str, count: int) -> None:
    schedule = week(("09:00", "10:00"), valid_from=date(2026, 11, 24), valid_until=date(2026, 11, 25))
    assert len(free(schedule, day)) == count


def test_a_time_that_the_clocks_leave_out_is_no_slot() -> None:
    """In Madrid 02:00-03:00 of 29 March 2026 never was."""
    assert free(week(("01:00", "04:00")), "2026-03-29") == ["01:00", "01:30", "03:00", "03:30"]


def test_a_time_that_the_clocks_show_twice_is_one_slot_the_first_of_the_two() -> None:
    """In Madrid 02:00-03:00 of 25 October 2026 was twice."""
    schedule = week(("02:00", "03:00"))
    assert free(schedule, "2026-10-25") == ["02:00", "02:30"]
    since, until = at("2026-10-25"), at("2026-10-26")
    found = slots.free(DELSOL, schedule, CONSULTA, (), since=since, until=until, now=BEFORE)
    assert next(found).begins == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)


def test_a_visit_over_the_change_of_clocks_takes_its_true_length() -> None:
    """From 01:30 on, an hour ends at 03:30 by the clock: after the span."""
    hour = CONSULTA.model_copy(update={"minutes": 60})
    assert free(week(("01:00", "03:00")), "2026-03-29", kind=hour) == ["01:00"]


def test_a_practitioner_elsewhere_is_seen_by_the_clocks_there() -> None:
    there = week(("09:00", "10:00"), timezone="Atlantic/Canary")
    assert free(there, "2026-11-24", taken(at("2026-11-24T10:00"), 30)) == ["09:30"]


def test_a_span_to_midnight_ends_with_the_day() -> None:
    assert free(week(("23:00", "24:00")), "2026-11-24") == ["23:00", "23:30"]


def test_the_nearest_slots_are_on_both_sides_and_in_order() -> None:
    schedule = week(("09:00", "12:00"))
    since, until, busy = at("2026-11-24"), at("2026-11-25"), [taken(at("2026-11-24T10:00"), 30)]
    found = slots.free(DELSOL, schedule, CONSULTA, busy, since=since, until=until, now=BEFORE)
    near = slots.nearest(found, at("2026-11-24T10:00"), 3)
    assert [f"{one.wall:%H:%M}" for one in near] == ["09:00", "09:30", "10:30"]


WALLS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    spans = draw(st.lists(st.tuples(st.integers(0, 6), WALLS, WALLS), min_size=1, max_size=10))
    weekly = tuple(
        WeeklySpan(weekday=day, begins=min(one, two), ends=max(one, two))
        for day, one, two in spans
        if one != two
    )
    assume(weekly)
    return Schedule(
        practitioner="elena",
        weekly=weekly,
        grid=draw(st.sampled_from([5, 10, 15, 20, 45])),
        capacity=draw(st.integers(1, 3)),
    )


MOMENTS = st.integers(0, 270 * 24 * 60).map(lambda passed: BEFORE + timedelta(days=59, minutes=passed))
KINDS = st.builds(
    AppointmentType,
    id=st.just("consulta"),
    name=st.just("Consulta"),
    minutes=st.integers(5, 120),
    buffer=st.sampled_from([0, 0, 10]),
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Tenant, Schedule, AppointmentType, list[Taken], datetime, datetime]:
    since = draw(MOMENTS)
    busy = draw(
        st.lists(st.tuples(st.integers(-60, 4 * 1440), st.integers(5, 240)), max_size=12).map(
            lambda some: [
                taken(since + timedelta(minutes=start), length, f"a{number}")
                for number, (start, length) in enumerate(some)
            ]
        )
    )
    of = clinic(draw(st.sampled_from(ZONES)))
    return of, draw(schedules()), draw(KINDS), busy, since, since + timedelta(days=draw(st.integers(1, 4)))


@given(situations())
def test_a_slot_lies_in_a_span_of_its_day_and_in_nobody_elses_time(situation: Any) -> None:
    of, schedule, kind, busy, since, until = situation
    found = list(slots.free(of, schedule, kind, busy, since=since, until=until, now=since))
    assert [one.begins for one in found] == sorted({one.begins for one in found})
    for slot in found:
        assert since < slot.begins < until
        assert times.wall(slot.begins, of.timezone) == slot.wall
        assert slot.begins == times.instant(slot.wall, of.timezone)
        assert slots.is_within(of, schedule, kind, slot.begins)
        minutes = range(0, kind.minutes + kind.buffer, 5)
        for moment in (slot.begins + timedelta(minutes=passed) for passed in minutes):
            assert sum(one.begins <= moment < one.ends for one in busy) < schedule.capacity


@given(situations(), st.data())
def test_a_slot_that_is_booked_is_gone_and_freed_it_is_back(situation: Any, data: st.DataObject) -> None:
    of, schedule, kind, busy, since, until = situation
    single = schedule.model_copy(update={"capacity": 1})

    def now_free(agenda: Agenda) -> list[slots.Slot]:
        return list(slots.free(of, single, kind, agenda.taken, since=since, until=until, now=since))

    agenda = Agenda(practitioner="elena", day=since.date(), taken=tuple(busy))
    before = now_free(agenda)
    assume(before)
    slot = data.draw(st.sampled_from(before))
    mine = taken(slot.begins, kind.minutes + kind.buffer, "mine")
    booked = agendas.with_taken(agenda, mine, since)
    after = now_free(booked)
    assert slot not in after
    assert set(after) < set(before)
    assert now_free(agendas.freed(booked, "mine")) == before


@given(situations())
def test_never_are_more_booked_at_once_than_the_capacity_says(situation: Any) -> None:
    """Whoever takes the first free slot, again and again."""
    of, schedule, kind, _, since, until = situation
    agenda = Agenda(practitioner="elena", day=since.date())
    for number in range(12):
        found = slots.free(of, schedule, kind, agenda.taken, since=since, until=until, now=since)
        slot = next(found, None)
        if slot is None:
            break
        one = taken(slot.begins, kind.minutes + kind.buffer, f"b{number}")
        agenda = agendas.with_taken(agenda, one, since)
    for one in agenda.taken:
        assert sum(other.begins <= one.begins < other.ends for other in agenda.taken) <= schedule.capacity

"""When a clinic is open, in every zone, around every change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError
from recado.model.tenant import OpeningHours, Tenant
from recado.rules import times
from recado.rules.hours import AHEAD, is_open, opens_at, time_open

from tests.samples import BOAVISTA

MORNING, AFTERNOON = ("09:00", "13:00"), ("14:30", "18:00")
ZONES = [
    "America/Sao_Paulo",
    "Europe/Madrid",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Atlantic/Azores",
    "America/Santiago",
    "Africa/Casablanca",
]


def clinic(*spans: tuple[int, str, str], timezone: str = "Europe/Madrid", **more: Any) -> Tenant:
    hours = tuple(OpeningHours(weekday=day, opens=opens, closes=closes) for day, opens, closes in spans)
    return BOAVISTA.model_copy(update={"timezone": timezone, "hours": hours, **more})


WEEK = clinic(*((day, *span) for day in range(5) for span in (MORNING, AFTERNOON)))


def at(wall: str, timezone: str = "Europe/Madrid") -> datetime:
    return times.instant(datetime.fromisoformat(wall), timezone)


@pytest.mark.parametrize(
    ("wall", "open_"),
    [
        ("2026-11-23T08:59:59", False),
        ("2026-11-23T09:00:00", True),
        ("2026-11-23T12:59:59", True),
        ("2026-11-23T13:00:00", False),
        ("2026-11-23T14:30:00", True),
        ("2026-11-23T18:00:00", False),
        ("2026-11-28T10:00:00", False),
    ],
)
def test_a_span_begins_with_its_first_moment_and_ends_before_its_last(wall: str, open_: bool) -> None:
    assert is_open(WEEK, at(wall)) is open_


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T07:00", "2026-11-23T09:00"),
        ("2026-11-23T13:20", "2026-11-23T14:30"),
        ("2026-11-23T18:00", "2026-11-24T09:00"),
        ("2026-11-27T19:00", "2026-11-30T09:00"),
        ("2026-11-23T10:00", "2026-11-23T10:00"),
    ],
)
def test_it_opens_at_the_next_span(now: str, opens: str) -> None:
    assert opens_at(WEEK, at(now)) == at(opens)


def test_a_closed_day_is_skipped() -> None:
    feast = WEEK.model_copy(update={"closed_days": (date(2026, 12, 8),)})
    assert not is_open(feast, at("2026-12-08T10:00"))
    assert opens_at(feast, at("2026-12-07T18:30")) == at("2026-12-09T09:00")


def test_a_clinic_that_gives_no_hours_is_never_said_to_be_closed() -> None:
    now = at("2026-12-25T03:00")
    assert is_open(clinic(), now)
    assert opens_at(clinic(), now) == now


def test_one_that_is_closed_for_longer_than_anybody_plans_names_no_day() -> None:
    days = tuple(date(2026, 11, 23) + timedelta(days=number) for number in range(AHEAD.days + 1))
    assert opens_at(WEEK.model_copy(update={"closed_days": days}), at("2026-11-23T10:00")) is None


def test_a_day_may_last_until_its_end_and_the_next_go_on() -> None:
    night = clinic((0, "20:00", "24:00"), (1, "00:00", "06:00"))
    assert is_open(night, at("2026-11-23T23:59:59"))
    assert is_open(night, at("2026-11-24T00:00"))
    assert not is_open(night, at("2026-11-24T06:00"))


def test_an_opening_time_that_the_clocks_leave_out_opens_when_they_are_put() -> None:
    early = clinic((6, "02:30", "10:00"))
    assert opens_at(early, at("2026-03-29T01:00")) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_hours_that_the_clocks_show_twice_hold_twice() -> None:
    late = clinic((6, "01:00", "02:30"))
    again = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    assert not is_open(late, again - timedelta(minutes=15))
    assert opens_at(late, again - timedelta(minutes=15)) == again


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": 0, "opens": "22:00", "closes": "06:00"},
        {"weekday": 0, "opens": "09:00", "closes": "09:00"},
        {"weekday": 7, "opens": "09:00", "closes": "13:00"},
        {"weekday": 0, "opens": "9:00", "closes": "13:00"},
        {"weekday": 0, "opens": "09:00", "closes": "24:30"},
    ],
)
def test_a_span_over_midnight_or_of_no_time_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OpeningHours.model_validate(wrong)


quarters = st.integers(0, 95).map(lambda n: f"{n // 4:02d}:{n % 4 * 15:02d}")
spans = st.tuples(st.integers(0, 6), quarters, quarters).filter(lambda span: span[1] < span[2])
around_a_change = st.sampled_from(
    ["2026-03-29T01:00", "2026-10-25T01:00", "2026-03-08T07:00", "2026-11-01T06:00", "2026-10-03T15:30"]
).flatmap(lambda text: st.integers(-3000, 3000).map(lambda m: _utc(text) + timedelta(minutes=m)))
anytime = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(
    week=st.lists(spans, min_size=1, max_size=6),
    zone=st.sampled_from(ZONES),
    now=around_a_change | anytime,
    minutes=st.integers(0, 10_000),
)
def test_until_it_opens_it_is_closed_and_then_it_is_open(
    week: list[tuple[int, str, str]], zone: str, now: datetime, minutes: int
) -> None:
    one = clinic(*week, timezone=zone)
    opens = opens_at(one, now)
    assert opens is not None
    assert opens >= now
    assert is_open(one, opens)
    between = now + timedelta(minutes=minutes)
    assume(between < opens)
    assert not is_open(one, between)
    assert not is_open(one, opens - timedelta(seconds=1))


def test_the_time_open_leaves_out_nights_breaks_weekends_and_closed_days() -> None:
    friday, monday = at("2026-11-20T17:00"), at("2026-11-23T15:00")
    assert time_open(WEEK, friday, monday) == timedelta(hours=1 + 4 + 0.5)
    closed = WEEK.model_copy(update={"closed_days": (date(2026, 11, 23),)})
    assert time_open(closed, friday, monday) == timedelta(hours=1)


def test_a_clinic_without_hours_is_open_all_the_time_and_nobody_backwards() -> None:
    always = clinic()
    assert time_open(always, at("2026-11-20T17:00"), at("2026-11-22T17:00")) == timedelta(days=2)
    assert time_open(always, at("2026-11-20T17:00"), at("2026-11-19T17:00")) == timedelta()
    assert time_open(WEEK, at("2026-11-20T17:00"), at("2026-11-20T09:00")) == timedelta()


def test_spans_that_overlap_and_the_end_of_the_day_count_once() -> None:
    friday = clinic((4, "08:00", "24:00"), (4, "09:00", "10:00"), (4, "20:00", "24:00"))
    assert time_open(friday, at("2026-11-20T00:00"), at("2026-11-21T12:00")) == timedelta(hours=16)


def test_a_day_of_twenty_five_hours_is_open_for_as_long() -> None:
    sunday = clinic((6, "00:00", "24:00"))
    assert time_open(sunday, at("2026-10-25T00:00"), at("2026-10-26T00:00")) == timedelta(hours=25)


@given(st.integers(0, 14 * 96), st.integers(0, 14 * 96), st.sampled_from(ZONES))
def test_the_time_open_is_the_quarters_of_an_hour_in_which_it_is_open(
    one: int, other: int, zone: str
) -> None:
    quarter = timedelta(minutes=15)
    week = WEEK.model_copy(update={"timezone": zone})
    first = datetime(2026, 10, 19, tzinfo=UTC)
    since, until = first + min(one, other) * quarter, first + max(one, other) * quarter
    steps = range((until - since) // quarter)
    assert time_open(week, since, until) == sum(is_open(week, since + n * quarter) for n in steps) * quarter

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from recado.errors import Invalid
from recado.rules import times


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "timezone", "moment"),
    [
        ("2026-11-24T09:30", "America/Sao_Paulo", "2026-11-24T12:30"),
        ("2026-11-24 09:30", "Europe/Madrid", "2026-11-24T08:30"),
        ("2026-11-24T09:30:15.250", "Europe/Madrid", "2026-11-24T08:30:15"),
        ("2026-11-24T09:30Z", "America/Sao_Paulo", "2026-11-24T09:30"),
        ("2026-11-24T09:30-03:00", "Europe/Madrid", "2026-11-24T12:30"),
    ],
)
def test_a_start_is_wall_time_where_the_clinic_is_or_has_an_offset(
    text: str, timezone: str, moment: str
) -> None:
    assert times.start_of(text, timezone) == utc(moment)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2026-11-24",
        "2026-11-24+02:00",
        "2026-02-30T09:30",
        "2026-11-24T25:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-12:00",
        "2026-11-24T09:30" + "0" * 10_000,
        "２０２６-11-24T09:30",
    ],
)
def test_what_is_no_date_and_time_is_refused_by_name(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        times.start_of(text, "America/Sao_Paulo")
    assert refused.value.field == "start"


@pytest.mark.parametrize(
    ("wall", "timezone"),
    [
        ("2027-03-28T02:30", "Europe/Madrid"),
        ("2026-10-04T02:15", "Australia/Lord_Howe"),
        ("2027-03-28T02:00", "Antarctica/Troll"),
    ],
)
def test_a_wall_time_that_clocks_leave_out_is_refused(wall: str, timezone: str) -> None:
    with pytest.raises(Invalid) as refused:
        times.start_of(wall, timezone)
    assert refused.value.field == "start"


@pytest.mark.parametrize(
    ("wall", "timezone", "first", "second"),
    [
        ("2026-10-25T02:30", "Europe/Madrid", "2026-10-25T00:30", "2026-10-25T01:30"),
        ("2027-04-04T01:45", "Australia/Lord_Howe", "2027-04-03T14:45", "2027-04-03T15:15"),
    ],
)
def test_a_wall_time_that_clocks_show_twice_means_the_first_and_an_offset_the_second(
    wall: str, timezone: str, first: str, second: str
) -> None:
    assert times.start_of(wall, timezone) == utc(first)
    assert times.start_of(f"{second}Z", timezone) == utc(second)
    assert times.shown(times.wall(utc(second), timezone)) == wall


def test_sao_paulo_has_no_summer_time() -> None:
    for month in range(1, 13):
        wall = datetime.fromisoformat(f"2027-{month:02}-15T09:00")
        assert times.instants(wall, "America/Sao_Paulo") == (datetime(2027, month, 15, 12, tzinfo=UTC),)


def test_a_wall_time_is_shown_with_seconds_only_where_there_are_any() -> None:
    for wall in ("2026-11-24T09:30", "2026-11-24T09:30:05"):
        assert times.shown(datetime.fromisoformat(wall)) == wall

"""The stretch of time that a report is about."""

from datetime import UTC, datetime, timedelta

import pytest
from recado.errors import Invalid
from recado.rules.periods import period

from tests.samples import NOW


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "start"),
    [("America/Sao_Paulo", "2026-11-23T03:00"), ("Europe/Madrid", "2026-11-22T23:00"), ("UTC", "2026-11-23")],
)
def test_by_default_it_is_the_clinics_present_day(zone: str, start: str) -> None:
    assert period(None, None, zone, NOW) == (utc(start), utc(start) + timedelta(days=1))


def test_late_in_the_evening_in_utc_it_is_still_today_in_sao_paulo() -> None:
    late = utc("2026-11-24T02:30")
    assert period(None, None, "America/Sao_Paulo", late).start == utc("2026-11-23T03:00")


def test_dates_are_days_of_the_clinics_calendar_and_the_end_is_not_in_it() -> None:
    assert period("2026-11-24", "2026-11-26", "America/Sao_Paulo", NOW) == (
        utc("2026-11-24T03:00"),
        utc("2026-11-26T03:00"),
    )


def test_a_day_on_which_clocks_change_has_twenty_three_hours_or_twenty_five() -> None:
    spring = period("2026-03-29", "2026-03-30", "Europe/Madrid", NOW)
    autumn = period("2026-10-25", "2026-10-26", "Europe/Madrid", NOW)
    assert [(one.end - one.start).total_seconds() / 3600 for one in (spring, autumn)] == [23, 25]


def test_a_moment_is_taken_back_to_its_interval() -> None:
    assert period("2026-11-24T10:07:30Z", "2026-11-24T11:59:00-03:00", "UTC", NOW) == (
        utc("2026-11-24T10:00"),
        utc("2026-11-24T14:45"),
    )


def test_one_end_alone_is_a_day_from_there_or_up_to_there() -> None:
    day = (utc("2026-11-24"), utc("2026-11-25"))
    assert period("2026-11-24", None, "UTC", NOW) == day
    assert period(None, "2026-11-25", "UTC", NOW) == day


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ("yesterday", None, "from"),
        (None, "24/11/2026", "to"),
        ("2026-11-24T10:00", None, "from"),
        ("2026-13-01", None, "from"),
        ("2026-11-24", "2026-11-24", "to"),
        ("2026-11-25", "2026-11-24", "to"),
        ("2026-01-01", "2026-03-01", "to"),
        ("0001-01-01", None, "from"),
        ("9999-12-31", None, "from"),
        (None, "0001-01-01", "to"),
    ],
)
def test_what_is_no_period_names_its_field(start: str | None, end: str | None, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        period(start, end, "Europe/Madrid", NOW)
    assert refused.value.field == field


def test_a_month_is_not_too_long_even_when_clocks_go_back_in_it() -> None:
    found = period("2026-10-01", "2026-11-01", "Europe/Madrid", NOW)
    assert found.end - found.start == timedelta(days=31, hours=1)

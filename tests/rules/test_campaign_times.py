"""Until when a campaign writes, at so many people an hour, by day only."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.campaign import Campaign
from recado.model.policy import Policy, Step
from recado.model.segment import Query
from recado.rules import campaigns, quiet
from recado.rules.campaign_times import LONGEST, last_message, last_turn, turns_of

ZONE = "America/Sao_Paulo"
NINE = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(ZONE))
"""A Tuesday."""
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def recall(*minutes: int, **changes: Any) -> Campaign:
    steps = tuple(
        Step(name=f"step{at}", minutes=at, purpose="recall", text="recall") for at in minutes or (0,)
    )
    known = {"id": "k1", "name": "Um ano", "segment": "g1", "query": Query(), "purpose": "recall"}
    return Campaign.model_validate(known | {"steps": steps, "created_at": NINE, "created_by": "a"} | changes)


@pytest.mark.parametrize(
    ("per_hour", "turns", "ends"),
    [
        (120, 1, NINE),
        (120, 60, NINE + 59 * MINUTE),
        (120, 12 * 60, NINE.replace(hour=20, minute=59)),
        (120, 12 * 60 + 1, NINE.replace(hour=8) + DAY),
        (30, 31, NINE + timedelta(hours=1)),
        (1, 12 + 13 + 2, NINE + 2 * DAY),
    ],
)
def test_it_goes_on_by_day_until_everybody_was_taken_in(per_hour: int, turns: int, ends: datetime) -> None:
    assert last_turn(Policy(), ZONE, recall(per_hour=per_hour), turns, NINE) == ends


def test_a_closed_day_and_a_night_are_waited_for() -> None:
    policy = Policy(closed_days=(date(2026, 11, 24),))
    assert last_turn(policy, ZONE, recall(), 1, NINE) == NINE.replace(hour=8) + DAY


def test_what_takes_more_than_a_year_is_not_foretold() -> None:
    assert last_turn(Policy(), ZONE, recall(per_hour=1), 14 * 366, NINE) is None


def test_few_people_among_many_records_take_as_long_as_it_takes_to_look_at_all() -> None:
    assert turns_of(recall(per_hour=120), 10, 5000, 500) == 10
    assert turns_of(recall(per_hour=120), 100, 5000, 500) == 50
    assert turns_of(recall(per_hour=120), 0, 0, 500) == 1


def test_the_last_message_is_the_last_step_of_who_comes_last_and_not_at_night() -> None:
    evening = NINE.replace(hour=20, minute=30)
    assert last_message(Policy(), ZONE, recall(0, 3 * 1440), NINE) == NINE + 3 * DAY
    assert (
        last_message(Policy(quiet_from="20:00"), ZONE, recall(0, 1440), evening)
        == NINE.replace(hour=19) + DAY
    )


@given(st.integers(1, 3600), st.integers(1, 900), st.integers(0, 7 * 1440))
def test_it_is_what_taking_turns_comes_to(per_hour: int, turns: int, minutes: int) -> None:
    one, policy, now = recall(per_hour=per_hour), Policy(), NINE + minutes * MINUTE
    at = campaigns.waits_until(policy, ZONE, now)
    for _ in range(turns - 1):
        at = campaigns.waits_until(policy, ZONE, at + campaigns.between(one))
    assert last_turn(policy, ZONE, one, turns, now) == (at if at < now + LONGEST else None)
    assert quiet.permits(policy, at, ZONE)

"""Whatever campaigns there are, nobody gets more than the clinic's caps allow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from recado.model.communication import Communication
from recado.model.policy import Caps
from recado.rules.caps import free_from
from recado.rules.communications import outbound
from recado.rules.reach import Route

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CAPS = Caps(day=2, week=4, promotions=1)
HOUR = timedelta(hours=1)


def sent(hours_ago: float, purpose: str = "reminder", **changes: object) -> Communication:
    message = outbound("m", Route("sms", "1", "2"), "…", NOW - HOUR * hours_ago, patient="p")
    return message.model_copy(update={"purpose": purpose, **changes})


def test_who_has_had_nothing_gets_it_now() -> None:
    assert free_from(CAPS, "reminder", [], NOW) == NOW


def test_who_has_had_a_day_s_worth_gets_it_when_the_first_of_them_is_a_day_old() -> None:
    assert free_from(CAPS, "reminder", [sent(20), sent(3)], NOW) == NOW + 4 * HOUR


def test_who_has_had_a_week_s_worth_waits_for_the_first_of_the_week() -> None:
    days = [sent(24 * day) for day in (6, 5, 4, 3)]
    assert free_from(CAPS, "reminder", days, NOW) == NOW + 24 * HOUR


def test_all_that_we_begin_counts_whatever_it_is_for() -> None:
    assert free_from(CAPS, "recall", [sent(3, "survey"), sent(2, "instructions")], NOW) > NOW


def test_what_answers_them_does_not_count_nor_what_was_never_sent() -> None:
    said = [
        sent(1, "self_service"),
        sent(1, "confirmation"),
        sent(1, "conversation", author="agent:ana"),
        sent(1, "text_back"),
        sent(1, direction="inbound"),
        sent(1, state="withdrawn"),
        sent(1, state="failed"),
    ]
    assert free_from(CAPS, "reminder", said, NOW) == NOW


def test_promotions_have_a_cap_of_their_own_which_leaves_room_for_care() -> None:
    assert free_from(CAPS, "survey", [sent(30, "news")], NOW) == NOW + (7 * 24 - 30) * HOUR
    assert free_from(CAPS, "reminder", [sent(30, "news")], NOW) == NOW


@given(
    asked=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["reminder", "survey", "recall"]))),
    day=st.integers(1, 4),
    week=st.integers(1, 9),
    promotions=st.integers(1, 3),
)
def test_in_no_day_and_no_week_are_there_more_than_the_caps(
    asked: list[tuple[int, str]], day: int, week: int, promotions: int
) -> None:
    caps = Caps(day=day, week=week, promotions=promotions)
    gone: list[Communication] = []
    for hour, purpose in sorted(asked):
        now = NOW + HOUR * hour
        if free_from(caps, purpose, gone, now) == now:
            gone.append(sent(-hour, purpose))
    for one in gone:
        after = [other for other in gone if timedelta() <= other.at - one.at]
        assert sum(other.at - one.at < 24 * HOUR for other in after) <= day
        assert sum(other.at - one.at < 7 * 24 * HOUR for other in after) <= week
        in_week = [other for other in after if other.at - one.at < 7 * 24 * HOUR]
        assert sum(other.purpose == "survey" for other in in_week) <= promotions

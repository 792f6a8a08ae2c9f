"""K12-K19, of what came of a period."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.outcomes import Outcomes, Pursuit
from recado.model.tenant import OpeningHours
from recado.rules import kpi_follow_up as kpi
from recado.rules.figures import Part
from recado.rules.kpi_follow_up import Pursued

from tests.samples import BOAVISTA, NOW, later

OPEN_LATER = BOAVISTA.model_copy(update={"hours": (OpeningHours(weekday=0, opens="14:00", closes="18:00"),)})
"""It opens three hours after NOW."""


def tried(after: timedelta, outcome: str = "no_answer") -> dict[str, Any]:
    return {"at": NOW + after, "outcome": outcome}


def missed(n: int = 1, *attempts: dict[str, Any], **more: Any) -> Pursuit:
    known = {"patient": f"p{n}", "kind": "call", "since": NOW, "attempts": attempts}
    return Pursuit.model_validate({**known, **more})


def of(*pursuits: Pursuit, now: datetime = NOW + timedelta(days=3), **more: Any) -> Pursued:
    return Pursued(Outcomes(pursuits=pursuits, **more), BOAVISTA, now)


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def test_a_call_is_missed_that_nobody_and_nothing_answered() -> None:
    calls = {
        "answered/open": 6,
        "abandoned_in_queue/open": 1,
        "callback_requested/open": 1,
        "self_served/closed": 1,
        "abandoned_in_menu/closed": 1,
    }
    found = kpi.missed_call_rate(of(calls=calls))
    assert (found.value, found.n) == (0.2, 10)
    assert found.parts == {"open": Part(0.125, 8), "closed": Part(0.5, 2)}


def test_missed_people_count_once_however_often_they_rang() -> None:
    found = kpi.recovered_missed(of(missed(1), missed(1, tried(HOUR, "reached")), missed(2)))
    assert (found.value, found.n) == (0.5, 2)


@pytest.mark.parametrize(
    ("pursuit", "recovered"),
    [
        (missed(1, tried(2 * DAY, "booked")), 1.0),
        (missed(1, tried(2 * DAY + MINUTE, "reached")), 0.0),
        (missed(1, tried(HOUR, "voicemail")), 0.0),
        (missed(1, ended="reached", ended_at=later(hours=5)), 1.0),
        (missed(1, ended="declined", ended_at=later(hours=5)), 0.0),
        (missed(1, ended="booked", ended_at=later(hours=49)), 0.0),
    ],
)
def test_recovered_is_who_was_spoken_to_or_booked_within_two_days(pursuit: Pursuit, recovered: float) -> None:
    assert kpi.recovered_missed(of(pursuit)).value == recovered


def test_the_first_attempt_is_timed_by_the_clock_and_in_open_hours() -> None:
    pursuits = (missed(1, tried(10 * MINUTE)), missed(2, tried(4 * HOUR), tried(5 * HOUR)), missed(3))
    found = kpi.time_to_first_callback(of(*pursuits)._replace(clinic=OPEN_LATER))
    assert (found.value, found.n) == (600, 2)
    assert found.parts == {"p90": Part(14400, 2), "open_p50": Part(0, 2), "open_p90": Part(3600, 2)}


def test_a_form_may_be_answered_in_writing_and_a_call_may_not() -> None:
    form = missed(1, kind="form", answered_at=later(minutes=30))
    assert kpi.first_attempt(form) == later(minutes=30)
    assert kpi.first_attempt(missed(1, answered_at=later(minutes=30))) is None


@pytest.mark.parametrize(
    ("pursuit", "now", "value", "n"),
    [
        (missed(1, tried(HOUR)), later(hours=2), 1.0, 1),
        (missed(1, tried(HOUR + MINUTE)), later(hours=2), 0.0, 1),
        (missed(1), later(minutes=59), None, 0),
        (missed(1), later(minutes=61), 0.0, 1),
        (missed(1, ended="reached", ended_at=later(minutes=20)), later(hours=9), None, 0),
        (missed(1, ended="reached", ended_at=later(hours=2)), later(hours=9), 0.0, 1),
        (missed(1, tried(HOUR), kind="message"), later(hours=2), None, 0),
    ],
)
def test_within_the_hour_is_judged_when_the_hour_is_over(
    pursuit: Pursuit, now: datetime, value: float | None, n: int
) -> None:
    assert kpi.within_1h_rate(of(pursuit, now=now))[:2] == (value, n)


def test_an_hour_in_which_the_clinic_was_open_is_counted_apart() -> None:
    found = kpi.within_1h_rate(of(missed(1, tried(4 * HOUR)))._replace(clinic=OPEN_LATER))
    assert (found.value, found.parts["open"]) == (0.0, Part(1.0, 1))


@pytest.mark.parametrize(
    ("pursuit", "now", "late"),
    [
        (missed(1), later(hours=24), 0),
        (missed(1), later(hours=24, minutes=1), 1),
        (missed(1, tried(DAY)), later(days=3), 0),
        (missed(1, tried(DAY + MINUTE)), later(days=3), 1),
        (missed(1, ended="booked", ended_at=later(hours=3)), later(days=3), 0),
    ],
)
def test_nobody_should_wait_a_day_for_the_first_attempt(pursuit: Pursuit, now: datetime, late: int) -> None:
    assert kpi.over_24h(of(pursuit, now=now))[:2] == (late, 1)


LADDER = (
    missed(1, tried(HOUR), tried(DAY, "reached")),
    missed(2, tried(HOUR, "reached")),
    missed(3, tried(HOUR, "voicemail"), tried(DAY, "busy"), tried(2 * DAY, "voicemail")),
    missed(4),
)


def test_attempts_are_told_apart_by_whether_they_reached_anybody() -> None:
    found = kpi.attempts_per_contact(of(*LADDER))
    assert (found.value, found.n, found.parts["never_reached"]) == (1.5, 2, Part(3.0, 1))


def test_each_attempt_has_its_own_rate_of_those_not_reached_before() -> None:
    found = kpi.contact_rate(of(*LADDER))
    assert (found.value, found.n) == (0.6667, 3)
    assert found.parts == {"1": Part(0.3333, 3), "2": Part(0.5, 2), "3": Part(0.0, 1)}


def test_voicemail_is_of_all_attempts() -> None:
    assert kpi.voicemail_rate(of(*LADDER))[:2] == (0.3333, 6)


def test_where_nobody_was_missed_there_is_no_number() -> None:
    values = {one.id: one.formula(of()).value for one in kpi.KPIS}
    assert {name for name, value in values.items() if value is not None} == {"K16"}


ATTEMPTS = st.lists(
    st.builds(
        tried,
        st.integers(1, 5000).map(lambda minutes: minutes * MINUTE),
        st.sampled_from(["reached", "no_answer", "voicemail", "declined"]),
    ),
    max_size=5,
).map(lambda found: sorted(found, key=lambda one: one["at"]))


@given(st.lists(ATTEMPTS, max_size=6))
def test_who_was_reached_at_some_attempt_was_reached_once(attempts: list[list[dict[str, Any]]]) -> None:
    given = of(*(missed(n, *each) for n, each in enumerate(attempts)))
    found = kpi.contact_rate(given)
    reached = sum(round((one.value or 0) * one.n) for one in found.parts.values())
    assert reached == round((found.value or 0) * found.n)
    assert kpi.attempts_per_contact(given).n == reached

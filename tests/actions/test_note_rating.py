"""What the review site shows, noted by hand, and what it tells beside whom we invited."""

from __future__ import annotations

from datetime import date

import pytest
from recado.actions.note_rating import drop_rating, note_rating
from recado.actions.report_reviews import report_reviews
from recado.errors import Invalid, NotFound
from recado.model.interval import IntervalTotal
from recado.model.outcomes import Outcomes
from recado.rules.kpi_reviews import review_rate
from recado.store import intervals, ratings

from tests.samples import NOW, later

pytestmark = pytest.mark.usefixtures("clinic")


def noted(day: str, count: int, tenant: str = "boavista") -> None:
    note_rating(tenant, date.fromisoformat(day), count, 4.5, NOW, author="role:admin")


def test_what_is_noted_again_for_a_day_counts_and_the_latest_comes_first() -> None:
    for day, count in (("2026-11-20", 118), ("2026-11-23", 120), ("2026-11-23", 121)):
        noted(day, count)
    found = ratings.lately("boavista", "2026-11-23", 24)
    assert [(one.day, one.review_count, one.version) for one in found] == [
        ("2026-11-23", 121, 2),
        ("2026-11-20", 118, 1),
    ]
    assert ratings.lately("delsol", "2026-11-23", 24) == []


def test_what_was_noted_for_the_wrong_day_is_taken_back() -> None:
    noted("2026-11-20", 118)
    drop_rating("boavista", date(2026, 11, 20))
    assert ratings.lately("boavista", "2026-11-23", 24) == []
    with pytest.raises(NotFound):
        drop_rating("boavista", date(2026, 11, 20))


@pytest.mark.parametrize("day", ["2026-11-24", "0001-01-01"])
def test_nobody_notes_what_a_site_will_show_or_showed_long_ago(day: str) -> None:
    with pytest.raises(Invalid, match="still to come, or too long ago"):
        noted(day, 1)


@pytest.mark.parametrize(("count", "value"), [(0, 4.5), (7, None)])
def test_reviews_have_a_mean_and_none_have_none(count: int, value: float | None) -> None:
    with pytest.raises(Invalid, match="have a mean"):
        note_rating("boavista", date(2026, 11, 20), count, value, NOW, author="role:admin")
    made = note_rating("boavista", date(2026, 11, 20), 0, None, NOW, author="role:admin")
    assert made.rating_value is None


def invited(day: int, *people: str) -> None:
    """These people were, at noon of a day of November."""
    told = Outcomes(messaged={"review": frozenset(people), "news": frozenset({"p9"})})
    start = NOW.replace(day=day, hour=15, minute=0)
    intervals.save_total("boavista", IntervalTotal(start=start, outcomes={"whatsapp": told}))


def test_new_reviews_are_of_who_was_invited_between_two_notes() -> None:
    for day, people in ((10, ("p0",)), (14, ("p1", "p2")), (20, ("p2", "p3")), (23, ("p4",))):
        invited(day, *people)
    for noted_on, count in (("2026-11-01", 100), ("2026-11-14", 118), ("2026-11-22", 121)):
        noted(noted_on, count)
    noted("2026-11-23", 7, "delsol")
    made = report_reviews("boavista", "2026-11-20", "2026-11-24", later(days=1))
    days = [one.day for one in (made.whole.before, made.whole.after) if one]
    assert days == ["2026-11-14", "2026-11-22"]
    assert made.whole.people == frozenset({"p1", "p2", "p3"})
    assert review_rate(made.whole).value == 1.0


def test_of_one_note_it_is_told_whom_was_invited_in_the_period() -> None:
    invited(20, "p1")
    noted("2026-11-22", 121)
    made = report_reviews("boavista", "2026-11-20", "2026-11-24", later(days=1))
    assert (made.whole.people, made.whole.before) == (frozenset({"p1"}), None)
    assert review_rate(made.whole).parts["rating"].n == 121

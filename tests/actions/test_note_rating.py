"""What the review site shows, noted by hand, and what it tells beside whom we invited."""

from __future__ import annotations

from datetime import date

import pytest
from recado.actions.note_rating import note_rating
from recado.actions.report_reviews import report_reviews
from recado.errors import Invalid
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


def test_nobody_notes_what_a_site_will_show() -> None:
    with pytest.raises(Invalid, match="still to come"):
        noted("2026-11-24", 1)


def test_new_reviews_of_a_period_are_of_who_was_invited_in_it() -> None:
    invited = Outcomes(messaged={"review": frozenset({"p1", "p2", "p3", "p4"}), "news": frozenset({"p9"})})
    total = IntervalTotal(start=NOW, outcomes={"whatsapp": invited})
    intervals.save_total("boavista", total)
    for day, count in (("2026-11-01", 100), ("2026-11-19", 118), ("2026-11-23", 121)):
        noted(day, count)
    noted("2026-11-23", 7, "delsol")
    made = report_reviews("boavista", "2026-11-20", "2026-11-25", later(days=1))
    assert (made.whole.before, made.whole.after) == tuple(
        ratings.find("boavista", day) for day in ("2026-11-19", "2026-11-23")
    )
    assert (review_rate(made.whole).value, review_rate(made.whole).n) == (0.75, 4)

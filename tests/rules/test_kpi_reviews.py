"""K27, of whom we invited and what the review site showed."""

from __future__ import annotations

from recado.model.rating import Rating
from recado.rules.figures import NOTHING, Figure, Part
from recado.rules.kpi_reviews import Invited, review_rate

from tests.samples import NOW

TEN = frozenset(f"p{number}" for number in range(10))


def shown(day: str, count: int, value: float = 4.5) -> Rating:
    return Rating(day=day, review_count=count, rating_value=value, noted_at=NOW, noted_by="role:admin")


BEFORE, AFTER = shown("2026-11-01", 118), shown("2026-12-01", 121, 4.6)
RATED = {"rating": Part(4.6, 121)}


def test_new_reviews_are_of_who_was_invited() -> None:
    assert review_rate(Invited(TEN, BEFORE, AFTER)) == Figure(0.3, 10, RATED)


def test_what_a_site_took_away_counts_as_no_review() -> None:
    assert review_rate(Invited(TEN, shown("2026-11-01", 130), AFTER)) == Figure(0.0, 10, RATED)


def test_one_note_tells_how_it_is_rated_but_not_what_is_new() -> None:
    assert review_rate(Invited(TEN, AFTER, AFTER)) == Figure(None, 10, RATED)
    assert review_rate(Invited(TEN, None, AFTER)) == Figure(None, 10, RATED)


def test_of_nobody_there_is_no_share() -> None:
    assert review_rate(Invited(frozenset(), BEFORE, AFTER)) == Figure(None, 0, RATED)
    assert review_rate(Invited(frozenset(), None, None)) == NOTHING

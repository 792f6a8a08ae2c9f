"""What answers to surveys come to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.survey import Survey, SurveyKind
from recado.rules import surveys as rules

from tests.samples import NOW


def survey(score: int | None, kind: SurveyKind = "nps", days_ago: int = 0) -> Survey:
    return Survey(
        id="s1",
        kind=kind,
        patient="p1",
        appointment="a1",
        practitioner="Dra. Costa",
        language="pt-BR",
        day="2026-11-23",
        channel="whatsapp",
        contact_point="phone#+5511987654321",
        asked_at=NOW - timedelta(days=days_ago),
        score=score,
    )


def test_nps_is_promoters_less_detractors_in_points() -> None:
    found = rules.nps([survey(one) for one in (10, 9, 8, 7, 6, 0, 10, 10, None)])
    assert (found.answers, found.promoters, found.detractors, found.score) == (8, 4, 2, 25.0)
    assert not found.enough


def test_without_an_answer_there_is_no_nps() -> None:
    assert rules.nps([survey(None), survey(5, "csat")]).score is None
    assert rules.csat([survey(9)]).share is None


def test_thirty_answers_are_enough() -> None:
    assert rules.nps([survey(9)] * 30).enough
    assert not rules.nps([survey(9)] * 29).enough


def test_an_interval_narrows_with_the_answers() -> None:
    few, many = ([survey(10), survey(3)] * times for times in (10, 1000))
    wide, narrow = rules.nps(few), rules.nps(many)
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low < 0


def test_content_is_who_gives_four_or_five() -> None:
    found = rules.csat([survey(one, "csat") for one in (5, 4, 3, 1)])
    assert (found.answers, found.content, found.share) == (4, 2, 0.5)


@given(st.lists(st.integers(0, 10), min_size=1))
def test_an_nps_lies_in_its_interval_and_all_of_it_in_the_range(scores: list[int]) -> None:
    found = rules.nps([survey(one) for one in scores])
    assert found.score is not None
    assert found.low is not None
    assert found.high is not None
    assert -100 <= found.low <= found.score <= found.high <= 100


@pytest.mark.parametrize(
    ("kind", "score", "low"), [("nps", 6, True), ("nps", 7, False), ("csat", 2, True), ("csat", 3, False)]
)
def test_who_is_not_content_is_one_for_a_person(kind: SurveyKind, score: int, low: bool) -> None:
    assert rules.is_low(survey(score, kind)) is low


def test_who_was_asked_of_late_is_not_asked_again() -> None:
    assert rules.lately([survey(None, days_ago=89)], 90, NOW)
    assert not rules.lately([survey(9, days_ago=90)], 90, NOW)


def test_what_was_said_first_counts() -> None:
    known = rules.commented(survey(9), " Muito bom ")
    assert rules.commented(known, "outra coisa").comment == "Muito bom"
    assert len(rules.commented(survey(9), "x" * 5000).comment or "") == rules.LONGEST

"""What the identity bench counts."""

from itertools import combinations
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.identity.goals import Goal
from tests.bench.identity.measures import Pairs, found_by, measure, pairs

TRUE = {"a": "Ana", "b": "Ana", "c": "Ana", "d": "Dora"}


class Answer(NamedTuple):
    record_id: str
    person_id: str
    decision: str
    score: float
    reads: int


ANSWERS = [
    Answer("a", "1", "new", 0.1, 1),
    Answer("b", "1", "same", 1.0, 2),
    Answer("c", "1", "review", 0.7, 6),
    Answer("d", "1", "same", 0.9, 3),
]


def test_one_person_for_everybody_finds_every_pair_and_others_too() -> None:
    assert pairs(dict.fromkeys(TRUE, "1"), TRUE) == Pairs(precision=3 / 6, recall=1)


def test_nobody_put_together_claims_nothing_wrong_and_finds_nothing() -> None:
    assert pairs({record: record for record in TRUE}, TRUE) == Pairs(precision=1, recall=0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12))
def test_pairs_are_those_that_one_gets_by_looking_at_each(labels: list[tuple[int, int]]) -> None:
    said = {str(at): one for at, (one, _) in enumerate(labels)}
    true = {str(at): one for at, (_, one) in enumerate(labels)}
    claimed = {pair for pair in combinations(said, 2) if said[pair[0]] == said[pair[1]]}
    real = {pair for pair in combinations(true, 2) if true[pair[0]] == true[pair[1]]}
    right = len(claimed & real)
    assert pairs(said, true) == Pairs(
        right / len(claimed) if claimed else 1, right / len(real) if real else 1
    )


def test_f1_is_nothing_where_nothing_is_right() -> None:
    assert Pairs(precision=0, recall=0).f1 == 0
    assert Pairs(precision=0.5, recall=1).f1 == pytest.approx(2 / 3)


def test_a_record_to_review_stands_for_itself_among_what_was_done_without_asking() -> None:
    found = measure(ANSWERS, TRUE)
    assert found.answered == Pairs(precision=3 / 6, recall=1)
    assert found.automatic == Pairs(precision=1 / 3, recall=1 / 3)
    assert found.review == 1 / 4


def test_reads_are_told_in_the_mean_and_the_most() -> None:
    found = measure(ANSWERS, TRUE)
    assert (found.reads_mean, found.reads_most) == (3, 6)


def test_people_are_counted_and_summed_up_against_those_there_are() -> None:
    found = measure(ANSWERS, TRUE)
    assert found.counted == 1 / 2 - 1
    assert found.summed == pytest.approx((0.9 + 0 + 0.3 + 0.1) / 2 - 1)


def test_a_key_finds_the_pairs_that_have_the_same_in_it_and_nothing_is_not_the_same() -> None:
    phones = {"a": "1", "b": "1", "c": None, "d": "1"}
    names = {"a": None, "b": "ana", "c": "ana", "d": None}
    assert found_by([phones], TRUE) == 1 / 3
    assert found_by([phones, names], TRUE) == 2 / 3


@pytest.mark.parametrize(
    ("goal", "figure", "met", "fails"),
    [
        (Goal(0.9, 0.8), 0.9, True, False),
        (Goal(0.9, 0.8), 0.85, False, False),
        (Goal(0.9, 0.8), 0.79, False, True),
        (Goal(0.05, 0.1, least=False), 0.05, True, False),
        (Goal(0.05, 0.1, least=False), 0.11, False, True),
        (Goal(0.5, None, least=False), 9, False, False),
    ],
    ids=["reached", "between", "below the floor", "few enough", "too many", "only told"],
)
def test_a_figure_is_held_to_its_floor_alone(goal: Goal, figure: float, met: bool, fails: bool) -> None:
    assert (goal.met(figure), goal.fails(figure)) == (met, fails)

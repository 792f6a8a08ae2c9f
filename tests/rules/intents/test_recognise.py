"""What somebody wants, whatever they write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules.intents import SURE, Intent, Name, recognise
from recado.rules.intents.deciding import ALERT, likeliest
from recado.rules.intents.model import likelihoods


@pytest.mark.parametrize(
    ("text", "intent"),
    [("sí", "confirm"), ("1", "confirm"), ("2", "cancel"), ("NÃO", "cancel"), ("stop", "optout")],
)
def test_a_short_answer_is_read_as_the_answer_that_it_is(text: str, intent: str) -> None:
    assert recognise(text).name == intent


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_is_out_of_scope_and_nothing_to_act_on(text: str) -> None:
    assert recognise(text) == Intent("oos", 0.0)
    assert not recognise(text).sure


@given(st.text(max_size=400), st.sampled_from(["pt-BR", "es", "it", "ca", "en", None, "xx"]))
def test_any_text_has_one_intent_and_a_likelihood(text: str, language: str | None) -> None:
    assert 0 <= recognise(text, language).confidence <= 1


@given(st.text(min_size=1, max_size=200))
def test_likelihoods_add_up_to_one(text: str) -> None:
    assert sum(likelihoods(text).values()) == pytest.approx(1)


def test_a_machine_acts_on_what_is_likely_enough_and_on_no_less() -> None:
    assert Intent("book", SURE).sure
    assert not Intent("book", SURE - 0.01).sure


def test_what_must_not_be_missed_is_taken_for_that_though_something_else_is_likelier() -> None:
    chances: dict[Name, float] = {"urgent": ALERT["urgent"], "book": 1 - ALERT["urgent"], "optout": 0.0}
    assert likeliest(chances).name == "urgent"


def test_what_their_words_take_back_is_not_said_unless_all_else_says_it() -> None:
    chances: dict[Name, float] = {"urgent": 0.7, "book": 0.3, "optout": 0.0}
    assert likeliest(chances, {"urgent"}).name == "book"
    assert likeliest({**chances, "urgent": 0.9, "book": 0.1}, {"urgent"}).name == "urgent"

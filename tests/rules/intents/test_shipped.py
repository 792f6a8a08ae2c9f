"""The model that ships: fitted on the corpus as it stands, small, and right on what it has not seen."""

from __future__ import annotations

import pytest
from recado.rules.intents.model import PATH, load

from tests.bench.intents import judging
from tests.bench.intents.phrasings import CORPUS, HELDOUT, LANGUAGES, digest, phrasings

FOUND = judging.held_out()


def test_it_was_fitted_on_the_corpus_as_it_stands() -> None:
    assert load().fitted_on == digest(), "the corpus or its making has changed: fit the model again (--fit)"


def test_it_is_small() -> None:
    assert PATH.stat().st_size <= 256 * 1024


def test_what_it_is_judged_by_is_not_in_the_corpus() -> None:
    known = {one.text.casefold() for one in phrasings(CORPUS)}
    assert not [one.text for one in phrasings(HELDOUT) if len(one.text) > 15 and one.text.casefold() in known]


def test_nine_in_ten_are_read_right() -> None:
    assert judging.accuracy(FOUND) >= 0.90


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_read_nearly_as_well(language: str) -> None:
    assert judging.accuracy([one for one in FOUND if one.language == language]) >= 0.85


@pytest.mark.parametrize("intent", judging.INTENTS)
def test_no_intent_is_neglected(intent: str) -> None:
    assert judging.recall(FOUND, intent) >= 0.75


@pytest.mark.parametrize("intent", judging.GUARDED)
def test_what_must_not_be_missed_is_found(intent: str) -> None:
    missed = [one.text for one in FOUND if one.true == intent and not one.right]
    assert judging.recall(FOUND, intent) >= 0.99, missed


@pytest.mark.parametrize("intent", judging.GUARDED)
def test_false_alarms_are_few(intent: str) -> None:
    assert judging.false_alarms(FOUND, intent) <= 0.03


def test_of_what_a_machine_acts_on_nineteen_in_twenty_are_right() -> None:
    share, right = judging.answered(FOUND)
    assert right >= 0.95
    assert share >= 0.75

"""The tables: how well what ships reads what it was not fitted on, how large it is, and how long it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from recado.rules.intents import guarding, model, recognise

from tests.bench.intents import crossing, judging, languages, phrasings
from tests.bench.intents.judging import GUARDED, INTENTS, Judged
from tests.bench.tables import say, table

ACCURACY: Final = 0.90
RECALL: Final = 0.99
FALSE_ALARMS: Final = 0.03
BYTES: Final = 256 * 1024
MILLISECONDS: Final = 2.0
"""Of CPU, an utterance."""
TO_LOAD: Final = 15.0
"""Milliseconds of CPU, for the model's weights; the words of the rules are read besides."""


def held_out() -> int:
    """Print how well what ships does; the exit status."""
    found = judging.held_out()
    say(f"INTENTS on {len(found)} utterances set aside, written by hand, in five languages\n")
    _say(found)
    _say_languages(languages.held_out())
    return _costs([one.text for one in found]) or int(judging.accuracy(found) < ACCURACY)


def crossed() -> int:
    """Print how well models do on the phrasings that they were not fitted on; the exit status."""
    found = crossing.crossed()
    say(f"INTENTS by cross-validation over phrasings, each left out whole: {len(found)} utterances\n")
    _say(found)
    _say_languages(languages.crossed())
    return 0


def _say(found: Sequence[Judged]) -> None:
    those = {name: [one for one in found if one.language == name] for name in phrasings.LANGUAGES}
    guarded = [f"{name} {what}" for name in GUARDED for what in ("found", "false")]
    rows = [_row(name, of) for name, of in those.items() if of]
    head = ["", "utterances", "right", "acted on", "of these right", *guarded]
    say(f"{table(head, [*rows, _row('all', found)])}\n")
    rows = [[name, *_figures(found, name), _taken(found, name)] for name in INTENTS]
    say(f"{table(['intent', 'recall', 'precision', 'taken for'], rows)}\n")


def _say_languages(found: Sequence[languages.Judged]) -> None:
    those = {name: [one for one in found if one.language == name] for name in phrasings.LANGUAGES}
    rows = [
        [name, str(len(of)), *(f"{share:.4f}" for share in languages.decided(of))]
        for name, of in (*those.items(), ("all", found))
    ]
    say(f"{table(['language', 'utterances', 'decided', 'of these wrong'], rows)}\n")


def _figures(found: Sequence[Judged], intent: str) -> list[str]:
    return [f"{judge(found, intent):.3f}" for judge in (judging.recall, judging.precision)]


def _row(name: str, found: Sequence[Judged]) -> list[str]:
    share, right = judging.answered(found)
    figures = [judging.accuracy(found), share, right]
    for intent in GUARDED:
        figures += [judging.recall(found, intent), judging.false_alarms(found, intent)]
    return [name, str(len(found)), *(f"{figure:.3f}" for figure in figures)]


def _taken(found: Sequence[Judged], intent: str) -> str:
    wrong = [one.found.name for one in found if one.true == intent and not one.right]
    counts = sorted(((wrong.count(name), name) for name in set(wrong)), reverse=True)
    return ", ".join(f"{name} {count}" for count, name in counts[:4])


def _costs(texts: Sequence[str]) -> int:
    size = model.PATH.stat().st_size
    model.load.cache_clear()
    weights = _milliseconds(model.load)
    guarding.lexicon.cache_clear()
    words = _milliseconds(lambda: [guarding.lexicon(section) for section in guarding.SECTIONS])
    each = _milliseconds(lambda: [recognise(text) for text in texts]) / len(texts)
    rows = [
        ["model, bytes", f"{size:,}", f"≤ {BYTES:,}"],
        ["loading the model, ms of CPU", f"{weights:.1f}", f"≤ {TO_LOAD:g}"],
        ["reading the rules' words, ms of CPU", f"{words:.1f}", ""],
        ["an utterance, ms of CPU", f"{each:.2f}", f"≤ {MILLISECONDS:g}"],
    ]
    say(table(["", "now", "budget"], rows))
    return int(size > BYTES)


def _milliseconds(run: Callable[[], object]) -> float:
    began = time.process_time()
    run()
    return (time.process_time() - began) * 1e3

"""Phrasings made into examples: filled in, with what people say around them, typed as people type."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

from tests.bench.intents.phrasings import Phrasing, drawn, phrasings, ways
from tests.bench.intents.slips import slipped

FEWEST: Final = 3
MOST: Final = 16
"""Examples of one phrasing."""
BARE: Final = frozenset({"greeting", "thanks"})
"""Nothing stands around these: it would be what they are themselves."""


class Example(NamedTuple):
    """`group` is the phrasing it was made of; `weight` is how much of that phrasing it is."""

    text: str
    intent: str
    language: str
    group: int
    weight: float


def examples(found: Iterable[Phrasing], seed: int = 5) -> list[Example]:
    """A few of each phrasing, the first as it stands; the same ones for the same seed."""
    made: list[Example] = []
    for group, phrasing in enumerate(found):
        if phrasing.intent.startswith("<"):
            continue
        texts = list(dict.fromkeys(_texts(phrasing, random.Random(f"{seed} {phrasing}"))))
        weight = len(texts) ** -0.5
        made += [Example(text, phrasing.intent, phrasing.language, group, weight) for text in texts]
    return made


def _texts(phrasing: Phrasing, rng: random.Random) -> Iterable[str]:
    for turn in range(min(MOST, max(FEWEST, ways(phrasing)) + 2 * phrasing.text.count("{"))):
        text = drawn(phrasing, rng, turn)
        if turn and phrasing.intent not in BARE:
            text = _around(text, phrasing.language, rng)
        yield text if not turn else slipped(text, phrasing.language, rng)


def _around(text: str, language: str, rng: random.Random) -> str:
    before, after = _standing(language, "<before>"), _standing(language, "<after>")
    if before and rng.random() < 0.35:
        text = f"{drawn(rng.choice(before), rng)}{rng.choice((', ', ' ', '. ', '! '))}{text}"
    if after and rng.random() < 0.3:
        text = f"{text}{rng.choice((', ', ' ', '. '))}{drawn(rng.choice(after), rng)}"
    return text


@cache
def _standing(language: str, where: str) -> tuple[Phrasing, ...]:
    return tuple(one for one in phrasings() if one.language == language and one.intent == where)

"""In which of the five languages something is written; or that nobody can tell, which is most of "ok".

A linear model over words and the letters within them, made by `python -m tests.bench.intents --fit` of the
same phrasings as that of intents (see infra/decisions/0023). Its weights stand in `languages.bin`, as `model`
keeps its own.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple, get_args

from recado.model.tenant import Language
from recado.rules.accents import bare

PATH: Final = Path(__file__).with_name("languages.bin")
CLASSES: Final = (*get_args(Language), "")
"""The last: another language, or what is said alike in several."""
WORDS: Final = 1 << 15
LETTERS: Final = 1 << 13
"""Buckets of each (the hashing trick, as in `features`)."""
GRAMS: Final = (1, 2, 3, 4)
"""Letters at a time, the ends of a word counted as letters."""
LONGEST: Final = 300
"""Characters that are looked at."""
SURE: Final = 0.95
"""From here on it is believed: by cross-validation and what is set aside, so that of two hundred decisions
not one is wrong."""
FEWEST: Final = 0.5
"""Of the words, so many have to be known: by letters alone anything is of some language."""

_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|\S*@\S+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’·][^\W\d_]+)*")


class Model(NamedTuple):
    """As in `model.Model`, a row of all classes for each bucket."""

    biases: tuple[float, ...]
    scales: tuple[float, ...]
    temperature: float
    fitted_on: str
    rows: memoryview


def written_in(text: str) -> Language | None:
    """The language of a text, where it is sure; None: it is not. Never raises."""
    words = _words(text)
    if not words or sum(map(_is_known, words)) < FEWEST * len(words):
        return None
    chances = likelihoods(text)
    return next((one for one in get_args(Language) if chances[one] >= SURE), None)


def likelihoods(text: str) -> dict[str, float]:
    """How likely each class is; they add up to 1."""
    model, found = load(), signs(text)
    width, share = len(CLASSES), 1 / math.sqrt(len(found) or 1)
    picked = [model.rows[at * width : at * width + width] for at in found]
    sums = [sum(column) for column in zip(*picked, strict=True)] if picked else [0] * width
    scores = [
        (bias + share * scale * total) / model.temperature
        for bias, scale, total in zip(model.biases, model.scales, sums, strict=True)
    ]
    odds = [math.exp(score - max(scores)) for score in scores]
    return {name: one / sum(odds) for name, one in zip(CLASSES, odds, strict=True)}


def signs(text: str) -> frozenset[int]:
    """Numbers of buckets, each once: of the words and of letters within them, with accents and without."""
    words = _words(text)
    return frozenset(bucket for word in words | {bare(word) for word in words} for bucket in _of(word))


def _words(text: str) -> set[str]:
    plain = _LINK.sub(" ", unicodedata.normalize("NFC", text[:LONGEST]).casefold())
    return set(_WORD.findall(plain.replace("’", "'")))


def _is_known(word: str) -> bool:
    """Whether the word tells anything by itself."""
    width, rows = len(CLASSES), load().rows
    return any(any(rows[at * width : (at + 1) * width]) for at in map(_place, {word, bare(word)}))


def _place(word: str) -> int:
    return zlib.crc32(word.encode(), 1) & (WORDS - 1)


def _of(word: str) -> Iterator[int]:
    yield _place(word)
    framed = f" {word} "
    for size in GRAMS:
        for at in range(len(framed) - size + 1):
            yield WORDS + (zlib.crc32(framed[at : at + size].encode(), 2) & (LETTERS - 1))


@cache
def load() -> Model:
    """The model that is shipped; read once by a process."""
    line, _, packed = PATH.read_bytes().partition(b"\n")
    head = json.loads(line)
    return Model(
        biases=tuple(head["biases"]),
        scales=tuple(head["scales"]),
        temperature=head["temperature"],
        fitted_on=head["fitted_on"],
        rows=memoryview(zlib.decompress(packed)).cast("b"),
    )

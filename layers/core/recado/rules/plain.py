"""Whether a text is plain enough for everybody who gets it (R54). Pure.

How hard it is to read is Björnsson's LIX (1968): words a sentence, and the percentage of words of more than
six letters. It needs no syllables, and so holds for all our languages; what reckons in syllables (textstat)
would bring dictionaries of megabytes to where clinics write.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Final, NamedTuple

from recado.model.tenant import Language

LIMITS: Final[Mapping[Language, int]] = {"pt-BR": 45, "es": 50, "it": 45, "ca": 45, "en": 40}
"""LIX above which a text is too hard: about Björnsson's middle, 45. English words are shorter; Spanish writes
`respóndanos` as one."""
LONGEST_SENTENCE: Final = 25
"""Words."""
LONG_WORD: Final = 6
"""Letters; a longer word is a long one."""
ENOUGH: Final = 15
"""Words; of fewer LIX says nothing."""

_VARIABLE: Final = re.compile(r"\{\w+\}")
_SENTENCE: Final = re.compile(r"[.!?:;…]+(?:\s|$)|\n+")
_WORD: Final = re.compile(r"[^\W_]+(?:[’'·-][^\W_]+)*")


class Jargon(NamedTuple):
    """A word of the text, in small letters, and plain ones for it."""

    word: str
    plain: str


class Plainness(NamedTuple):
    """`lix`: none for a few words; it is `hard` above its language's limit."""

    lix: int | None
    hard: bool
    long_sentences: tuple[str, ...]
    jargon: tuple[Jargon, ...]

    @property
    def plain(self) -> bool:
        """Whether nothing is to be mended."""
        return not (self.hard or self.long_sentences or self.jargon)


def plainness(text: str, language: Language) -> Plainness:
    """How plain a text is; its variables (`{name}`) count as short words."""
    sentences = [one.strip() for one in _SENTENCE.split(text) if _WORD.search(one)]
    lix = _lix(sentences)
    return Plainness(
        lix=lix,
        hard=lix is not None and lix > LIMITS[language],
        long_sentences=tuple(one for one in sentences if len(_words(one)) > LONGEST_SENTENCE),
        jargon=tuple(_jargon(text.casefold(), language)),
    )


def _words(sentence: str) -> list[str]:
    return _WORD.findall(_VARIABLE.sub("x", sentence))


def _lix(sentences: list[str]) -> int | None:
    words = [word for one in sentences for word in _words(one)]
    if len(words) < ENOUGH:
        return None
    long = sum(len(word) > LONG_WORD for word in words)
    return round(len(words) / len(sentences) + 100 * long / len(words))


def _jargon(text: str, language: Language) -> list[Jargon]:
    """Each once, in the order in which they stand."""
    found = dict.fromkeys(one[0] for one in _any_of(language).finditer(text))
    return [Jargon(word, jargon()[language][word]) for word in found]


@functools.cache
def jargon() -> Mapping[str, Mapping[str, str]]:
    """By language: what is not said, in small letters, and what is said for it."""
    listed: dict[str, dict[str, str]] = tomllib.loads(
        files("recado.rules").joinpath("jargon.toml").read_text("utf-8")
    )
    return listed


@functools.cache
def _any_of(language: Language) -> re.Pattern[str]:
    longest_first = sorted(jargon()[language], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

"""What of a text the model looks at: its words, two and two, how they begin, and the letters within them.

Three blocks, each of numbers of buckets (the hashing trick: Weinberger et al., ICML 2009), so that neither a
vocabulary nor a language has to be known. The model was fitted on exactly these: change them, fit it again.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

BUCKETS: Final = 1 << 15
LONGEST: Final = 600
"""Characters that are looked at: a message of clinics has a hundred. It bounds what one may cost."""
STEM: Final = 4
"""Letters with which a word begins: what is left of it in most of its forms."""
GRAMS: Final = (3, 4, 5, 6)
"""Letters at a time, the ends of a word counted as letters."""

_CONTRACTED: Final = re.compile(r"(?<=[a-z])['’`´](?=(?:t|s|m|ll|re|ve|d)\b)")
"""English: people write dont as often as don't. Elsewhere an apostrophe stands between two words."""
_LINK: Final = re.compile(r"(?:https?://|www\.)\S+|\b\w+\.(?:com|net|ly|me|xyz|top|info)\b\S*")
_WORD: Final = re.compile(r"[^\W_]+|[^\w\s]")
_SILENT: Final = frozenset(".,;:-_'’`´\"()[]{}/\\*«»“”…¡¿+=<>|~^#@&–—·‧・\u200d\ufe0f")
_AGAIN: Final = re.compile(r"([^\W\d])\1+")
_DIGITS: Final = re.compile(r"\d+")


class Features(NamedTuple):
    """Numbers of buckets, each once."""

    words: frozenset[int]
    stems: frozenset[int]
    letters: frozenset[int]


def features(text: str) -> Features:
    """Of one text, however written. Without case; without accents, but for the words that have them."""
    text = _LINK.sub(" hyperlink ", text[:LONGEST].casefold())
    text = _CONTRACTED.sub("", text)
    folded = tokens(text)
    accented = {word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()}
    words = {_bucket(word.encode(), 1) for word in _joined(folded)}
    words |= {_bucket(word.encode(), 2) for word in accented}
    stems = {_bucket(stem.encode(), 3) for stem in _stemmed(folded)}
    letters = {_bucket(gram, 4) for word in set(folded) for gram in _grams(word)}
    return Features(frozenset(words), frozenset(stems), frozenset(letters))


def tokens(text: str) -> list[str]:
    """The words and the signs that say something (a question mark, an emoji), in their order, folded."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    bare = _AGAIN.sub(r"\1", _DIGITS.sub("0", bare))
    return [token for token in _WORD.findall(bare) if token not in _SILENT]


def _joined(words: list[str]) -> Iterator[str]:
    """Each word, each two that stand together, and each two with one between them."""
    framed = ["^", *words, "$"]
    for at, word in enumerate(framed):
        yield word
        for step in (1, 2):
            if at + step < len(framed):
                yield f"{word}{' _'[step - 1]}{framed[at + step]}"


def _stemmed(words: list[str]) -> Iterator[str]:
    """How each long word begins, and each two that stand together."""
    stems = [word[:STEM] for word in words]
    yield from (stem for stem, word in zip(stems, words, strict=True) if word != stem)
    for first, second in pairwise(("^", *stems, "$")):
        yield f"{first} {second}"


def _grams(word: str) -> Iterator[bytes]:
    framed = f" {word} ".encode()
    for size in GRAMS:
        for at in range(len(framed) - size + 1):
            yield framed[at : at + size]


def _bucket(feature: bytes, block: int) -> int:
    return zlib.crc32(feature, block) & (BUCKETS - 1)

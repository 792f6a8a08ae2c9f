"""Reads what a list of patterns says, wherever it stands in a text, however it is spelt.

A line is one pattern; its terms stand between signs, each term is `one|or another`, of a word, some words, or
the beginning of a word (`sangr*`):

    a + b    both, in any order, with a few words between them at the most
    a > b    first a, soon after it b
    - c      unless c stands near
    < d      unless d stands directly before (a negation)

`{not}` stands for what a line `{not} = ...` lists, in this list or in one before it. Case, accents and
repeated letters do not matter, in a pattern as in a text, and in a longer word neither does one slip of the
thumb.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from recado.rules.accents import bare

LONGEST: Final = 4096
"""Characters that are looked at: as long as a message of WhatsApp may be. It bounds what one may cost."""
APART: Final = 7
"""Words between two that belong together."""
SOON: Final = 3
"""Words between two of which the second follows the first."""
BEFORE: Final = 2
"""How near a negation stands to what it negates, in words."""
SPELT: Final = 7
"""Letters of a word in which one may be wrong: a shorter one may be another word."""

SHORT: Final = {
    "n": "nao",
    "num": "nao",
    "nn": "non",
    "q": "que",
    "k": "que",
    "ke": "que",
    "dnt": "dont",
    "cnt": "cant",
    "pls": "please",
    "tou": "to",
    "bb": "bebe",
    "msj": "mensaje",
    "txt": "text",
    "txts": "texts",
    "kiero": "quiero",
    "qro": "quero",
    "mt": "muito",
    "mto": "muito",
}
"""How people shorten the words that matter here."""

_CONTRACTED: Final = re.compile(r"(?<=[a-z])['’`´](?=(?:t|s|m|ll|re|ve|d)\b)")
_AGAIN: Final = re.compile(r"([^\W\d])\1+")
_WORD: Final = re.compile(r"[^\W_]+")
_SIGN: Final = re.compile(r" ([+><-]) ")

Span = tuple[int, int]
"""Where a term stands: its first word and its last."""


Group = int
"""The number of some words of which each means the same, wherever they are listed together."""


class Pattern(NamedTuple):
    """Each term is some groups. `signs` stand between `terms`; `unless` must not be near, `before` not stand
    directly before."""

    terms: tuple[frozenset[Group], ...]
    signs: tuple[str, ...]
    unless: frozenset[Group]
    before: frozenset[Group]


Start = tuple[Group, tuple[str, ...]]
"""Where a word leads: to a group, of which something begins with it and has more words, or none."""
Found = dict[Group, list[Span]]


class Lexicon:
    """Many patterns, looked for at once: what a text costs does not grow with their number."""

    def __init__(self, lists: Iterable[str]) -> None:
        self._groups: dict[str, Group] = {}
        self._patterns: dict[Group, list[Pattern]] = {}
        self._words: dict[str, list[Start]] = {}
        self._beginnings: dict[str, list[Start]] = {}
        self._spelt: dict[str, list[str]] = {}
        self._named: dict[str, Group] = {}
        for text in lists:
            self._add(folded(text))
        for word in self._words.keys() | self._beginnings.keys():
            if len(word) >= SPELT:
                self._spelt.setdefault(word[:3], []).append(word)
                self._spelt.setdefault(word[-3:], []).append(word)

    def says(self, text: str) -> bool:
        """Whether one of the patterns stands in it."""
        found = self._found(text)
        return any(_stands(pattern, found) for group in found for pattern in self._patterns.get(group, ()))

    def denies(self, text: str) -> bool:
        """Whether one would stand in it, had it not been taken back there."""
        found = self._found(text)
        return any(_spans(pattern, found) for group in found for pattern in self._patterns.get(group, ()))

    def _found(self, text: str) -> Found:
        words = [SHORT.get(word, word) for word in _WORD.findall(folded(text[:LONGEST]))]
        found: Found = {}
        for at, word in enumerate(words):
            for group, more in self._starts(word):
                rest = words[at + 1 : at + 1 + len(more)]
                if len(rest) == len(more) and all(map(_is, rest, more)):
                    found.setdefault(group, []).append((at, at + len(more)))
        return found

    def _add(self, text: str) -> None:
        for line in filter(None, map(str.strip, text.splitlines())):
            name, equals, meaning = line.partition(" = ")
            if equals:
                self._named[name] = self._group(meaning)
            else:
                self._add_pattern(line)

    def _add_pattern(self, line: str) -> None:
        first, *rest = _SIGN.split(line)
        terms: dict[str, list[frozenset[Group]]] = {"+": [], "-": [], "<": []}
        signs = rest[::2]
        for sign, term in zip(("+", *signs), (first, *rest[1::2]), strict=True):
            terms["+" if sign == ">" else sign].append(self._term(term))
        pattern = Pattern(
            tuple(terms["+"]),
            tuple(sign for sign in signs if sign in "+>"),
            frozenset[Group]().union(*terms["-"]),
            frozenset[Group]().union(*terms["<"]),
        )
        for group in pattern.terms[0]:
            self._patterns.setdefault(group, []).append(pattern)

    def _term(self, text: str) -> frozenset[Group]:
        parts = text.split("|")
        own = "|".join(part for part in parts if part not in self._named)
        groups = {self._named[part] for part in parts if part in self._named}
        return frozenset(groups | ({self._group(own)} if own else set()))

    def _group(self, text: str) -> Group:
        """Of these words; those that have one already keep it."""
        if text not in self._groups:
            self._groups[text] = group = len(self._groups)
            for alternative in text.split("|"):
                word, _, rest = alternative.partition(" ")
                known = self._beginnings if word[-1] == "*" else self._words
                known.setdefault(word.rstrip("*"), []).append((group, tuple(rest.split()) if rest else ()))
        return self._groups[text]

    def _starts(self, word: str) -> list[Start]:
        starts = [*self._words.get(word, ())]
        for size in range(2, len(word) + 1):
            starts += self._beginnings.get(word[:size], ())
        if not starts and len(word) >= SPELT - 1:
            meant = self._meant(word)
            return [*self._words.get(meant, ()), *self._beginnings.get(meant, ())]
        return starts

    def _meant(self, word: str) -> str:
        """The word of ours that this is with one letter wrong; none: ""."""
        alike: list[str] = self._spelt.get(word[:3], []) + self._spelt.get(word[-3:], [])
        for one in alike:
            begins = one in self._beginnings
            ends = range(len(one) - 1, len(one) + 2) if begins else (len(word),)
            if one[0] == word[0] and any(OSA.distance(word[:end], one, score_cutoff=1) <= 1 for end in ends):
                return one
        return ""


def folded(text: str) -> str:
    """Without case, accents, an apostrophe of English; a repeated letter once."""
    text = _CONTRACTED.sub("", text.casefold())
    return _AGAIN.sub(r"\1", bare(text))


def _is(word: str, part: str) -> bool:
    return word.startswith(part[:-1]) if part.endswith("*") else word == part


def _stands(pattern: Pattern, found: Found) -> bool:
    """Whether its terms stand together, and nothing stands there that takes them back."""
    spans = _spans(pattern, found)
    return any(not _taken_back(pattern, found, span) for span in spans)


def _spans(pattern: Pattern, found: Found) -> list[Span]:
    """From the first to the last word, for each way in which all terms stand together."""
    ways = [(one, one) for one in _places(pattern.terms[0], found)]
    for sign, term in zip(pattern.signs, pattern.terms[1:], strict=True):
        places = _places(term, found)
        ways = [
            ((min(whole[0], one[0]), max(whole[1], one[1])), one)
            for whole, last in ways
            for one in places
            if _together(sign, last, whole, one)
        ]
    return [whole for whole, _ in ways]


def _places(groups: frozenset[Group], found: Found) -> list[Span]:
    return [span for group in groups for span in found.get(group, ())]


def _together(sign: str, last: Span, whole: Span, one: Span) -> bool:
    if sign == ">":
        return 0 < one[0] - last[1] <= SOON + 1
    return one != last and _near(one, whole)


def _near(one: Span, whole: Span) -> bool:
    return one[0] - whole[1] <= APART + 1 and whole[0] - one[1] <= APART + 1


def _taken_back(pattern: Pattern, found: Found, span: Span) -> bool:
    if any(_near(one, span) for one in _places(pattern.unless, found)):
        return True
    return any(0 < span[0] - one[1] <= BEFORE for one in _places(pattern.before, found))

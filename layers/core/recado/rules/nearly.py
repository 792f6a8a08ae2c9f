"""What a short answer says in spite of a slip of the thumb, or a word that changes nothing. Pure.

For what `replies` does not understand, where a yes or no is awaited: "siii dai", "graccie si", "sim quero".
Still conservative: all else that stands there must be courtesy, or one of these words.
"""

from __future__ import annotations

import functools
from typing import Final

from rapidfuzz.distance import OSA

from recado.rules.flows.folded import folded
from recado.rules.phrases import CONFIRM, COURTESY
from recado.rules.replies import LONGEST, Reply, read

MOST_WORDS: Final = 6
LEAST_LETTERS: Final = 5
"""Of a word of courtesy that may have a typo in it: shorter ones are too like each other."""
LEAST_OF_YES: Final = 6
"""The same of a word that says yes: "vengo" is one, "tengo" is none."""

_NEUTRAL: Final = "eu yo io jo i aí dai pues que q doncs mesmo mismo pure proprio"
_TAKES: Final = """
    quero aceito pego fico quiero acepto cojo tomo voglio prendo accetto vull accepto acepto agafo take
    want accept
"""
_OF_IT: Final = """
    pode marcar reservar esse este o ele horario lo la me ese esa hora prenoti prenota quello questo el aquest
    aquesta it il l ll d would like to that this one time book
"""
NEUTRAL: Final = frozenset(folded(_NEUTRAL).split())
"""Beside a yes or no these say nothing."""
TAKES: Final = frozenset(folded(_TAKES).split())
"""Who is offered something says yes by these, too."""
OF_IT: Final = frozenset(folded(_OF_IT).split())
"""Beside TAKES and a yes these say nothing but what is offered."""


def nearly(text: str, *, offered: bool) -> Reply | None:
    """What it says to a question that is answered by yes or no; none: that is not sure. `offered`: something
    was, and who wants it says so in more words."""
    if len(text) > LONGEST or "?" in text or "¿" in text:
        return None
    words = folded(text).split()
    silent = NEUTRAL | TAKES | OF_IT if offered else NEUTRAL
    said = [_right(word) for word in words if word not in silent and not _is_courteous(word)]
    if len(words) > MOST_WORDS:
        return None
    if not said:
        return Reply("confirm") if offered and TAKES.intersection(words) else None
    reply = read(" ".join(said))
    return reply if reply.kind in ("confirm", "cancel") and reply.number is None else None


def _right(word: str) -> str:
    """The word of a yes that is meant by one with a typo."""
    meant = [one for one in _agreeing() if _alike(word, one, LEAST_OF_YES)]
    return word if word in _agreeing() or len(meant) != 1 else meant[0]


def _is_courteous(word: str) -> bool:
    return any(word == one or _alike(word, one, LEAST_LETTERS) for one in _courteous())


def _alike(word: str, known: str, least: int) -> bool:
    """Whether one is the other but for a letter, left out, added, or in another's place."""
    shorter = min(len(word), len(known))
    return shorter >= least and word.isalpha() and OSA.distance(word, known, score_cutoff=1) <= 1


@functools.cache
def _agreeing() -> frozenset[str]:
    phrases = (one for line in CONFIRM.values() for one in line.split("|"))
    return frozenset(one for one in map(folded, phrases) if one and " " not in one)


@functools.cache
def _courteous() -> frozenset[str]:
    return frozenset(one for one in map(folded, COURTESY.split("|")) if one and " " not in one)

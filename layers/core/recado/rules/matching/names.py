"""Names as people have and write them, taken apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from recado.rules.accents import bare
from recado.rules.matching import commons, nicknames, words
from recado.rules.matching.sounds import sound

MOST_TOKENS: Final = 7
"""A name has no more parts than that; what has is a sentence, of which we take the beginning."""


class Token(NamedTuple):
    """A part of a name: how it is written, what it may stand for, how that sounds, whether it is a given
    name, and how much it tells (bits)."""

    text: str
    meanings: tuple[str, ...]
    sound: str
    given: bool
    bits: float


class Name(NamedTuple):
    """A name's parts in the order in which they were said, and its bearer's generation (`jr`, `sr`, `3`)."""

    tokens: tuple[Token, ...] = ()
    generation: str = ""


def folded(text: str) -> str:
    """Small letters a to z, single spaces, commas where they were: accents, digits and emoji are gone."""
    plain = re.sub(r"['’`´]", "", bare(text).casefold())
    return " ".join(re.sub(r"[^a-z,]+", " ", plain.replace("ª", "a").replace("ø", "o")).split())


@lru_cache(maxsize=20_000)
def parsed(name: str, given_name: str = "", family_name: str = "") -> Name:
    """The name that a record says: its fields where it has any, else the name as a whole."""
    if given_name or family_name:
        given, one = _tokens(folded(given_name))
        family, other = _tokens(folded(family_name))
        return Name((*_roles(given, len(given)), *_roles(family, 0)), one or other)
    text = _spoken(folded(_spaced(name)))
    if "," in text:
        last, _, first = (part.strip() for part in text.partition(","))
        given, one = _tokens(first.replace(",", " "))
        family, other = _tokens(last)
        return Name((*_roles(given, len(given)), *_roles(family, 0)), one or other)
    tokens, generation = _tokens(text)
    return Name(_split(tokens), generation)


def _spaced(name: str) -> str:
    """`MariaLima` and `maria_lima82` as two words."""
    if " " in name.strip():
        return name
    return re.sub(r"(?<=[a-zà-ÿ]{3})(?=[A-ZÀ-Þ])", " ", name)


def _spoken(text: str) -> str:
    """Without what people say around their name; empty where they say another's, or none."""
    text = words.INTRODUCED.sub("", text)
    text = words.KIN.sub("", text).strip(" ,")
    said = set(text.replace(",", " ").split())
    return "" if said & words.BUSINESS or said & words.NOTHING else text


def _tokens(text: str) -> tuple[list[str], str]:
    """The parts that tell, and the generation."""
    found = [word for word in text.replace(",", " ").split() if word not in words.PARTICLES]
    while found and found[0] in words.TITLES:
        del found[0]
    generation = ""
    while len(found) > 1 and (found[-1] in words.GENERATIONS or found[-1] == "sr"):
        generation = words.GENERATIONS.get(found.pop(), "sr")
    return [words.SHORTENED.get(word, word) for word in found][:MOST_TOKENS], generation


def _known_given(token: str) -> bool:
    return commons.is_given(token) or nicknames.has(token)


def _split(tokens: list[str]) -> tuple[Token, ...]:
    """Parts of a whole name told apart: given names first, unless only the last is known as one."""
    if len(tokens) < 2:
        family = bool(tokens) and commons.is_family(tokens[0]) and not _known_given(tokens[0])
        return _roles(tokens, 0 if family else 1)
    if _is_family_first(tokens):
        given = _leading(tokens[::-1])
        return (*_roles(tokens[-given:], given), *_roles(tokens[:-given], 0))
    return _roles(tokens, _leading(tokens))


def _is_family_first(tokens: list[str]) -> bool:
    """Whether only the last part is known as a given name. What is short for one may be a family name too:
    who is called Robin Randall is no Randy."""
    first, last = tokens[0], tokens[-1]
    known = commons.is_given(last) or (nicknames.has(last) and commons.is_family(first))
    return known and not _known_given(first) and not commons.is_family(last)


def _leading(tokens: list[str]) -> int:
    """How many parts, from the first, are given names: the last is none if it may be a family name."""
    count = 1
    for position, token in enumerate(tokens[1:3], start=2):
        may_be_family = commons.is_family(token) or position == len(tokens)
        if not _known_given(token) or (may_be_family and (position > 2 or commons.is_family(token))):
            break
        count += 1
    return count


def _roles(tokens: list[str], given: int) -> tuple[Token, ...]:
    return tuple(_token(token, place < given) for place, token in enumerate(tokens))


@lru_cache(maxsize=20_000)
def _token(text: str, given: bool) -> Token:
    meanings = nicknames.meanings(text) if given or not commons.is_family(text) else (text,)
    bits = min(commons.rarity(meaning, not given) for meaning in meanings)
    return Token(text, meanings, sound(meanings[0]), given, bits if len(text) > 1 else 4.0)

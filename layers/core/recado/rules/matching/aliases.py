"""What people call themselves in an address: `maria.lima82`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from recado.rules.matching import commons, nicknames
from recado.rules.matching.names import Name, parsed
from recado.rules.matching.points import MAIL, NUMBERS


def aliases(points: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The self-chosen part of addresses: before a mail's @, or a messenger's user name."""
    found = (_alias(system, value) for system, value in points)
    return frozenset(alias for alias in found if alias)


@lru_cache(maxsize=20_000)
def _alias(system: str, value: str) -> str:
    if system == "phone" or system in NUMBERS:
        return ""
    chosen = value.rpartition("@")[0] if system in MAIL else value
    return chosen.casefold() if len(re.sub(r"[^a-z]", "", chosen.casefold())) > 4 else ""


@lru_cache(maxsize=20_000)
def name_in(alias: str) -> Name:
    """The name that an alias is made of: `maria.lima82`, or `marialima` where we know the first of them."""
    words = [word for word in re.split(r"[^a-z]+", alias) if len(word) > 1]
    if len(words) == 1:
        known = (at for at in range(len(words[0]) - 3, 2, -1) if _is_given(words[0][:at]))
        at = next(known, 0)
        words = [words[0][:at], words[0][at:]] if at else []
    return parsed(" ".join(words)) if len(words) > 1 else Name()


def _is_given(word: str) -> bool:
    return commons.is_given(word) or nicknames.has(word)


@lru_cache(maxsize=20_000)
def years(alias: str) -> frozenset[str]:
    """The years of birth that the digits of an alias may mean."""
    found = set()
    for digits in re.findall(r"\d+", alias):
        if len(digits) == 4 and digits[:2] in ("19", "20"):
            found.add(digits)
        elif len(digits) == 2:
            found |= {f"19{digits}", f"20{digits}"}
    return frozenset(found)


def bare(alias: str) -> str:
    """Without what tells spellings of one alias apart."""
    return re.sub(r"[._-]", "", alias)


def alike(one: frozenset[str], other: frozenset[str]) -> Literal["", "same", "other"]:
    """Whether two people's self-chosen names have one in common; "" where one of them has none."""
    if not one or not other:
        return ""
    return "same" if {bare(alias) for alias in one} & {bare(alias) for alias in other} else "other"

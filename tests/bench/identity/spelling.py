"""What becomes of a name on its way to us: typed in haste, heard, shortened, adorned."""

from __future__ import annotations

import unicodedata
from random import Random
from typing import Final

from tests.bench.identity.words import WORDS

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
"""Of a keyboard."""
_ADORNED: Final = (
    "{} 🌸",
    "{} ❤️",
    "💫{}💫",
    "{} 🙏🏻",
    "✨ {} ✨",
    "{} 😎",
    "~{}~",
    "{}.",
    "{} ⚽",
    "Dr. {}",
)


def plain(text: str) -> str:
    """Without accents, as phones write."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def typo(text: str, rng: Random) -> str:
    """One slip of a finger: a letter lost, doubled, swapped with the next, or its neighbour's key."""
    if len(text) < 4:
        return text
    at = rng.randrange(1, len(text) - 1)
    slips = (
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + _beside(text[at].lower(), rng) + text[at + 1 :],
    )
    return rng.choice(slips)


def _beside(letter: str, rng: Random) -> str:
    row = next((row for row in _ROWS if letter in row), letter)
    at = row.index(letter)
    return rng.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2] or letter)


def wrong_digit(text: str, rng: Random) -> str:
    """One digit another, or two changed about."""
    places = [at for at, c in enumerate(text) if c.isdigit()][3:-1]
    if not places:
        return text
    at = rng.choice(places)
    if rng.random() < 0.5 and text[at + 1].isdigit():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + str((int(text[at]) + rng.randint(1, 9)) % 10) + text[at + 1 :]


def by_ear(text: str, language: str, rng: Random, changes: int = 1) -> str:
    """As somebody writes it who has only heard it, in that language."""
    lowered = text.lower()
    apt = [(heard, written) for heard, written in WORDS[language].heard if heard in lowered]
    for heard, written in rng.sample(apt, min(changes, len(apt))):
        lowered = lowered.replace(heard, written, 1)
    return " ".join(word if len(word) < 3 else word.capitalize() for word in lowered.split())


def transcript(name: str, language: str, rng: Random) -> str:
    """What a machine makes of a spoken name: by ear, lower case, often with the sentence around it."""
    heard = by_ear(name, language, rng, rng.choice((0, 0, 1, 1, 2)))
    if rng.random() < 0.35:
        heard = rng.choice(WORDS[language].said).format(heard)
    return heard.lower() if rng.random() < 0.7 else heard


def nickname(given: str, language: str, rng: Random) -> str:
    """The usual one; else the name's beginning, as friends call."""
    usual = WORDS[language].short.get(given)
    if usual:
        return usual
    cut = next((at for at in range(3, len(given)) if plain(given[at - 1]).lower() in "aeiou"), len(given))
    return given[:cut] if rng.random() < 0.6 else given[:3]


def adorned(name: str, rng: Random) -> str:
    """As people make their display names beautiful."""
    return rng.choice(_ADORNED).format(name)

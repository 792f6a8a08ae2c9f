"""Who lives where: names as common as they are there, and how a number looks.

The first names of each list are ours (words.toml), as all the Catalan ones are, the others Faker's. The n-th
is drawn about 1/n times as often as the first (Zipf), so that strangers share names.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from itertools import accumulate
from random import Random
from typing import Final

from tests.bench.identity.words import WORDS, Words

_SPREAD: Final = 3
"""How flat the head is: the n-th name is drawn (1 + _SPREAD) / (n + _SPREAD) as often as the first."""


class Drawn:
    """Words, the first drawn most often."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = tuple(dict.fromkeys(words))
        self._weights = list(accumulate(1 / (rank + _SPREAD) for rank in range(1, len(self.words) + 1)))

    def draw(self, rng: Random) -> str:
        return rng.choices(self.words, cum_weights=self._weights)[0]


@dataclass(frozen=True)
class Names:
    male: Drawn
    female: Drawn
    surnames: Drawn


@dataclass(frozen=True)
class Place:
    """A country's numbers, addresses and documents."""

    code: str
    dial: str
    mobile: tuple[str, ...]
    """National numbers as patterns: # is a digit."""
    cities: tuple[str, ...]
    postcode: str
    street: str
    """With {name} and {number}."""


PLACES: Final = {
    place.code: place
    for place in (
        Place(
            "BR",
            "55",
            ("119########", "219########", "319########", "719########", "489########"),
            ("São Paulo", "Guarulhos", "Campinas", "Osasco", "Santo André", "Rio de Janeiro", "Salvador"),
            "0####-###",
            "Rua {name}, {number}",
        ),
        Place(
            "ES",
            "34",
            ("6########", "7########"),
            ("Madrid", "Getafe", "Leganés", "Móstoles", "Girona", "Barcelona", "Figueres", "Salt"),
            "#####",
            "Calle {name}, {number}",
        ),
        Place(
            "MX",
            "52",
            ("55########", "33########", "81########"),
            ("Ciudad de México", "Guadalajara", "Monterrey", "Puebla"),
            "#####",
            "Av. {name} {number}",
        ),
        Place(
            "AR",
            "54",
            ("11########", "351#######", "341#######"),
            ("Buenos Aires", "Córdoba", "Rosario", "La Plata"),
            "C####",
            "Calle {name} {number}",
        ),
        Place(
            "IT",
            "39",
            ("32########", "33########", "34########"),
            ("Milano", "Monza", "Sesto San Giovanni", "Bergamo", "Torino"),
            "2####",
            "Via {name} {number}",
        ),
        Place(
            "GB",
            "44",
            ("74########", "77########", "79########"),
            ("London", "Croydon", "Bromley", "Harrow", "Reading"),
            "SE# #AB",
            "{number} {name} Road",
        ),
    )
}

_FAKER: Final = {"pt-BR": ("pt_BR",), "es": ("es_ES", "es_MX"), "it": ("it_IT",), "en": ("en_GB", "en_US")}


def names() -> dict[str, Names]:
    """By language. Faker's lists follow ours, in an order that is always the same."""
    return {language: _names(language, words) for language, words in WORDS.items()}


def _names(language: str, words: Words) -> Names:
    tails = (_tail(language, of) for of in ("first_names_male", "first_names_female", "last_names"))
    heads = (words.male, words.female, words.surnames)
    return Names(*(Drawn((*head, *tail)) for head, tail in zip(heads, tails, strict=True)))


def _tail(language: str, of: str) -> list[str]:
    """Single words: names of several are put together from them. Faker has no Catalan ones to speak of."""
    providers = [
        import_module(f"faker.providers.person.{code}").Provider for code in _FAKER.get(language, ())
    ]
    found = sorted({word for one in providers for word in getattr(one, of) if word.isalpha()})
    Random(f"{language} {of}").shuffle(found)
    return found

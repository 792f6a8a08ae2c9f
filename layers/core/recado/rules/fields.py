"""What may be told of a person: the forms of each field, and when two say the same."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final, get_args

from recado.errors import Invalid
from recado.model.patient import FIELDS, Fact
from recado.model.profile import Sex
from recado.rules import documents
from recado.rules.accents import plain_words
from recado.rules.countries import COUNTRIES

NAMES: Final[frozenset[str]] = frozenset({"name", "given_name", "family_name"})
SEXES: Final = frozenset(get_args(Sex)) - {""}

LONGEST: Final = {"street": 200, "postcode": 16}
"""Characters; any other field has LINE."""
LINE: Final = 100

EARLIEST: Final = date(1900, 1, 1)
"""Nobody who comes to a clinic was born before; a year typed wrongly is told at once."""


def checked(field: str, typed: str, today: date) -> tuple[Fact, str]:
    """A field and its value in the form of Profile, or a document and its number.

    Raises Invalid that names the field: there is none such, or this cannot be its value.
    """
    if field not in FIELDS:
        return field, documents.number(field, typed)
    value = _line(field, typed)
    if field == "birth_date":
        value = _birth_date(value, today)
    elif field == "sex" and value not in SEXES:
        raise Invalid(field, f"One of: {', '.join(sorted(SEXES))}.")
    elif field == "country":
        value = _country(value)
    return field, value


def same(field: str, one: str, other: str) -> bool:
    """Whether two values say the same, but for case, accents, and what stands between words."""
    return _plain(field, one) == _plain(field, other)


def fuller(field: str, one: str, other: str) -> bool:
    """Whether one is a name that holds all of the other, which it does not contradict: "Maria da Silva" and
    "Maria Silva"."""
    return field in NAMES and _words(other) < _words(one)


def agree(field: str, one: str, other: str) -> bool:
    """Whether two values may both be right."""
    return same(field, one, other) or fuller(field, one, other) or fuller(field, other, one)


def _line(field: str, typed: str) -> str:
    value, longest = " ".join(unicodedata.normalize("NFC", typed).split()), LONGEST.get(field, LINE)
    if not value:
        raise Invalid(field, "This must not be empty.")
    if len(value) > longest:
        raise Invalid(field, f"This is longer than {longest} characters.")
    if any(unicodedata.category(one) in ("Cc", "Cs") for one in value):
        raise Invalid(field, "This holds characters that are no text.")
    return value


def _birth_date(value: str, today: date) -> str:
    try:
        born = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except ValueError:
        born = None
    if born is None:
        raise Invalid("birth_date", "Give a date, such as 1984-03-25.")
    if not EARLIEST <= born <= today:
        raise Invalid("birth_date", f"This is before {EARLIEST.year}, or yet to come. Is the year right?")
    return value


def _country(value: str) -> str:
    if value.upper() not in COUNTRIES:
        raise Invalid("country", "Give the two letters of a country, such as BR.")
    return value.upper()


def _plain(field: str, value: str) -> str:
    return ("" if field == "postcode" else " ").join(plain_words(value))


def _words(value: str) -> frozenset[str]:
    return frozenset(plain_words(value))

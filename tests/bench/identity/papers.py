"""Numbers, addresses and documents, as each country has them."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final, NamedTuple

from tests.bench.identity.locales import Place
from tests.bench.identity.spelling import plain

_HOSTS: Final = (
    "gmail.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "icloud.com",
    "libero.it",
)
_DNI_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_MONTHS: Final = "ABCDEHLMPRST"
_NATIONAL: Final = {"BR": 11, "MX": 10, "AR": 10, "ES": 9, "IT": 10, "GB": 10}
"""Digits after the country's code."""


def number(place: Place, rng: Random) -> str:
    """A mobile number in E.164; Argentina's with the 9 that a mobile has there."""
    national = _digits(rng.choice(place.mobile), rng)
    return f"+{place.dial}{'9' if place.code == 'AR' else ''}{national}"


def written(number: str, country: str, form: str) -> str:
    """The number as `form` has it: e164, digits, app (as WhatsApp knows it), national or spaced."""
    if form == "e164":
        return number
    if form == "app":
        return _in_app(number, country)
    national = number[-_NATIONAL[country] :]
    if form == "national":
        return _national(national, country)
    if form == "spaced":
        return f"{number[: -len(national)]} {national[:3]} {national[3:6]} {national[6:]}"
    return number[1:]


def _in_app(number: str, country: str) -> str:
    """Without a plus; with a 1 in Mexico; of most areas of Brazil without the 9 of old numbers (6 to 9)."""
    if country == "BR" and number[3:5] not in {"11", "21"} and number[6] in "6789":
        return number[1:5] + number[6:]
    return f"521{number[3:]}" if country == "MX" else number[1:]


def _national(national: str, country: str) -> str:
    if country == "BR":
        return f"({national[:2]}) {national[2:7]}-{national[7:]}"
    if country == "AR":
        return f"{national[:2]} 15 {national[2:6]}-{national[6:]}" if national[:2] == "11" else national
    return f"0{national}" if country == "GB" else f"{national[:3]} {national[3:6]} {national[6:]}"


def mail_address(given: tuple[str, ...], surnames: tuple[str, ...], born: date, rng: Random) -> str:
    first, last = _word(given[0]), _word(surnames[-1])
    local = rng.choice(
        (f"{first}.{last}", f"{first}{last}", f"{first[0]}{last}", f"{last}.{first}", f"{first}_{last}")
    )
    tail = rng.choice(("", str(born.year), str(born.year)[2:], str(rng.randint(1, 999))))
    return f"{local}{tail}@{rng.choice(_HOSTS)}"


class Bearer(NamedTuple):
    given: str
    surname: str
    sex: str
    born: date


def document(country: str, bearer: Bearer, rng: Random) -> str:
    """CPF, DNI, CURP, codice fiscale or NHS number, with the check digits where they are counted simply."""
    if country == "BR":
        return _cpf(rng)
    if country == "ES":
        digits = rng.randrange(10**7, 10**8)
        return f"{digits}{_DNI_LETTERS[digits % 23]}"
    if country == "AR":
        return str(rng.randrange(10**7, 6 * 10**7))
    if country == "GB":
        return _digits("### ### ####", rng)
    return _of_birth(country, bearer, rng)


def _of_birth(country: str, bearer: Bearer, rng: Random) -> str:
    """Made of name and birth date, so that those of twins differ in a few letters."""
    last, first, born = _consonants(bearer.surname), _consonants(bearer.given), bearer.born
    woman = bearer.sex == "female"
    if country == "MX":
        return f"{last}{first[0]}{born:%y%m%d}{'M' if woman else 'H'}DF{last}{_digits('##', rng)}"
    day = born.day + (40 if woman else 0)
    month = _MONTHS[born.month - 1]
    return f"{last}{first}{born:%y}{month}{day:02}F{_digits('###', rng)}{rng.choice('ABCDEFGHKLMN')}"


def _cpf(rng: Random) -> str:
    digits = [rng.randint(0, 9) for _ in range(9)]
    for _ in range(2):
        total = sum(
            digit * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True)
        )
        digits.append(total * 10 % 11 % 10)
    text = "".join(map(str, digits))
    return f"{text[:3]}.{text[3:6]}.{text[6:9]}-{text[9:]}"


def _consonants(name: str) -> str:
    letters = _word(name).upper()
    consonants = [c for c in letters if c not in "AEIOU"]
    return "".join([*consonants, *(c for c in letters if c in "AEIOU"), "X", "X", "X"])[:3]


def _word(name: str) -> str:
    """The last word of it, in plain small letters."""
    return "".join(c for c in plain(name.rpartition(" ")[2]).lower() if c.isalpha())


def _digits(pattern: str, rng: Random) -> str:
    return "".join(str(rng.randint(0, 9)) if c == "#" else c for c in pattern)

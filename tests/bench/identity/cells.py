"""Cells of a file of records as what they mean; one that means nothing is left out, whatever is in it."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

import phonenumbers
from recado.model.contact_point import ContactPoint
from recado.model.profile import Profile, Sex

Cells = dict[str, str]
_TEXTS: Final = ("name", "given_name", "family_name", "street", "city", "postcode", "country", "language")
_SEXES: Final[dict[str, Sex]] = {
    **dict.fromkeys(
        ("f", "female", "feminino", "femenino", "femminile", "femeni", "mulher", "mujer"), "female"
    ),
    **dict.fromkeys(
        ("m", "male", "masculino", "maschile", "masculi", "homem", "hombre", "h", "uomo"), "male"
    ),
    **dict.fromkeys(("o", "other", "outro", "otro", "altro", "altre"), "other"),
}
_DIGITS: Final = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "zero cero oh",
            "um uno u one",
            "dois dos due two",
            "tres tre three",
            "quatro cuatro quattro quatre four",
            "cinco cinque cinc five",
            "seis sei sis six meia",
            "sete siete sette set seven",
            "oito ocho otto vuit eight",
            "nove nueve nou nine",
        )
    )
    for word in words.split()
}
"""As digits are said."""
_MONTHS: Final = {
    start: month
    for month, starts in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar",
            "apr abr",
            "may mai mag",
            "jun giu",
            "jul lug",
            "aug ago",
            "sep set",
            "oct out ott",
            "nov",
            "dec dez dic des",
        ),
        start=1,
    )
    for start in starts.split()
}
"""By their first three letters."""


def profile_of(cells: Cells, last: datetime, usual: str) -> tuple[Profile, str]:
    """What a row says, and the country whose numbers the tenant's rows have, for rows that do not say.

    `last`: when the row before was said; `usual`: the country so far (ISO 3166, two letters; "" if none).
    """
    country = _country(cells.get("country", "")) or usual
    phone = _phone(cells.get("phone", ""), country)
    points = [
        ContactPoint(system=system, value=value)
        for system, value in (
            ("phone", phone),
            ("email", cells.get("email", "")),
            ("document", cells.get("document", "")),
            (_system(cells.get("channel", "")), cells.get("handle", "")),
        )
        if value
    ]
    seen = _moment(cells.get("ts", "")) or last
    texts = {name: cells[name] for name in _TEXTS if cells.get(name)}
    born, sex = (
        birth_date(cells.get("birth_date", ""), seen.date()),
        _SEXES.get(_plain(cells.get("sex", "")), ""),
    )
    profile = Profile(**texts, birth_date=born, sex=sex, points=tuple(points), seen_at=seen)
    return profile, _region(phone) or usual


def _country(text: str) -> str:
    code = text.strip().upper()
    return code if len(code) == 2 and code.isalpha() else ""


def _system(channel: str) -> str:
    """Whose handle it is: WhatsApp's is an id of Meta's, another channel's its own."""
    name = re.sub(r"[^a-z0-9_]", "", channel.casefold())[:30]
    if name in ("whatsapp", "wa"):
        return "bsuid"
    return name if name[:1].isalpha() and name not in ("phone", "email", "document") else "handle"


@lru_cache(maxsize=20_000)
def _phone(text: str, country: str) -> str:
    """E.164 where it is a number; else its digits; "" where it has too few to be one."""
    if text and not any(c.isdigit() for c in text):
        text = "".join(_DIGITS.get(word, "") for word in _plain(text).split())
    digits = re.sub(r"\D", "", text)
    if len(digits) < 6:
        return ""
    if text.strip().startswith("+"):
        return f"+{digits}"
    for spelled, region in ((text, country or None), (f"+{digits.lstrip('0')}", None)):
        number = _number(spelled, region)
        if number and phonenumbers.is_valid_number(number):
            return _e164(number)
    number = _number(text, country) if country and len(digits) < 11 else None
    return _e164(number) if number else f"+{digits}"


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _number(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


@lru_cache(maxsize=20_000)
def _region(phone: str) -> str:
    """The country of an international number."""
    number = _number(phone, None) if phone else None
    return (phonenumbers.region_code_for_number(number) or "") if number else ""


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return _counted(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _counted(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970."""
    try:
        seconds = float(text)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


@lru_cache(maxsize=20_000)
def birth_date(text: str, today: date) -> str:
    """`YYYY-MM-DD`, or `YYYY` where no more is said; "" where nobody alive was born on such a day."""
    parts = re.findall(r"\d+|[a-z]{3,}", _plain(text).split("t0")[0])
    numbers = [part if part.isdigit() else str(_MONTHS.get(part[:3], "")) for part in parts]
    numbers = [number for number in numbers if number][:3]
    if len(numbers) == 1 and len(numbers[0]) == 8:
        whole = numbers[0]
        numbers = (
            [whole[:4], whole[4:6], whole[6:]]
            if whole[:2] in ("19", "20")
            else [whole[:2], whole[2:4], whole[4:]]
        )
    if len(numbers) == 1:
        return numbers[0] if re.fullmatch(r"(19|20)\d\d", numbers[0]) else ""
    return _day(numbers, today) if len(numbers) == 3 else ""


def _day(numbers: list[str], today: date) -> str:
    """Year, month, day; or day, month, year; or as Americans write it, where it can be nothing else."""
    first, second, third = (int(number) for number in numbers)
    year, month, day = (first, second, third) if len(numbers[0]) == 4 else (third, second, first)
    if month > 12 >= day:
        month, day = day, month
    if year < 100:
        year += 2000 if year + 2000 <= today.year else 1900
    try:
        born = date(year, month, day)
    except ValueError:
        return ""
    return born.isoformat() if timedelta() <= today - born < timedelta(days=366 * 120) else ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))

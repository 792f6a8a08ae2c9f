"""Dates and times as a voice says them, in five languages. Pure.

A clock's "14:30" is read as people read it: "às duas e meia da tarde", "alle quattordici e trenta". Each time
brings its own "at", which in most of the languages depends on the hour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from recado.model.communication import Communication
from recado.rules.wording import worded

CALL: Final = "call_reminder"
"""The key of what a call says in the stead of any reminder."""

_CLOCK: Final = re.compile(r"\b([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\b")
_DAY: Final = re.compile(r"\b([0-9]{1,2})( de)? (?=[^\W\d_]+)")

_LOW: Final[Mapping[str, str]] = {
    "pt-BR": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze "
    "dezesseis dezessete dezoito dezenove",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
    "dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro "
    "veinticinco veintiséis veintisiete veintiocho veintinueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove",
    "ca": "zero un dos tres quatre cinc sis set vuit nou deu onze dotze tretze catorze quinze setze disset "
    "divuit dinou",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
}
_TENS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "pt-BR": ("vinte", "trinta", "quarenta", "cinquenta"),
    "es": ("veinte", "treinta", "cuarenta", "cincuenta"),
    "it": ("venti", "trenta", "quaranta", "cinquanta"),
    "ca": ("vint", "trenta", "quaranta", "cinquanta"),
    "en": ("twenty", "thirty", "forty", "fifty"),
}
_JOINT: Final[Mapping[str, str]] = {"pt-BR": " e ", "es": " y ", "it": "", "ca": "-", "en": "-"}


def values(written: Mapping[str, str], language: str) -> dict[str, str]:
    """The values of a reminder as a voice says them."""
    return {**written, "date": date(written["date"], language), "time": times(written["time"], language)}


def reworded(call: Communication, words: Mapping[str, Mapping[str, str]]) -> Communication:
    """A call in the clinic's own words (Policy.words), where it has some for calls."""
    told = call.template
    own = words.get(CALL, {}).get(told.language) if told else None
    if told is None or own is None:
        return call
    return call.model_copy(update={"text": worded(own, values(told.parameters, told.language))})


def times(text: str, language: str) -> str:
    """The text with each time of a clock in words."""
    say = _SAYS.get(language, _english)
    return _CLOCK.sub(lambda found: say(int(found[1]), int(found[2])), text)


def date(text: str, language: str) -> str:
    """The date of a text as it is said: the first of a month has a name of its own in some languages."""

    def said(found: re.Match[str]) -> str:
        day = int(found[1])
        if language == "en":
            return f"the {day}{_ordinal(day)} of "
        if day == 1 and language in ("pt-BR", "it"):
            return f"{'primeiro' if language == 'pt-BR' else 'primo'}{found[2] or ''} "
        return found[0]

    return _DAY.sub(said, text)


def number(value: int, language: str) -> str:
    """A number from 0 to 59 in words."""
    low = _LOW[language].split()
    if value < len(low):
        return low[value]
    tens, unit = _TENS[language][value // 10 - 2], value % 10
    if not unit:
        return tens
    if language == "it":
        return (tens[:-1] if unit in (1, 8) else tens) + ("tré" if unit == 3 else low[unit])
    joint = "-i-" if language == "ca" and value < 30 else _JOINT[language]
    return f"{tens}{joint}{low[unit]}"


def _portuguese(hour: int, minute: int) -> str:
    past = "" if not minute else " e meia" if minute == 30 else f" e {number(minute, 'pt-BR')}"
    if hour in (0, 12):
        return f"{'ao meio-dia' if hour else 'à meia-noite'}{past}"
    part = (
        "da madrugada" if hour < 6 else "da manhã" if hour < 12 else "da tarde" if hour < 18 else "da noite"
    )
    twelve = hour % 12
    name = {1: "à uma", 2: "às duas"}.get(twelve, f"às {number(twelve, 'pt-BR')}")
    return f"{name}{past} {part}"


def _spanish(hour: int, minute: int) -> str:
    known = {0: "", 15: " y cuarto", 30: " y media"}
    past = known.get(minute, f" y {number(minute, 'es')}")
    part = _part(hour, ("de la madrugada", "de la mañana", "del mediodía", "de la tarde", "de la noche"))
    twelve = hour % 12 or 12
    name = "a la una" if twelve == 1 else f"a las {number(twelve, 'es')}"
    return f"{name}{past} {part}"


def _catalan(hour: int, minute: int) -> str:
    past = f" i {number(minute, 'ca')}" if minute else ""
    part = _part(hour, ("de la matinada", "del matí", "del migdia", "de la tarda", "de la nit"))
    twelve = hour % 12 or 12
    name = {1: "a la una", 2: "a les dues"}.get(twelve, f"a les {number(twelve, 'ca')}")
    return f"{name}{past} {part}"


def _italian(hour: int, minute: int) -> str:
    if not minute and hour in (0, 12):
        return "a mezzogiorno" if hour else "a mezzanotte"
    name = "all’una" if hour == 1 else f"alle {number(hour, 'it')}"
    return f"{name} e {number(minute, 'it')}" if minute else name


def _english(hour: int, minute: int) -> str:
    if not minute and hour in (0, 12):
        return "at noon" if hour else "at midnight"
    past = "" if not minute else f" oh {number(minute, 'en')}" if minute < 10 else f" {number(minute, 'en')}"
    part = "in the morning" if hour < 12 else "in the afternoon" if hour < 18 else "in the evening"
    return f"at {number(hour % 12 or 12, 'en')}{past} {part}"


def _part(hour: int, names: tuple[str, str, str, str, str]) -> str:
    """Of the day: before six, the morning, noon, until nine in the evening, the night."""
    if hour == 0 or hour >= 21:
        return names[4]
    return names[0] if hour < 6 else names[1] if hour < 12 else names[2] if hour == 12 else names[3]


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


_SAYS: Final[Mapping[str, Callable[[int, int], str]]] = {
    "pt-BR": _portuguese,
    "es": _spanish,
    "it": _italian,
    "ca": _catalan,
}

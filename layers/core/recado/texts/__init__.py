"""What we say to patients: one catalogue a language, beside this file, in one voice.

Minimum content by construction: the variables of each text are a closed set (VARIABLES), and none can hold
what an appointment is about. A missing or an extra value is an error, so a text never goes out with a hole
in it.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypedDict, cast, get_args

from recado.errors import Invalid

Language = Literal["pt-BR", "es", "it", "ca", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
DATES: Final[dict[Language, tuple[str, str]]] = {
    "pt-BR": ("pt_BR", "EEEE, d 'de' MMMM"),
    "es": ("es_ES", "EEEE, d 'de' MMMM"),
    "it": ("it_IT", "EEEE d MMMM"),
    "ca": ("ca_ES", "EEEE, d MMMM"),
    "en": ("en_GB", "EEEE d MMMM"),
}
"""The locale and CLDR pattern of a date: CLDR's own full date, less the year. English as Europe writes it."""

TEMPLATES: Final[dict[str, tuple[str, ...]]] = {
    "reminder_72h": ("name", "clinic", "date", "time"),
    "reminder_24h": ("name", "clinic", "date", "time"),
    "reminder_3h": ("name", "clinic", "date", "time"),
    "booked": ("name", "clinic", "practitioner", "date", "time"),
    "moved": ("name", "clinic", "date", "time"),
    "cancelled_by_clinic": ("name", "clinic", "date", "time", "phone"),
    "missed_call": ("clinic",),
    "called_you": ("clinic",),
    "not_reached": ("clinic", "phone"),
    "follow_up": ("clinic",),
    "offer_slot": ("name", "clinic", "date", "time", "until"),
    "offer_gone": ("name", "clinic"),
    "survey_nps": ("name", "clinic"),
    "survey_csat": ("name", "clinic"),
    "survey_contact": ("name", "clinic"),
    "instructions": ("name", "clinic", "date", "time"),
    "review": ("name", "clinic", "link"),
    "recall": ("name", "clinic"),
    "recall_again": ("name", "clinic"),
    "news": ("name", "clinic"),
    "authorisation": ("name", "clinic"),
    "missed_visit": ("name", "clinic", "date"),
    "medication": ("name", "clinic"),
}
"""Texts that we begin a conversation with, and their variables; an operator has WhatsApp approve each."""

VARIABLES: Final[dict[str, tuple[str, ...]]] = TEMPLATES | {
    "busy": (),
    "confirmed": ("date", "time"),
    "cancelled": ("date", "time"),
    "unclear": ("date", "time"),
    "both_times": ("time", "own"),
    "handed_over": (),
    "offer_declined": (),
    "no_longer": (),
    "opted_out": ("clinic",),
    "opted_in": ("clinic",),
    "channel_closed": ("clinic", "phone"),
    "callback_at": ("date", "time"),
    "whom": (),
    "out_of_hours": ("clinic", "date", "time"),
    "out_of_hours_later": ("clinic",),
    "email_received": ("clinic", "hours"),
    "urgent": ("clinic", "number"),
    "urgent_closed": ("clinic", "number", "date", "time"),
    "urgent_later": ("clinic", "number"),
    "bot_unclear": (),
    "wish_none": (),
    "bot_person": (),
    "survey_why": (),
    "survey_thanks": (),
    "survey_sorry_why": (),
    "survey_sorry": (),
    "outreach_yes": (),
    "outreach_no": (),
    "medication_stopped": (),
    "voice_known": ("name", "clinic"),
    "voice_unknown": ("clinic",),
    "voice_next": ("date", "time"),
    "voice_options": (),
    "voice_transfer": (),
    "voice_busy": (),
    "voice_callback": (),
    "voice_goodbye": (),
    "call_reminder": ("name", "clinic", "date", "time"),
    "call_options": (),
    "call_confirmed": (),
    "call_cancelled": (),
    "call_changed": (),
    "call_goodbye": (),
}
"""Every text, and the only variables it has."""

WORDING: Final = "2026-11"
"""The version of what we say about stopping and starting, kept with each consent: it changes with them."""

ANSWERS: Final = ("confirm", "cancel")
"""The quick-reply buttons a template may have, in their order; the name is the payload."""
MAX_VALUE: Final = 80
"""Characters of one value. Names come from people's own profiles and may be anything."""
_VARIABLE: Final = re.compile(r"\{([a-z]+)\}")


class ButtonText(TypedDict):
    payload: str
    title: str


class TemplateText(TypedDict):
    """A template as it is approved: `body` in WhatsApp's notation, `{{name}}`."""

    body: str
    parameters: list[str]
    buttons: list[ButtonText]


class FilledTemplate(TypedDict):
    """A template as it is sent."""

    name: str
    language: Language
    parameters: dict[str, str]
    buttons: list[ButtonText]


def closest(language: str | None, default: str | None = None) -> Language:
    """The language we have that is closest to `language`, else to `default` (the clinic's), else English.

    Regions are dropped: es-MX is es, pt and pt-PT are pt-BR.
    """
    for asked in (language, default):
        base = (asked or "").replace("_", "-").partition("-")[0].lower()
        for known in LANGUAGES:
            if base == known.partition("-")[0]:
                return known
    return "en"


def render(key: str, language: str, **values: str) -> str:
    """The text `key` in the closest language. Raises Invalid, naming a variable that is missing or extra."""
    filled = _filled(key, values)
    body = _catalogue(closest(language))[key]["body"]
    return _VARIABLE.sub(lambda match: filled[match[1]], body)


def render_plain(key: str, language: str, **values: str) -> str:
    """The same where no template goes: options stand below it, or are buttons, and the text has no word of
    them. Raises Invalid."""
    filled = _filled(key, values)
    text = _catalogue(closest(language))[key]
    return _VARIABLE.sub(lambda match: filled[match[1]], text.get("plain", text["body"]))


def template(key: str, language: str, values: Mapping[str, str], about: str = "") -> FilledTemplate:
    """The template `key` with its values and buttons, to be sent; `render` gives the same as a text.

    `about` says what an answer is about (an appointment): each payload becomes `<answer>:<about>`.
    """
    if key not in TEMPLATES:
        raise Invalid("key", "There is no such template.")
    spoken = closest(language)
    buttons = _buttons(spoken, key)
    for button in buttons:
        button["payload"] += f":{about}" if about else ""
    return {"name": key, "language": spoken, "parameters": _filled(key, values), "buttons": buttons}


def templates() -> dict[str, dict[Language, TemplateText]]:
    """Every template in every language, as an operator submits them and as the local provider knows them."""
    return {key: {language: _approved(language, key) for language in LANGUAGES} for key in TEMPLATES}


def when(start_local: datetime, language: str, own: datetime | None = None) -> tuple[str, str]:
    """A visit's date and time in words, e.g. ("terça-feira, 24 de novembro", "09:30").

    `start_local` is the wall time where the clinic is; `own` what clocks show where the patient is, which is
    told, too. Without the year: nobody is reminded so far ahead.
    """
    from babel.dates import format_date, format_time  # noqa: PLC0415 - slow to import, and seldom needed

    locale, pattern = DATES[closest(language)]
    date = format_date(start_local, pattern, locale=locale)
    time = _plain(format_time(start_local, "short", tzinfo=None, locale=locale))
    if own is not None:
        theirs = _plain(format_time(own, "short", tzinfo=None, locale=locale))
        if own.date() != start_local.date():
            theirs = f"{_plain(format_date(own, pattern, locale=locale))}, {theirs}"
        time = render("both_times", language, time=time, own=theirs)
    return _plain(date), time


def short(start_local: datetime, language: str) -> str:
    """The same on a button, e.g. "ter 24/11 09:30"; 20 characters at most."""
    from babel.dates import format_date  # noqa: PLC0415 - slow to import, and seldom needed

    locale, _ = DATES[closest(language)]
    day = format_date(start_local, "EEE d/M", locale=locale).replace(".", "").replace(",", "")
    return _plain(f"{day} {start_local:%H:%M}")[:20]


def weekday(number: int, language: str) -> str:
    """A day of the week in a word; 0 is Monday."""
    from babel.dates import get_day_names  # noqa: PLC0415 - slow to import, and seldom needed

    locale, _ = DATES[closest(language)]
    return str(get_day_names("wide", locale=locale)[number])


@functools.cache
def _catalogue(language: Language) -> dict[str, dict[str, str]]:
    with (Path(__file__).parent / f"{language}.toml").open("rb") as file:
        return cast("dict[str, dict[str, str]]", tomllib.load(file))


def _filled(key: str, values: Mapping[str, str]) -> dict[str, str]:
    """The values in the order of the text's variables, each on one line and not too long."""
    if key not in VARIABLES:
        raise Invalid("key", "There is no such text.")
    names = VARIABLES[key]
    for name in set(names) ^ set(values):
        raise Invalid(name, f"The text {key} takes exactly: {', '.join(names) or 'nothing'}.")
    filled = {name: _plain(values[name]) for name in names}
    for name, value in filled.items():
        if not value:
            raise Invalid(name, f"The text {key} needs a value here.")
    return filled


def _plain(value: str) -> str:
    """On one line, with ordinary spaces, and cut where it is longer than any true value."""
    line = " ".join(value.split())
    return line if len(line) <= MAX_VALUE else f"{line[: MAX_VALUE - 1]}…"


def _buttons(language: Language, key: str) -> list[ButtonText]:
    text = _catalogue(language)[key]
    return [{"payload": answer, "title": text[answer]} for answer in ANSWERS if answer in text]


def _approved(language: Language, key: str) -> TemplateText:
    body = _VARIABLE.sub(r"{{\1}}", _catalogue(language)[key]["body"])
    return {"body": body, "parameters": list(TEMPLATES[key]), "buttons": _buttons(language, key)}

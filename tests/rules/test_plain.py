"""Whether texts are plain: those of a clinic, and all of ours."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from recado import texts
from recado.rules.plain import ENOUGH, LIMITS, LONGEST_SENTENCE, Jargon, jargon, plainness
from recado.texts import Language

FOLDER = Path(texts.__file__).parent
GREETINGS = {
    "pt-BR": ("Olá",),
    "es": ("Hola",),
    "it": ("Buongiorno", "Salve"),
    "ca": ("Hola", "Bon dia"),
    "en": ("Hello",),
}
COURTESY = {
    "pt-BR": ("por favor", "obrigad", "desculp", "lament", "sentimos", "prazer", "quiser", "é só", "?"),
    "es": ("por favor", "gracias", "sentimos", "gusto", "quiere", "desea", "prefiere", "?"),
    "it": ("per favore", "grazie", "spiace", "volentieri", "desidera", "vuole", "preferisce", "?"),
    "ca": ("si us plau", "gràcies", "greu", "sentim", "gust", "vol ", "vulgui", "prefereix", "?"),
    "en": ("please", "thank", "sorry", "glad", "if you", "?"),
}
"""What asks, thanks, regrets or leaves it to them; a question leaves it, too."""


def ours(language: Language) -> Iterator[tuple[str, str]]:
    """Whatever we say to patients in a language, with where it stands."""
    catalogue = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    for name, forms in catalogue.items():
        yield from ((f"{name}.{form}", text) for form, text in forms.items())
    for file in sorted((FOLDER / "flows").glob("*.json")):
        yield from _said(json.loads(file.read_text("utf-8")), language, file.stem)


def _said(part: Any, language: Language, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, dict) and isinstance(part.get(language), str):
        yield place, part[language]
    elif isinstance(part, dict | list):
        below = part.items() if isinstance(part, dict) else enumerate(part)
        for name, inner in below:
            yield from _said(inner, language, f"{place}.{name}")


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_whatever_we_say_is_plain(language: Language) -> None:
    found = {place: plainness(text, language) for place, text in ours(language)}
    assert len(found) > 150
    assert {place: one for place, one in found.items() if not one.plain} == {}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_what_we_begin_with_greets_and_is_courteous(language: Language) -> None:
    catalogue = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    bodies = {name: catalogue[name]["body"] for name in texts.TEMPLATES}
    assert {name: body for name, body in bodies.items() if not body.startswith(GREETINGS[language])} == {}
    rude = {
        name: body
        for name, body in bodies.items()
        if not any(one in body.casefold() for one in COURTESY[language])
    }
    assert rude == {}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_plain_words_are_none_that_we_avoid(language: Language) -> None:
    for word, plain in jargon()[language].items():
        assert plainness(plain, language).jargon == ()
        assert word == word.casefold()


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Prior to your visit, kindly call.", "en", [("prior to", "before"), ("kindly", "please")]),
        ("Sua cefaleia passou?", "pt-BR", [("cefaleia", "dor de cabeça")]),
        ("Hipertensión arterial", "es", [("hipertensión arterial", "tensión alta")]),
        ("KINDLY, kindly", "en", [("kindly", "please")]),
        ("Cefaleico", "it", []),
        ("kındly KİNDLY", "en", []),
    ],
)
def test_jargon_is_found_once_whatever_its_capitals(
    text: str, language: Language, found: list[tuple[str, str]]
) -> None:
    assert plainness(text, language).jargon == tuple(Jargon(*one) for one in found)


def test_long_words_make_a_text_hard_and_a_few_say_nothing() -> None:
    assert plainness("Comprehensive documentation is necessary. " * 4, "en").hard
    assert plainness("Administrative documentation notwithstanding.", "en").lix is None
    easy = " ".join(["one"] * ENOUGH)
    assert (plainness(f"{easy}.", "en").lix, plainness(f"{easy}.", "en").hard) == (ENOUGH, False)
    assert LIMITS["en"] >= ENOUGH


def test_a_sentence_that_is_too_long_is_shown_and_variables_count_as_a_word() -> None:
    long = " ".join(["so"] * (LONGEST_SENTENCE + 1))
    assert plainness(f"Hello {{name}}. {long} {{name}}!", "en").long_sentences == (f"{long} {{name}}",)
    assert plainness(f"{{administration}} {' '.join(['so'] * (LONGEST_SENTENCE - 1))}", "en").plain

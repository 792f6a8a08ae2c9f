"""A clinic's own words: the text's variables, and nothing of what a visit is about."""

from __future__ import annotations

import pytest
from recado import texts
from recado.errors import Invalid
from recado.rules.wording import LONGEST, checked, sayable, telling, worded

VARIABLES = texts.TEMPLATES["reminder_24h"]
GOOD = "Oi {name}, até {date}, {time}! {clinic}"


def test_what_has_all_variables_and_no_other_is_taken_on_one_line() -> None:
    assert checked(f" {GOOD}\n", VARIABLES, "words") == GOOD
    assert worded(GOOD, {"name": "Ana", "date": "1/2", "time": "9:30", "clinic": "Sol"}) == (
        "Oi Ana, até 1/2, 9:30! Sol"
    )


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Oi {name}",
        f"{GOOD} {{practitioner}}",
        f"{GOOD} {{type}}",
        f"{GOOD} {{0}}",
        f"{GOOD} {{",
        f"{GOOD} {{name.__class__}}",
        f"{GOOD} " + "a" * LONGEST,
    ],
)
def test_anything_else_is_refused_by_its_field(body: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(body, VARIABLES, "words.reminder_24h.es")
    assert refused.value.field == "words.reminder_24h.es"


@pytest.mark.parametrize(
    "said",
    [
        "sua consulta de cardiologia",
        "cita de GINECOLOGÍA",
        "visita dermatologica",
        "visita amb l'oncòleg o oncologia",
        "your psychiatry appointment, psychiatrist",
        "seu exame de HIV",
        "resultado da biópsia",
        "il referto della colonoscopia",
        "els resultats",
        "your test results",
        "embarazo",
        "per la Sua gravidanza",
        "cardio\u0301logo: cardiólogo",
        "diabetes",
        "quimio",
        "vacuna del VPH",
        "car\u200bdiologia",
        "onco\u00adlogia",
        "\uff43ardiologia",
        "\u0441\u0430rdiologia",
    ],
)
def test_a_word_that_tells_what_a_visit_is_about_is_found_in_every_language(said: str) -> None:
    assert telling(said)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_text_of_ours_tells_it(language: texts.Language) -> None:
    for key, body in texts._catalogue(language).items():
        for said in body.values():
            assert telling(said) is None, (key, said)


def test_everyday_words_are_not_taken_for_it() -> None:
    assert telling("Considere llegar antes; assim atendemos com calma. See you soon.") is None
    assert telling("A 1.ª consulta é às 9h 👩‍⚕️, n.º 4; l·lusió, straße, coração, niño, ﬁnalmente.") is None
    assert telling("Por favor, chegue dez minutos antes. La aspettiamo, a presto! Fins aviat.") is None


@pytest.mark.parametrize(
    "line",
    [
        "{name}, a Dra. Costa espera",
        "às 9h {name}",
        "veja clinica.com, {name}",
        "Olá {name} 👍",
        "tel de {name}",
    ],
)
def test_what_a_voice_cannot_say_is_refused(line: str) -> None:
    with pytest.raises(Invalid):
        sayable(line, "words.call_reminder.pt-BR")


def test_what_a_voice_can_say_is_taken() -> None:
    line = "Hola, {name}. L'esperem a {clinic}: {date}, {time}. Gràcies!"
    assert sayable(line, "words.call_reminder.ca") == line


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_voice_can_say_all_that_our_calls_say(language: texts.Language) -> None:
    for key, text in texts._catalogue(language).items():
        if key.startswith("call_"):
            assert sayable(text["body"], key) == text["body"]

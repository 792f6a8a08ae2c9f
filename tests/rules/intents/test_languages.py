"""In which language something is written: right, or not decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules.intents.languages import CLASSES, PATH, likelihoods, load, written_in

from tests.bench.intents import languages

FOUND = languages.held_out()


def test_it_was_fitted_on_the_corpus_as_it_stands() -> None:
    assert load().fitted_on == languages.digest(), "its corpus or making has changed: fit it again (--fit)"


def test_it_is_small() -> None:
    assert PATH.stat().st_size <= 48 * 1024


def test_of_two_hundred_that_it_decides_not_one_is_wrong_and_it_decides_most() -> None:
    share, wrong = languages.decided(FOUND)
    assert wrong < 0.005, [one for one in FOUND if one.found not in (None, one.language)]
    assert share >= 0.8


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("bom dia, queria marcar uma consulta", "pt-BR"),
        ("buenas, quisiera pedir una cita", "es"),
        ("buongiorno, vorrei prenotare una visita", "it"),
        ("bon dia, voldria demanar hora", "ca"),
        ("hi, I would like to book a visit", "en"),
        ("A CHE ORA HO LA VISITA", "it"),
        ("tô com dor no peito", "pt-BR"),
        ("non posso venire domani", "it"),
        ("no puc venir demà", "ca"),
        ("no puedo ir mañana", "es"),
    ],
)
def test_what_is_plainly_of_a_language_is_taken_for_it(text: str, language: str) -> None:
    assert written_in(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "", "1", "👍", "ok", "sim", "si", "sì", "sí", "no", "não", "stop", "persona", "cancelar", "confirmo",
        "hola", "ciao", "vale", "10:30", "https://example.com/agendar-consulta", "ana@example.com",
        "Giuseppe Verdi", "Thiago Nascimento", "Montserrat Vila", "Dr. Martínez", "xyzzy plugh", "asdf ghjk",
        "je voudrais prendre rendez-vous demain", "ich möchte einen Termin", "dzień dobry", "مرحبا", "你好",
    ],
)  # fmt: skip
def test_what_may_be_of_several_or_of_none_is_not_decided(text: str) -> None:
    assert written_in(text) is None


@given(st.text(max_size=400))
def test_whatever_is_written_is_read(text: str) -> None:
    chances = likelihoods(text)
    assert tuple(chances) == CLASSES
    assert abs(sum(chances.values()) - 1) < 1e-9
    assert written_in(text) in (*CLASSES[:-1], None)

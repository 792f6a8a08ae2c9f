"""How a pattern is found in what people write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules.intents.lexicon import Lexicon

PAIN = Lexicon(["{not} = no tengo|sin\ndolor*|duele + pecho - radiografía|hace años < {not}"])
STOP = Lexicon(["dejen > de enviar*|mensajes"])


@pytest.mark.parametrize(
    "text",
    [
        "me duele el pecho",
        "el pecho me duele",
        "DOLORES muy fuertes en el PECHO!!!",
        "dolorrrr en el pechoooo",
        "no tengo coche y me duele mucho el pecho",
        "Dolor en el   pecho, 40 años",
    ],
)
def test_what_belongs_together_is_found_in_any_order_and_spelling(text: str) -> None:
    assert PAIN.says(text)


@pytest.mark.parametrize(
    "text",
    [
        "me duele la rodilla",
        "no tengo dolor en el pecho",
        "sin ningún dolor en el pecho",
        "tuve dolor en el pecho hace años",
        "por el dolor me hicieron una radiografía de pecho",
        "duele la rodilla desde que me caí ayer en la calle al salir de casa y el pecho no",
        "",
        "¿¡…!?",
    ],
)
def test_what_is_taken_back_or_stands_far_apart_is_not(text: str) -> None:
    assert not PAIN.says(text)


def test_what_follows_has_to_follow() -> None:
    assert STOP.says("por favor dejen ya de enviarme cosas")
    assert not STOP.says("mensajes que dejen claro el precio")


@pytest.mark.parametrize("slip", ["hemorragai", "hemoragia", "hemorrajia", "hemorrgia", "hemorrragia"])
def test_a_slip_of_the_thumb_in_a_long_word_does_not_matter(slip: str) -> None:
    assert Lexicon(["hemorragia"]).says(f"tengo una {slip} fuerte")


def test_a_short_word_is_taken_as_it_stands() -> None:
    assert not Lexicon(["pecho"]).says("lo hecho, hecho está")


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    assert PAIN.says(text) in (True, False)


def test_what_is_taken_back_was_spoken_of() -> None:
    assert PAIN.denies("no tengo dolor en el pecho")
    assert not PAIN.denies("no tengo dolor de muelas")

"""Whom somebody names who was asked for whom they write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.patient import Link
from recado.rules.named import named

MARIA, JOAO, JOAO_PEDRO = (
    Link(patient=name, name=name, place=place)
    for place, name in enumerate(("Maria Silva", "João Souza", "João Pedro Souza"), start=1)
)
FAMILY = (MARIA, JOAO)


def who(text: str, *people: Link) -> str | None:
    found = named(text, people or FAMILY)
    return found.patient if isinstance(found, Link) else found


@pytest.mark.parametrize(
    "text",
    [
        "João",
        "joao",
        "JOÃO",
        "é para o João",
        "É pro João, obrigada!",
        "Para meu marido João",
        "Oi, é para o João Souza",
        "es para Joao",
        "Buenos días, soy João",
        "Ciao, sono João",
        "per mio marito João, grazie",
        "bon dia, és per al João",
        "sóc en João",
        "It's for João, please",
        "for my husband João",
        "o nome é João",
    ],
)
def test_one_of_them_is_named_in_any_of_the_languages(text: str) -> None:
    assert who(text) == "João Souza"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Clara", "Clara"),
        ("clara", "Clara"),
        ("para a minha filha Clara", "Clara"),
        ("es para mi hijo Mateo, gracias", "Mateo"),
        ("para o Kauã", "Kauã"),
        ("per mia figlia Giulia", "Giulia"),
        ("for my son William", "William"),
        ("Ana Clara Dias", "Ana Clara Dias"),
    ],
)
def test_another_s_name_is_somebody_s_who_is_new(text: str, name: str) -> None:
    assert who(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "sim",
        "não",
        "obrigada",
        "Bom dia",
        "gracias",
        "para mim",
        "eu",
        "es para mí",
        "for me",
        "para os dois",
        "João e Maria",
        "João y Maria",
        "para minha mãe",
        "quero marcar uma consulta",
        "quanto custa?",
        "João?",
        "amanhã",
        "amanhã às 10",
        "a consulta de terça do João precisa mudar para a semana que vem, pode ser?",
        "🌸",
        "Família Silva",
        "parar",
    ],
)
def test_what_names_nobody_for_sure_is_nobody_s(text: str) -> None:
    assert who(text) is None


def test_of_two_of_nearly_one_name_the_better_fit_is_meant() -> None:
    assert who("João Pedro", JOAO, JOAO_PEDRO) == "João Pedro Souza"
    assert who("João", JOAO, JOAO_PEDRO) == "João Souza"


def test_a_name_that_two_have_as_well_is_nobody_s() -> None:
    other = JOAO.model_copy(update={"patient": "other", "name": "João Lima"})
    assert who("João", JOAO, other) is None


@given(st.text(max_size=80))
def test_whatever_is_said_is_somebody_a_name_or_nobody(text: str) -> None:
    found = named(text, FAMILY)
    assert found is None or found in FAMILY or (isinstance(found, str) and 0 < len(found) <= 80)

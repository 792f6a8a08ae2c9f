from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules.matching import fits
from recado.rules.matching.agreement import agreement
from recado.rules.matching.names import folded, parsed
from recado.rules.matching.sounds import sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria da Silva", "MARIA SILVA"),
        ("José de la Cruz", "jose cruz"),
        ("García López, Juan", "Juan García López"),
        ("Puig Xavier", "Xavier Puig"),
        ("Zé Oliveira", "José Oliveira"),
        ("Paco Giménez", "Francisco Jiménez"),
        ("Beppe Esposito", "Giuseppe Esposito"),
        ("Bill Smith", "William Smith"),
        ("Xavi Puig", "Javier Puig"),
        ("Wagner Souza", "vagner sousa"),
        ("Conceição Araújo", "conceicao araujo"),
        ("Mª Carmen Glez", "María Carmen González"),
        ("MariaLima", "maria_lima82"),
        ("oi, meu nome é ana beatriz lima", "Ana Beatriz Lima"),
        ("hola soy paco ruiz", "Francisco Ruiz"),
        ("mi chiamo chiara conti", "Chiara Conti"),
        ("em dic nuria soler", "Núria Soler"),
        ("my name is emma reed", "Emma Reed"),
        ("Dra. Paula Reis", "paula reis"),
        ("Anapaula Lima", "Ana Paula Lima"),
        ("J. Carlos Souza", "José Carlos Souza"),
    ],
)
def test_one_name_is_written_in_many_ways(one: str, other: str) -> None:
    assert fits(one, other) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria Souza", "Maria Silva Souza"),  # of two surnames, one
        ("Ana", "Ana Torres"),
        ("Maria Silva", "Maria Souza"),  # married
        ("Carlos Souza", "José Carlos Souza"),
        ("Bill Smith", "Bill Smith Jr"),
        ("Joan Puig", "Juan Puig"),  # in Catalan and in Spanish, or a couple
        ("Yani Prado", "Yeni Prado"),  # few letters, but the surname too
        ("Paco", "Francisco Giménez"),
        ("Zuleyka", "Zuleyca Prado"),
        ("Dan", "Danielle"),
    ],
)
def test_what_may_be_one_person_is_neither_same_nor_unlike(one: str, other: str) -> None:
    assert fits(one, other) == "may"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pedro Souza", "Paulo Souza"),
        ("Maria Clara Souza", "Maria Eduarda Souza"),  # twins
        ("Marta Martínez", "María Martínez"),
        ("Carmelo Conti", "Carmela Conti"),
        ("José Lima Filho", "José Lima Neto"),
        ("Ana", "João"),
        ("Jill", "Bill Norman"),
        ("Gill Norman", "Bill Norman"),
        ("Margaret Randall", "Robin Randall"),
        ("Juan", "Joan"),
        ("Luis", "Luisa"),
        ("Luis Puig", "Luisa Puig"),
        ("José Souza", "Josefa Souza"),
        ("Érick", "Ericka"),
        ("Yani", "Yeni Prado"),
    ],
)
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert fits(one, other) == "unlike"


@pytest.mark.parametrize(
    "display",
    ["", "😀🌻", "Mãe do Pedro", "Pedro's mom", "la mamma di Luca", "Loja da Ana", "WhatsApp User", "..."],
)
def test_a_display_that_names_nobody_says_nothing(display: str) -> None:
    assert fits(display, "Ana Souza") == fits("Ana Souza", display) == "unknown"


def test_who_stands_in_front_of_the_relation_is_named() -> None:
    assert fits("Ana, mãe do Pedro", "Ana Lima") == "may"


def test_a_compound_given_name_is_told_from_the_surnames() -> None:
    said = parsed("Maria Aparecida de Souza Lima")
    assert [token.given for token in said.tokens] == [True, True, False, False]


def test_a_rarer_name_tells_more() -> None:
    common, rare = parsed("Maria Silva"), parsed("Zuleide Wanzeller")
    assert agreement(common, common).bits < agreement(rare, rare).bits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("goncalves", "gonsalvez"),
        ("phelipe", "felipe"),
        ("nunez", "nunhes"),
        ("walter", "valter"),
        ("thiago", "tiago"),
    ],
)
def test_what_is_written_by_ear_sounds_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_the_last_vowel_is_heard() -> None:
    assert sound("paula") != sound("paulo")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_compare_the_same_from_both_sides(one: str, other: str) -> None:
    assert fits(one, other) == fits(other, one)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)

"""Cells as people and systems write them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Invalid
from recado.rules.imports import values

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        ("1980-04-03", "BR", "1980-04-03"),
        ("1980/4/3", "US", "1980-04-03"),
        ("19800403", "ES", "1980-04-03"),
        ("1980-04-03T00:00:00.000Z", "BR", "1980-04-03"),
        ("03/04/1980", "BR", "1980-04-03"),
        ("3.4.1980", "IT", "1980-04-03"),
        ("03-04-1980", "ES", "1980-04-03"),
        ("03/04/1980", "US", "1980-03-04"),
        ("25/12/1980", "US", "1980-12-25"),
        ("12/25/1980", "BR", "1980-12-25"),
        ("03/04/80", "BR", "1980-04-03"),
        ("29/02/2024", "BR", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_its_country_writes_it(typed: str, country: str, meant: str) -> None:
    assert values.day(typed, country, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "31/02/1980",
        "29/02/2023",
        "03/04/24",
        "1980",
        "1980-04",
        "abril 1980",
        "29221",
        "01/01/1900",
        "99/99/9999",
        "1899-12-30",
        "1/2",
        "1/2/3/4",
        "0000-00-00",
        "12345-01-01",
        "²/1/1980",
    ],
)
def test_what_is_no_day_or_may_be_two_is_refused_without_a_word_of_it(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        values.day(typed, "BR", TODAY)
    assert typed not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "country", "meant"),
    [
        ("F", "BR", "female"),
        ("Mujer", "ES", "female"),
        ("Varón", "ES", "male"),
        ("M", "BR", "male"),
        ("m", "IT", "male"),
        ("H", "ES", "male"),
        ("home", "ES", "male"),
        ("Dona", "ES", "female"),
        ("maschio", "IT", "male"),
        ("other", "US", "other"),
        ("unknown", "US", "unknown"),
    ],
)
def test_sex_is_read_in_the_five_languages(typed: str, country: str, meant: str) -> None:
    assert values.sex(typed, country) == meant


def test_m_is_nothing_where_it_stands_for_both() -> None:
    for typed in ("M", "?"):
        with pytest.raises(Invalid):
            values.sex(typed, "ES")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("Português", "pt-BR"),
        ("es_MX", "es"),
        ("Castellano", "es"),
        ("it-IT", "it"),
        ("català", "ca"),
        ("ca-ES", "ca"),
        ("English", "en"),
        ("en-US", "en"),
    ],
)
def test_a_language_is_one_of_ours(typed: str, meant: str) -> None:
    assert values.language(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("br", "BR"),
        ("Brasil", "BR"),
        ("España", "ES"),
        ("ITA", "IT"),
        ("México", "MX"),
        ("Estats Units", "US"),
    ],
)
def test_a_country_is_its_two_letters(typed: str, meant: str) -> None:
    assert values.country(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sim", True),
        ("Sí", True),
        ("x", True),
        ("1", True),
        ("TRUE", True),
        ("não", False),
        ("No", False),
        ("0", False),
        ("false", False),
        ("talvez", None),
        ("2", None),
    ],
)
def test_yes_and_no_are_told_from_all_else(typed: str, meant: bool | None) -> None:
    assert values.truth(typed) is meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(" Maria@Example.COM.BR ", "maria@example.com.br"), ("<a.b+c@x-y.io>", "a.b+c@x-y.io")],
)
def test_an_address_is_in_lower_case(typed: str, meant: str) -> None:
    assert values.email(typed) == meant


@pytest.mark.parametrize(
    "typed", ["@x.com", "a@x", "a b@x.com", "a@x..com", "a@@x.com", "a@-x.com", "não tem"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        values.email(typed)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("  Maria \n da  Silva ", "Maria da Silva"),
        ('="0012"', "0012"),
        ("'+55 11", "+55 11"),
        ("N/A", ""),
        ("NULL", ""),
        ("-", ""),
        ("x\x00\x1by", "x y"),
        ("D'Angelo", "D'Angelo"),
    ],
)
def test_a_cell_is_what_is_in_it(cell: str, meant: str) -> None:
    assert values.text(cell) == meant


READERS: list[Callable[[str], object]] = [
    lambda typed: values.day(typed, "BR", TODAY),
    lambda typed: values.sex(typed, "ES"),
    values.language,
    values.country,
    values.kind,
    values.email,
]


@given(st.text(), st.sampled_from(READERS))
def test_whatever_is_written_is_read_or_refused(typed: str, reader: Callable[[str], object]) -> None:
    with suppress(Invalid):
        reader(values.text(typed))

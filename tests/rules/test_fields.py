"""What may be told of a person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Invalid
from recado.model.patient import FIELDS
from recado.rules.countries import COUNTRIES
from recado.rules.fields import SEXES, agree, checked, fuller, same

TODAY = date(2026, 11, 23)


def refused(field: str, typed: str) -> str | None:
    with pytest.raises(Invalid) as error:
        checked(field, typed, TODAY)
    return error.value.field


def test_a_value_is_taken_on_one_line() -> None:
    assert checked("street", " Rua  das Flores,\n12 ", TODAY) == ("street", "Rua das Flores, 12")
    assert checked("country", "br", TODAY) == ("country", "BR")
    assert checked("sex", "female", TODAY) == ("sex", "female")


@given(st.dates(date(1900, 1, 1), TODAY))
def test_whoever_lives_was_born_since_1900(born: date) -> None:
    assert checked("birth_date", born.isoformat(), TODAY) == ("birth_date", born.isoformat())


@pytest.mark.parametrize(
    "typed",
    [
        "1899-12-31",
        (TODAY + timedelta(days=1)).isoformat(),
        "1984-02-30",
        "25/03/1984",
        "19840325",
        "1984-3-25",
        "1984-03-25T00:00",
        "١٩٨٤-٠٣-٢٥",
        "",
    ],
)
def test_a_birth_date_is_a_day_that_was(typed: str) -> None:
    assert refused("birth_date", typed) == "birth_date"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("sex", "F"),
        ("sex", ""),
        ("country", "Brasil"),
        ("country", "XX"),
        ("name", "M" * 101),
        ("street", "R" * 201),
        ("postcode", "0" * 17),
        ("given_name", "Ma\x00ria"),
        ("city", "\ud800"),
        ("city", "   "),
        ("shoe_size", "38"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(field: str, typed: str) -> None:
    assert refused(field, typed) == field


@given(st.sampled_from(FIELDS), st.text(max_size=250))
def test_what_is_taken_once_is_taken_again_as_it_is(field: str, typed: str) -> None:
    try:
        first = checked(field, typed, TODAY)
    except Invalid:
        first = checked("name", "Maria", TODAY)
    assert checked(*first, TODAY) == first


def test_case_accents_and_marks_between_words_make_no_other_value() -> None:
    assert same("name", "JOÃO  d'Ávila", "João D’Avila")
    assert same("street", "Rua das Flores, 12", "rua das flores 12")
    assert same("postcode", "01310-100", "01310100")
    assert not same("street", "Rua das Flores, 12", "Rua das Flores, 21")
    assert not same("birth_date", "1984-03-25", "1984-03-26")


def test_a_name_in_more_words_contradicts_none_in_fewer_and_nothing_else_does_so() -> None:
    assert fuller("name", "Maria Aparecida da Silva", "Maria Silva")
    assert agree("name", "Maria Silva", "maria aparecida da silva")
    assert not agree("name", "Maria Silva", "Maria Souza")
    assert not agree("street", "Rua das Flores", "Rua das Flores 12")


def test_the_words_are_fhir_s_and_the_countries_iso_s() -> None:
    assert {"female", "male", "other", "unknown"} == SEXES
    assert len(COUNTRIES) == 249

"""What a form says of whoever filled it in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.rules.preregistration import said

TODAY = date(2026, 11, 23)


def read(form: dict[str, Any], country: str = "BR") -> dict[str, str]:
    return said(form, country, TODAY)


def test_our_own_names_and_those_by_which_browsers_fill_in_forms_are_read() -> None:
    ours = {
        "given_name": "Maria",
        "family_name": "Silva",
        "birth_date": "1984-03-25",
        "postcode": "01310-100",
    }
    theirs = {"given-name": "Maria", "Family-Name": "Silva", "bday": "1984-03-25", "postal-code": "01310-100"}
    assert read(ours) == read(theirs) == ours


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("25/03/1984", "1984-03-25"),
        ("5.3.1984", "1984-03-05"),
        ("25-03-1984", "1984-03-25"),
        ("1984-03-25", "1984-03-25"),
    ],
)
def test_a_date_is_read_as_it_is_written_here(typed: str, born: str) -> None:
    assert read({"birth_date": typed}) == {"birth_date": born}


@pytest.mark.parametrize(
    ("typed", "sex"),
    [("Feminino", "female"), ("F", "female"), ("maschile", "male"), ("other", "other"), ("Male", "male")],
)
def test_sex_is_read_in_the_words_of_forms(typed: str, sex: str) -> None:
    assert read({"sex": typed}) == {"sex": sex}


def test_a_document_is_told_by_its_field_or_by_its_number_and_the_country() -> None:
    assert read({"cpf": "390.533.447-05"}) == {"br/cpf": "39053344705"}
    assert read({"document": "390.533.447-05"}) == {"br/cpf": "39053344705"}
    assert read({"dni": "54362315-K"}, "ES") == {"es/dni": "54362315K"}
    assert read({"document": "390.533.447-05"}, "ES") == {}


@pytest.mark.parametrize(
    "form",
    [
        {"birth_date": "31/02/1984"},
        {"birth_date": "ontem"},
        {"sex": "sim"},
        {"country": "Brasil"},
        {"city": ""},
        {"city": None, "sex": ["female"], "birth_date": {"day": 1}},
        {"shoe_size": "38", "message": "olá", "name": "Maria"},
    ],
)
def test_what_cannot_be_and_what_we_do_not_know_is_left_to_people(form: dict[str, Any]) -> None:
    assert read(form) == {}


@given(st.dictionaries(st.text(max_size=20), st.one_of(st.text(max_size=300), st.none(), st.integers())))
def test_whatever_a_form_holds_reading_it_is_no_error(form: dict[str, Any]) -> None:
    assert set(read(form)) <= {
        "given_name",
        "family_name",
        "birth_date",
        "sex",
        "street",
        "city",
        "postcode",
        "country",
    }

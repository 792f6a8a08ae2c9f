from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels.addresses import phone
from recado.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "country", "e164"),
    [
        ("(11) 98765-4321", "BR", "+5511987654321"),
        ("+55 84 8888 7777", "BR", "+5584988887777"),
        ("(11) 3000-0000", "BR", "+551130000000"),
        ("600 11 12 22", "ES", "+34600111222"),
        ("+521 55 4163 7145", "MX", "+525541637145"),
        ("55 4163 7145", "MX", "+525541637145"),
        ("011 15 2345-6789", "AR", "+5491123456789"),
        ("333 123 4567", "IT", "+393331234567"),
        ("+55 11 98765-4321", "ES", "+5511987654321"),
    ],
)
def test_what_staff_type_becomes_e164(typed: str, country: str, e164: str) -> None:
    assert phone(typed, country) == e164


@pytest.mark.parametrize(
    "typed", ["", "Maria", "12", "1" * 30, "+1" * 50, "000000000", "+999 123456789", "\ud83d"]
)
def test_a_number_that_is_none_names_the_field_and_does_not_repeat_it(typed: str) -> None:
    with pytest.raises(Invalid) as caught:
        phone(typed, "ES", field="patient.phone")
    assert caught.value.field == "patient.phone"
    assert not typed or typed not in str(caught.value)


@given(st.text(max_size=50))
def test_no_input_breaks_it(typed: str) -> None:
    try:
        assert phone(typed, "BR").startswith("+")
    except Invalid:
        return

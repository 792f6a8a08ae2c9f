from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.contact_point import ContactPoint
from recado.rules.identity import canonical_phone, is_visitor


@pytest.mark.parametrize(
    ("systems", "visitor"),
    [
        (["webchat"], True),
        (["webchat", "unverified_email"], True),
        (["webchat", "phone"], False),
        (["email"], False),
        (["telegram"], False),
    ],
)
def test_a_visitor_is_who_has_told_no_way_to_reach_them(systems: list[str], *, visitor: bool) -> None:
    assert is_visitor([ContactPoint(system=one, value="1") for one in systems]) is visitor


@pytest.mark.parametrize(
    ("one", "other", "canonical"),
    [
        ("554188887777", "5541988887777", "+5541988887777"),
        ("551187654321", "+55 (11) 98765-4321", "+5511987654321"),
        ("5215541637145", "525541637145", "+525541637145"),
        ("5491123456789", "541123456789", "+5491123456789"),
    ],
)
def test_two_spellings_of_one_person_meet(one: str, other: str, canonical: str) -> None:
    assert canonical_phone(one) == canonical_phone(other) == canonical


@pytest.mark.parametrize(
    ("digits", "canonical"),
    [
        ("551130000000", "+551130000000"),  # a landline in São Paulo has eight digits and keeps them
        ("34600111222", "+34600111222"),
        ("393331234567", "+393331234567"),
        ("390612345678", "+390612345678"),  # Italy's landlines keep their 0
        ("5215541637", "+5215541637"),  # too short to be a Mexican mobile
        ("16505551234", "+16505551234"),
        ("", "+"),
    ],
)
def test_every_other_number_stays_as_it_is(digits: str, canonical: str) -> None:
    assert canonical_phone(digits) == canonical


AREA_BR = st.sampled_from(["11", "21", "41", "71", "84", "99"])


@given(area=AREA_BR, first=st.sampled_from("6789"), rest=st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_a_brazilian_mobile_is_the_same_with_and_without_its_ninth_digit(
    area: str, first: str, rest: str
) -> None:
    assert canonical_phone(f"55{area}{first}{rest}") == canonical_phone(f"55{area}9{first}{rest}")


@given(area=AREA_BR, first=st.sampled_from("2345"), rest=st.from_regex(r"[0-9]{7}", fullmatch=True))
def test_a_brazilian_landline_is_nobody_s_mobile(area: str, first: str, rest: str) -> None:
    assert canonical_phone(f"55{area}{first}{rest}") == f"+55{area}{first}{rest}"


@given(national=st.from_regex(r"[1-9][0-9]{9}", fullmatch=True))
def test_a_mexican_number_is_the_same_with_and_without_the_former_1(national: str) -> None:
    assert canonical_phone(f"521{national}") == canonical_phone(f"52{national}") == f"+52{national}"


@given(national=st.from_regex(r"[1-8][0-9]{9}", fullmatch=True))
def test_an_argentine_number_is_the_same_with_and_without_the_9(national: str) -> None:
    assert canonical_phone(f"549{national}") == canonical_phone(f"54{national}")


@given(st.from_regex(r"[1-9][0-9]{4,16}", fullmatch=True))
def test_the_canonical_form_is_its_own_canonical_form(digits: str) -> None:
    once = canonical_phone(digits)
    assert canonical_phone(once) == once


@given(
    one=st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True),
    other=st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True),
)
def test_two_numbers_of_other_countries_never_meet(one: str, other: str) -> None:
    known = ("55", "52", "54")
    if one != other and not one.startswith(known) and not other.startswith(known):
        assert canonical_phone(one) != canonical_phone(other)


@pytest.mark.parametrize("country", ["BR", "MX", "AR", "ES", "IT", "PT", "US"])
def test_the_canonical_form_of_a_country_s_mobile_is_valid(country: str) -> None:
    example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    assert example is not None
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    assert phonenumbers.is_valid_number(phonenumbers.parse(canonical_phone(written)))


@given(st.text(max_size=40))
def test_any_text_has_some_form(text: str) -> None:
    assert canonical_phone(text).startswith("+")

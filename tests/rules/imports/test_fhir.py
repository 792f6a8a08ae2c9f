"""A FHIR Patient, read."""

import json
from typing import Any

import pytest
from recado.rules.imports.entry import Entry

from tests.rules.imports.files import entries, patient


def said(country: str = "BR", **held: Any) -> Entry:
    (one,) = entries(json.dumps(patient(**held)), "jsonl", country=country)
    return one


def test_the_official_name_is_taken_and_no_former_one() -> None:
    names = [
        {"use": "maiden", "family": "Organa", "given": ["Leia"]},
        {"use": "usual", "given": ["Lei"]},
        {"use": "official", "prefix": ["Dra."], "given": ["Leia", "Maria"], "family": "Solo"},
        {"use": "old", "text": "Somebody else"},
    ]
    assert said(name=names).facts == {"given_name": "Leia Maria", "family_name": "Solo"}
    assert said(name=names[:2]).facts == {"given_name": "Lei"}
    assert said(name=names[:1]).facts == {}


def test_a_name_whose_time_is_over_is_none() -> None:
    names = [
        {"use": "official", "text": "Ana Lima", "period": {"end": "2020"}},
        {"text": "Ana Solo", "period": {"end": "2026-12"}},
    ]
    assert said(name=names).facts == {"name": "Ana Solo"}


def test_contact_points_come_by_rank_and_the_former_ones_apart() -> None:
    telecom = [
        {"system": "phone", "value": "(11) 3000-0000", "use": "work", "rank": 2},
        {"system": "phone", "value": "(11) 98765-4321", "use": "mobile", "rank": 1},
        {"system": "email", "value": "ANA@x.com"},
        {"system": "phone", "value": "(11) 3000-1111", "use": "old"},
        {"system": "email", "value": "old@x.com", "period": {"end": "2014"}},
        {"system": "fax", "value": "(11) 3000-2222"},
        {"use": "home"},
    ]
    found = said(telecom=telecom)
    assert found.phones == ("(11) 98765-4321", "(11) 3000-0000")
    assert found.former_phones == ("(11) 3000-1111",)
    assert (found.emails, found.former_emails) == (("ana@x.com",), ("old@x.com",))


def test_documents_are_known_by_their_systems_or_types() -> None:
    cpf = {"system": "http://rnds.saude.gov.br/fhir/r4/NamingSystem/cpf", "value": "390.533.447-05"}
    dni = {"type": {"coding": [{"code": "NI"}]}, "value": "12345678Z"}
    assert said(identifier=[cpf]).facts == {"br/cpf": "39053344705"}
    assert said("ES", identifier=[dni]).facts == {"es/dni": "12345678Z"}


def test_a_record_number_of_the_system_is_an_id_that_others_may_know() -> None:
    other = {"system": "urn:other", "value": "9"}
    number = {"type": {"coding": [{"code": "MR"}]}, "system": "urn:hospital", "value": "12345"}
    found = said(identifier=[other, number])
    assert (found.own_id, found.ids) == ("p1", ("urn:hospital|12345",))
    assert said(id=None, identifier=[number]).own_id == "urn:hospital|12345"


@pytest.mark.parametrize("born", ["1974", "1974-12", "1974-13-01", "soon"])
def test_a_birth_date_that_is_not_whole_is_left_out(born: str) -> None:
    found = said(birthDate=born)
    assert "birth_date" not in found.facts
    assert [one.field for one in found.issues] == ["birth_date"]


def test_where_somebody_lives_says_which_country_their_number_is_of() -> None:
    home = {"use": "home", "line": ["Calle Mayor 1", "2.º B"], "city": "Madrid", "postalCode": "28013"}
    found = said(address=[{"use": "old", "country": "IT"}, {**home, "country": "ES"}])
    assert found.region == "ES"
    assert found.facts == {
        "street": "Calle Mayor 1, 2.º B",
        "city": "Madrid",
        "postcode": "28013",
        "country": "ES",
    }


def test_the_preferred_language_is_taken() -> None:
    spoken = [
        {"language": {"coding": [{"code": "en-US"}]}},
        {"language": {"coding": [{"code": "ca"}]}, "preferred": True},
    ]
    assert said(communication=spoken).language == "ca"
    assert said(communication=[{"language": {"text": "Klingon"}}]).language is None


def test_who_has_died_or_is_not_in_use_is_told() -> None:
    assert said(deceasedBoolean=True).gone == "deceased"
    assert said(deceasedDateTime="2020-02-01T10:00:00Z").gone == "deceased"
    assert said(active=False).gone == "inactive"
    assert said(active=True, deceasedBoolean=False).gone == ""


def test_relatives_and_other_records_are_not_taken() -> None:
    mother = {"name": {"family": "Organa"}, "telecom": [{"system": "phone", "value": "+31201234567"}]}
    found = said(
        name=[{"text": "Jacen Solo"}], contact=[mother], link=[{"other": {"reference": "Patient/2"}}]
    )
    assert found.facts == {"name": "Jacen Solo"}
    assert found.phones == ()

"""What somebody is still to be asked for."""

from __future__ import annotations

from datetime import datetime

import pytest
from recado.model.contact_point import ContactPoint
from recado.model.patient import Fact, Patient
from recado.rules.needs import ASKED, Purpose, to_ask
from recado.rules.told import tell

from tests.samples import NOW, PHONE, later

EVERYTHING: dict[Fact, str] = {
    "name": "Maria Silva",
    "birth_date": "1984-03-25",
    "sex": "female",
    "br/cpf": "39053344705",
    "street": "Rua das Flores, 12",
    "city": "São Paulo",
    "postcode": "01310-100",
    "country": "BR",
}
POINT = ContactPoint(system="phone", value=f"+{PHONE}")


def record(
    said: dict[Fact, str], source: str = "agent:ana", own_id: str = "p1", reached: bool = True
) -> Patient:
    blank = Patient(id=own_id, contact_points=(POINT,) if reached else (), created_at=NOW)
    return tell(blank, said, source, NOW)


def needs(
    *records: Patient,
    purpose: Purpose = "registration",
    now: datetime = NOW,
    heard: dict[str, datetime] | None = None,
) -> dict[str, str]:
    return {one.field: one.why for one in to_ask(records, purpose, now, heard or {})}


@pytest.mark.parametrize("purpose", ["booking", "registration"])
def test_who_has_told_everything_is_asked_nothing(purpose: Purpose) -> None:
    assert needs(record(EVERYTHING), purpose=purpose) == {}


@pytest.mark.parametrize("purpose", ["booking", "registration"])
def test_of_whom_nothing_is_known_everything_is_asked(purpose: Purpose) -> None:
    nobody = Patient(id="p1", created_at=NOW)
    assert list(needs(nobody, purpose=purpose)) == list(ASKED[purpose])


@pytest.mark.parametrize("field", [one for one in EVERYTHING if one != "br/cpf"])
def test_what_is_missing_is_asked_and_nothing_else(field: Fact) -> None:
    assert needs(record({name: value for name, value in EVERYTHING.items() if name != field})) == {
        field: "missing"
    }


def test_any_document_will_do() -> None:
    passport = {name: value for name, value in EVERYTHING.items() if name != "br/cpf"} | {
        "pt/passport": "CA123456"
    }
    assert needs(record(passport)) == {}
    del passport["pt/passport"]
    assert needs(record(passport)) == {"document": "missing"}


def test_an_address_is_confirmed_after_two_years_and_a_birth_date_never() -> None:
    heard = {f"whatsapp/1/{PHONE}": later(days=731)}
    assert needs(record(EVERYTHING), now=later(days=731), heard=heard) == {
        "street": "stale",
        "city": "stale",
        "postcode": "stale",
        "country": "stale",
    }


def test_a_number_is_confirmed_a_year_after_they_were_last_heard_there() -> None:
    known = record(EVERYTHING)
    assert needs(known, purpose="booking", now=later(days=365)) == {}
    assert needs(known, purpose="booking", now=later(days=366)) == {"phone": "stale"}
    there, elsewhere = f"whatsapp/1/{PHONE}", "whatsapp/1/5511900000000"
    assert needs(known, purpose="booking", now=later(days=366), heard={there: later(days=1)}) == {}
    assert needs(known, purpose="booking", now=later(days=366), heard={elsewhere: later(days=1)}) == {
        "phone": "stale"
    }


def test_one_word_from_a_channel_is_no_name_and_two_are() -> None:
    said: dict[Fact, str] = {"birth_date": "1984-03-25"}
    assert needs(record(said | {"name": "Mari"}, "whatsapp"), purpose="booking") == {"name": "missing"}
    assert needs(record(said | {"name": "Mari Silva"}, "whatsapp"), purpose="booking") == {}
    assert needs(record(said | {"name": "Mari"}, "ehr"), purpose="booking") == {}
    spelt = record(said | {"given_name": "Maria", "family_name": "Silva"}, "whatsapp")
    assert needs(spelt, purpose="booking") == {}


def test_what_one_record_of_a_person_knows_is_not_asked_for_another() -> None:
    root, other = record({"name": "Maria Silva"}), record(EVERYTHING, "ehr", "p2", reached=False)
    assert needs(root, other) == {}

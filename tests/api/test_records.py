"""What is noted of a patient: fields, disputes, what they are to the clinic, who looks after them."""

from __future__ import annotations

from typing import Any

import pytest
from recado.model.contact_point import ContactPoint
from recado.store import patients

from tests.api.client import person

pytestmark = pytest.mark.usefixtures("clinic")
ana = person("agent")
lucia = person("agent", tenant="delsol", agent="lucia")
EHR = {"birth_date": "1984-03-26", "source": "ehr", "at": "2026-01-05T09:00:00-03:00"}


def maria() -> str:
    """A patient whom the desk has booked right now, by the clock that the API reads."""
    visit = {"start": "2028-11-25T09:30", "practitioner": "Dra. Lima", "type": "consulta", "minutes": 30}
    booked = ana.post("/appointments", {"name": "Maria Silva", "phone": "(11) 98765-4321", **visit})
    return f"/patients/{booked.body['patient']}"


def fields(body: Any) -> dict[str, tuple[str, str]]:
    return {one["field"]: (one["value"], one["source"]) for one in body["fields"]}


def disputes(body: Any) -> list[tuple[str, str, str]]:
    return [(one["field"], one["value"], one["source"]) for one in body["disputes"]]


def test_what_is_noted_is_shown_with_who_said_so_and_asked_no_more() -> None:
    path = maria()
    assert ana.get(f"{path}/needs", **{"for": "booking"}).body["items"] == [
        {"field": "birth_date", "why": "missing"}
    ]
    noted = ana.put(f"{path}/fields", {"birth_date": "1984-03-25", "street": " Rua das  Flores, 12"})
    assert noted.status == 200
    assert ana.get(path).body == noted.body
    assert fields(noted.body) == {
        "name": ("Maria Silva", "agent:ana"),
        "birth_date": ("1984-03-25", "agent:ana"),
        "street": ("Rua das Flores, 12", "agent:ana"),
    }
    assert [one["stale"] for one in noted.body["fields"]] == [False, False, False]
    assert ana.get(f"{path}/needs").body["items"] == noted.body["ask_to_book"] == []
    assert [one["field"] for one in noted.body["ask_to_register"]] == [
        "sex",
        "document",
        "city",
        "postcode",
        "country",
    ]


def test_two_systems_that_disagree_raise_a_conflict_that_a_person_settles() -> None:
    path = maria()
    ana.put(f"{path}/fields", {"birth_date": "1984-03-25"})
    disputed = ana.put(f"{path}/fields", EHR).body
    assert fields(disputed)["birth_date"] == ("1984-03-25", "agent:ana")
    assert disputes(disputed) == [("birth_date", "1984-03-26", "ehr")]
    assert disputed["disputes"][0]["at"] == "2026-01-05T12:00:00.000Z"
    settled = ana.put(f"{path}/disputes", {"field": "birth_date", "value": "1984-03-26"}).body
    assert (fields(settled)["birth_date"], disputes(settled)) == (("1984-03-26", "ehr"), [])
    again = ana.put(f"{path}/fields", {"birth_date": "1984-03-25"}).body
    assert disputes(again) == []


def test_another_name_is_what_they_are_called_from_then_on() -> None:
    path = maria()
    renamed = ana.put(f"{path}/fields", {"name": "Maria Aparecida Silva"}).body
    assert (renamed["name"], ana.get(path).body["name"]) == ("Maria Aparecida Silva",) * 2
    found = ana.get("/patients", phone="+5511987654321").body["items"]
    assert [one["name"] for one in found] == ["Maria Aparecida Silva"]


def test_a_document_is_kept_as_such_and_is_no_address() -> None:
    path = maria()
    noted = ana.put(f"{path}/fields", {"documents": {"br/cpf": "390.533.447-05"}}).body
    assert fields(noted)["br/cpf"] == ("39053344705", "agent:ana")
    assert [one["system"] for one in noted["contact_points"]] == ["phone"]
    stored = patients.get("boavista", noted["id"])
    assert ContactPoint(system="document", value="br/cpf:39053344705") in stored.contact_points
    refused = ana.put(f"{path}/fields", {"documents": {"br/cpf": "390.533.447-06"}})
    assert refused.error == ("invalid", "br/cpf")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"birth_date": "25/03/1984"}, "birth_date"),
        ({"birth_date": "1884-03-25"}, "birth_date"),
        ({"sex": "F"}, "sex"),
        ({"country": "Brasil"}, "country"),
        ({"name": ""}, "name"),
        ({"shoe_size": "38"}, "shoe_size"),
        ({"documents": {"xx/unheard": "1"}}, "xx/unheard"),
        ({"city": "Santos", "at": "yesterday"}, "at"),
        ({"city": "Santos", "at": "2026-01-05T09:00:00"}, "at"),
        ({"city": "Santos", "source": "rumour"}, "source"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name_and_nothing_of_it_is_noted(
    body: dict[str, Any], field: str
) -> None:
    path = maria()
    before = ana.get(path).body
    assert ana.put(f"{path}/fields", body).error == ("invalid", field)
    assert ana.get(path).body == before


def test_what_a_patient_is_to_the_clinic_can_be_said() -> None:
    path = maria()
    noted = ana.put(f"{path}/kind", {"kind": "member"}).body
    assert (noted["kind"], ana.get(path).body["kind"]) == ("member", "member")
    assert ana.put(f"{path}/kind", {"kind": "household"}).error == ("invalid", "kind")
    assert ana.put(f"{path}/kind", {"kind": "lead", "version": 99}).error == ("stale", None)


def test_a_team_looks_after_somebody_until_it_is_said_otherwise() -> None:
    path = maria()
    noted = ana.put(f"{path}/care", {"team": "reception", "note": "Please ring, do not write."}).body
    assert noted["care"] == {
        "team": "reception",
        "note": "Please ring, do not write.",
        "by": "agent:ana",
        "at": noted["care"]["at"],
    }
    assert ana.get(path).body == noted
    assert ana.put(f"{path}/care", {"team": "unheard-of"}).error == ("invalid", "team")
    assert ana.put(f"{path}/care", {"team": None}).body["care"] is None


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("fields", {"birth_date": "1984-03-25"}),
        ("disputes", {"field": "birth_date", "value": "1984-03-25"}),
        ("kind", {"kind": "member"}),
        ("care", {"team": "reception"}),
    ],
)
def test_who_saw_an_older_version_and_who_is_of_another_clinic_changes_nothing(
    what: str, body: dict[str, Any]
) -> None:
    path = maria()
    before = ana.get(path).body
    assert ana.put(f"{path}/{what}", {**body, "version": 99}).error == ("stale", None)
    assert lucia.put(f"{path}/{what}", body).status == 404
    assert lucia.get(f"{path}/needs").status == 404
    assert ana.get(path).body == before

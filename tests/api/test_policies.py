"""Reminder policies over the API: kept, refused, and shown before they hold."""

from __future__ import annotations

from typing import Any

import pytest
from recado.actions.find_policy import find_policy
from recado.model.policy import Policy
from recado.store import tenants

from tests.api.client import person
from tests.samples import BOAVISTA

pytestmark = pytest.mark.usefixtures("clinic")
STEPS = [
    {"name": "48h", "minutes": -2880},
    {"name": "2h", "minutes": -120, "only": "unconfirmed", "channels": ["sms", "email"]},
]


def put(path: str = "", **changes: Any) -> Any:
    return person("admin").put(f"/reminder-policies{path}", {"steps": STEPS, **changes})


def a_type() -> str:
    made = person("admin").post("/appointment-types", {"name": "Consulta", "minutes": 30})
    return str(made.body["id"])


def test_a_clinic_has_the_default_ladder_until_it_says_otherwise() -> None:
    (own,) = person("admin").get("/reminder-policies").body["items"]
    assert [(one["name"], one["only"], one["by"]) for one in own["steps"]] == [
        ("72h", None, "message"),
        ("24h", None, "message"),
        ("3h", "unconfirmed", "other_channel"),
        ("call", "unconfirmed", "person"),
    ]
    assert (own["type_id"], own["quiet_from"], own["quiet_until"]) == (None, "21:00", "08:00")


def test_what_is_put_holds_from_then_on() -> None:
    answer = put(quiet_from="20:00", caps={"day": 2, "week": 4, "promotions": 1})
    assert answer.status == 200
    tenants.forget()
    policy = find_policy("boavista")
    assert [one.name for one in policy.steps] == ["48h", "2h"]
    assert (policy.quiet_from, policy.caps.week) == ("20:00", 4)
    assert policy.steps[1].channels == ("sms", "email")


def test_a_type_of_visit_has_its_own_and_goes_back_to_the_clinics() -> None:
    kind = a_type()
    assert put(f"/{kind}").body["type"] == "Consulta"
    tenants.forget()
    assert [one.name for one in find_policy("boavista", kind).steps] == ["48h", "2h"]
    assert find_policy("boavista", None).steps == Policy().steps
    assert person("admin").call("DELETE", f"/reminder-policies/{kind}").status == 200
    tenants.forget()
    assert find_policy("boavista", kind).steps == Policy().steps
    assert person("admin").get(f"/reminder-policies/{kind}").status == 404


def test_one_that_was_dropped_is_set_as_if_there_had_never_been_one() -> None:
    kind = a_type()
    put(f"/{kind}")
    person("admin").call("DELETE", f"/reminder-policies/{kind}")
    assert put(f"/{kind}", version=1).error == ("stale", None)
    assert put(f"/{kind}").status == 200
    assert [one.name for one in find_policy("boavista", kind).steps] == ["48h", "2h"]


def test_who_has_seen_another_version_is_told() -> None:
    kind = a_type()
    version = put(f"/{kind}").body["version"]
    assert put(f"/{kind}", version=version).status == 200
    assert put(f"/{kind}", version=version).error == ("stale", None)
    assert put(version=99).error == ("stale", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"steps": [{"name": "a", "minutes": -60}, {"name": "a", "minutes": -30}]}, "steps"),
        ({"steps": [{"name": "a", "minutes": -60}, {"name": "b", "minutes": -60}]}, "steps"),
        ({"steps": [{"name": "a", "minutes": 60}]}, "steps.0.minutes"),
        ({"steps": [{"name": "a", "minutes": -999999}]}, "steps.0.minutes"),
        ({"steps": [{"name": "a", "minutes": -60, "text": "booked"}]}, "steps.0.text"),
        ({"steps": [{"name": "a", "minutes": -60, "channels": ["pigeon"]}]}, "steps.0.channels"),
        ({"steps": [{"name": "a", "minutes": -60, "purpose": "survey"}]}, "steps.0.text"),
        ({"steps": [{"name": "a", "minutes": -60, "purpose": "instructions"}]}, "steps.0.text"),
        (
            {"steps": [{"name": "a", "minutes": 60, "purpose": "instructions", "text": "instructions"}]},
            "steps.0.minutes",
        ),
        ({"steps": [{"name": "a", "minutes": -4321, "only": "at_risk"}]}, "steps.0.minutes"),
        ({"quiet_from": "25:00"}, "quiet_from"),
        ({"caps": {"day": 0}}, "caps.day"),
        ({"words": {"nothing": {"es": "Hola"}}}, "words.nothing.es"),
        ({"words": {"reminder_24h": {"es": "Hola {name}"}}}, "words.reminder_24h.es"),
        ({"words": {"medication": {"es": "Hola {name}, {clinic}: su X"}}}, "words.medication.es"),
        (
            {"words": {"reminder_24h": {"es": "{name}: cardiología, {clinic}, {date}, {time}"}}},
            "words.reminder_24h.es",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(changes: dict[str, Any], field: str) -> None:
    assert put(**changes).error == ("invalid", field)
    assert find_policy("boavista").steps == Policy().steps


def test_a_preview_says_when_each_step_would_be_due_and_what_it_would_say() -> None:
    words = {"reminder_24h": {"pt-BR": "{name}, até {date}, {time}. {clinic}"}}
    asked = {"start": "2028-11-24T09:30", "policy": {"steps": STEPS, "words": words}}
    answer = person("supervisor").post("/reminder-policies/preview", asked)
    first, second = answer.body["items"]
    assert (first["local"], first["due_at"]) == ("2028-11-22T09:30", "2028-11-22T12:30:00.000Z")
    assert first["text"].startswith("Maria, até sexta-feira, 24 de novembro, 09:30.")
    assert (second["local"], second["only"]) == ("2028-11-24T08:00", "unconfirmed")


def test_a_preview_of_a_step_that_calls_says_what_the_call_does_where_calls_are_on() -> None:
    words = {"call_reminder": {"pt-BR": "Oi {name}, {clinic}: {date}, {time}."}}
    steps = [STEPS[0], {"name": "2h", "minutes": -120, "channels": ["voice"]}]
    asked = {"start": "2028-11-24T14:30", "policy": {"steps": steps, "words": words}}
    off = person("supervisor").post("/reminder-policies/preview", asked).body["items"]
    assert [(bool(one["text"]), one["spoken"]) for one in off] == [(True, ""), (True, "")]
    person("admin").put("/reminder-calls", {"number": BOAVISTA.phone})
    written, called = person("supervisor").post("/reminder-policies/preview", asked).body["items"]
    assert written["spoken"] == ""
    assert called["text"] == off[1]["text"]
    assert called["spoken"].startswith("Oi Maria, ")
    assert "às duas e meia da tarde." in called["spoken"]


def test_a_preview_of_the_policy_that_holds_asks_for_nothing_more() -> None:
    answer = person("supervisor").post("/reminder-policies/preview", {"start": "2028-11-24T20:00"})
    assert [one["local"][11:] for one in answer.body["items"]] == ["20:00", "20:00", "17:00", "18:00"]
    assert answer.body["items"][3]["text"] == ""

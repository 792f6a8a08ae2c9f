"""Practitioners, their schedules and free times, as the console asks for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from recado.store import appointments

from tests.api.client import person
from tests.visits import booked

pytestmark = pytest.mark.usefixtures("clinic")
ana = person("agent")
admin = person("admin")
lucia = person("admin", tenant="delsol", agent="lucia")

DAY = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
ALL_DAY = {"from": f"{DAY}T00:00:00-03:00", "until": f"{DAY}T23:59:00-03:00"}
EVERY_DAY = [{"weekday": day, "begins": "09:00", "ends": "11:00"} for day in range(7)]


@pytest.fixture
def offered() -> tuple[str, str]:
    """Somebody who is there every morning, and what they do."""
    who = admin.post("/practitioners", {"name": "Dra. Nunes", "languages": ["pt-BR"]}).body["id"]
    kind = admin.post("/appointment-types", {"name": "Consulta", "minutes": 30, "bookable": True}).body["id"]
    schedule = admin.put(f"/practitioners/{who}/schedule", {"weekly": EVERY_DAY, "grid": 30, "version": 0})
    assert schedule.status == 200
    return who, kind


def free(kind: str, **more: str) -> list[str]:
    found = ana.get("/slots", type=kind, **ALL_DAY, **more)
    assert found.status == 200
    return [one["local_start"][11:] for one in found.body["items"]]


def booking(who: str, kind: str, phone: str = "(11) 98765-4321", **more: Any) -> dict[str, Any]:
    slot = {"start": f"{DAY}T09:30", "practitioner_id": who, "type_id": kind}
    return {"name": "Maria Silva", "phone": phone, **slot, **more}


def test_a_free_time_is_booked_and_the_next_who_wants_it_is_offered_others(offered: tuple[str, str]) -> None:
    who, kind = offered
    assert free(kind) == ["09:00", "09:30", "10:00", "10:30"]
    visit = ana.post("/appointments", booking(who, kind))
    assert visit.status == 201
    assert (visit.body["practitioner"], visit.body["type"], visit.body["minutes"]) == (
        "Dra. Nunes",
        "Consulta",
        30,
    )
    assert free(kind) == ["09:00", "10:00", "10:30"]
    late = ana.post("/appointments", booking(who, kind, "(11) 98765-0001", name="Rui Lima"))
    assert (late.status, late.error) == (409, ("slot_taken", "start"))
    assert [one["local_start"] for one in late.body["alternatives"]] == [
        f"{DAY}T09:00",
        f"{DAY}T10:00",
        f"{DAY}T10:30",
    ]
    over = ana.post("/appointments", booking(who, kind, "(11) 98765-0001", name="Rui Lima", overbook=True))
    assert over.status == 201


def test_a_slot_s_own_start_can_be_booked_as_it_is(offered: tuple[str, str]) -> None:
    who, kind = offered
    (first, *_) = ana.get("/slots", type=kind, practitioner=who, **ALL_DAY).body["items"]
    visit = ana.post("/appointments", booking(who, kind, start=first["start"]))
    assert (visit.status, visit.body["start"], visit.body["timezone"]) == (
        201,
        first["start"],
        first["timezone"],
    )


def test_a_visit_moves_to_a_free_time_only(offered: tuple[str, str]) -> None:
    who, kind = offered
    ana.post("/appointments", booking(who, kind))
    mine = ana.post(
        "/appointments", booking(who, kind, "(11) 98765-0001", name="Rui", start=f"{DAY}T10:00")
    ).body
    path = f"/appointments/{mine['id']}/move"
    assert ana.post(path, {"start": f"{DAY}T09:30"}).error == ("slot_taken", "start")
    moved = ana.post(path, {"start": f"{DAY}T10:30"})
    assert (moved.status, moved.body["local_start"]) == (200, f"{DAY}T10:30")


def test_a_schedule_is_shown_as_it_was_put(offered: tuple[str, str]) -> None:
    who, kind = offered
    wanted = {
        "location": "Sala 2",
        "timezone": "America/Manaus",
        "weekly": [{"weekday": 0, "begins": "09:00", "ends": "24:00", "types": [kind]}],
        "special": [{"day": "2026-12-25", "spans": []}],
        "grid": 20,
        "capacity": 2,
        "valid_from": "2026-01-01",
        "valid_until": "2027-12-31",
        "lead_minutes": 0,
        "horizon_days": 30,
    }
    shown = ana.get(f"/practitioners/{who}/schedule").body
    put = admin.put(f"/practitioners/{who}/schedule", {**wanted, "version": shown["version"]})
    assert put.body == {**wanted, "practitioner": who, "version": put.body["version"]}
    assert ana.get(f"/practitioners/{who}/schedule").body == put.body
    assert admin.put(f"/practitioners/{who}/schedule", {**wanted, "version": 1}).error == ("stale", None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "weekly"),
        ({"weekly": [{"weekday": 7, "begins": "09:00", "ends": "10:00"}]}, "weekly.0.weekday"),
        ({"weekly": [{"weekday": 1, "begins": "9:00", "ends": "10:00"}]}, "weekly.0.begins"),
        ({"weekly": [{"weekday": 1, "begins": "10:00", "ends": "09:00"}]}, "weekly.0.ends"),
        ({"weekly": [], "special": [{"day": "2026-02-30"}]}, "special.0.day"),
        ({"weekly": [], "valid_until": "2026-13-01"}, "valid_until"),
        ({"weekly": [], "timezone": "Madrid"}, "timezone"),
        ({"weekly": [], "grid": 1}, "grid"),
    ],
)
def test_what_is_wrong_with_a_schedule_is_named(
    body: dict[str, Any], field: str, offered: tuple[str, str]
) -> None:
    answer = admin.put(f"/practitioners/{offered[0]}/schedule", body)
    assert (answer.status, answer.error) == (400, ("invalid", field))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"type": "nothing", **ALL_DAY}, "type"),
        ({**ALL_DAY}, "type"),
        ({"from": "2026-11-24", "until": ALL_DAY["until"]}, "from"),
        ({"from": "2026-01-01T00:00:00Z", "until": ALL_DAY["until"]}, "until"),
        ({**ALL_DAY, "practitioner": "nobody"}, "practitioner"),
        ({**ALL_DAY, "for": "dogs"}, "for"),
    ],
)
def test_what_is_wrong_with_a_search_is_named(
    query: dict[str, str], field: str, offered: tuple[str, str]
) -> None:
    asked = query if field == "type" else {"type": offered[1], **query}
    assert ana.get("/slots", **asked).error == ("invalid", field)


def test_the_same_request_again_enters_nobody_twice() -> None:
    for _ in range(2):
        made = admin.call("POST", "/practitioners", {"name": "Dr. Sá"}, headers={"Idempotency-Key": "k1"})
        assert made.status == 201
    assert [one["name"] for one in ana.get("/practitioners").body["items"]] == ["Dr. Sá"]
    assert admin.post("/practitioners", {"name": "dr sa"}).error == ("conflict", "name")


def test_a_clinic_sees_its_own_practitioners_and_types_only(offered: tuple[str, str]) -> None:
    assert lucia.get("/practitioners").body["items"] == []
    assert lucia.get("/appointment-types").body["items"] == []
    assert lucia.get("/slots", type=offered[1], **ALL_DAY).error == ("invalid", "type")


def test_a_type_is_changed_and_retired(offered: tuple[str, str]) -> None:
    _, kind = offered
    changed = admin.call("PATCH", f"/appointment-types/{kind}", {"preparation": {"es": "En ayunas."}})
    assert (changed.status, changed.body["preparation"]) == (200, {"es": "En ayunas."})
    admin.call("PATCH", f"/appointment-types/{kind}", {"active": False})
    assert ana.get("/slots", type=kind, **ALL_DAY).error == ("invalid", "type")


def test_on_its_day_a_visit_comes_to_an_end_and_a_mistake_is_taken_back() -> None:
    start = datetime.now(UTC) - timedelta(minutes=1)
    visit = booked()
    appointments.save_appointment(
        "boavista", appointments.get("boavista", visit.id).model_copy(update={"start": start})
    )
    path = f"/appointments/{visit.id}"
    assert ana.post(f"{path}/arrive", {}).body["status"] == "arrived"
    assert ana.post(f"{path}/noshow", {}).error == ("conflict", "status")
    assert ana.post(f"{path}/reopen", {}).body["status"] == "booked"
    assert ana.post(f"{path}/noshow", {"version": 1}).error == ("stale", None)
    assert ana.post(f"{path}/noshow", {}).body["status"] == "noshow"
    history = ana.get(path).body["history"]
    assert [one["what"] for one in history] == ["booked", "arrived", "reopened", "noshow"]
    assert {one["by"] for one in history} == {"agent:ana"}

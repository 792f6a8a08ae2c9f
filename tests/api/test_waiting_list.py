"""The waiting list as the console asks for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.client import person
from tests.visits import booked

pytestmark = pytest.mark.usefixtures("clinic")
ana = person("agent")
admin = person("admin")
lucia = person("admin", tenant="delsol", agent="lucia")

DAY = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
EVERY_DAY = [{"weekday": day, "begins": "09:00", "ends": "11:00"} for day in range(7)]
NEVER = {"steps": [], "quiet_from": "08:00", "quiet_until": "08:00"}
"""Nothing is quiet, whenever the test runs."""


@pytest.fixture
def offered() -> tuple[str, str]:
    """Somebody who is there every morning, and what they do."""
    who = admin.post("/practitioners", {"name": "Dra. Nunes"}).body["id"]
    kind = admin.post("/appointment-types", {"name": "Consulta", "minutes": 30}).body["id"]
    admin.put(f"/practitioners/{who}/schedule", {"weekly": EVERY_DAY, "grid": 30, "version": 0})
    assert admin.put(f"/reminder-policies/{kind}", NEVER).status == 200
    return who, kind


def joined(kind: str, **more: Any) -> dict[str, Any]:
    patient = booked(start="2028-11-24T09:30").patient
    answer = ana.post("/waiting-list", {"patient": patient, "type_id": kind, **more})
    assert answer.status == 201, answer
    body: dict[str, Any] = answer.body
    return body


def test_somebody_is_put_on_the_list_with_what_suits_them(offered: tuple[str, str]) -> None:
    who, kind = offered
    entry = joined(kind, practitioners=[who], earliest=DAY, weekdays=[0, 3], parts=["morning"])
    assert (entry["state"], entry["patient_name"], entry["weekdays"]) == ("waiting", "Maria Silva", [0, 3])
    assert (entry["earliest"], entry["latest"], entry["offer"]) == (DAY, None, None)
    assert [one["id"] for one in ana.get("/waiting-list").body["items"]] == [entry["id"]]
    assert lucia.get("/waiting-list").body["items"] == []
    assert lucia.get(f"/waiting-list/{entry['id']}").status == 404


def test_a_priority_is_given_with_its_reason(offered: tuple[str, str]) -> None:
    entry = joined(offered[1])
    path = f"/waiting-list/{entry['id']}/priority"
    assert ana.post(path, {"priority": 5}).error == ("invalid", "reason")
    after = ana.post(path, {"priority": 5, "reason": "Viaja", "version": entry["version"]})
    assert (after.body["priority"], after.body["reason"]) == (5, "Viaja")
    assert ana.post(path, {"priority": 0, "version": entry["version"]}).error == ("stale", None)


def test_a_time_is_offered_by_hand_once(offered: tuple[str, str]) -> None:
    who, kind = offered
    entry = joined(kind)
    path, slot = f"/waiting-list/{entry['id']}/offer", {"practitioner_id": who, "start": f"{DAY}T09:30"}
    after = ana.post(path, slot)
    assert (after.status, after.body["state"], after.body["offer"]["state"]) == (201, "offered", "open")
    assert after.body["offer"]["asked"] == [{"entry": entry["id"], "channel": "whatsapp", "answer": "none"}]
    assert ana.post(path, slot).error == ("conflict", None)
    free = ana.get("/slots", type=kind, **{"from": f"{DAY}T00:00:00Z", "until": f"{DAY}T23:59:00Z"})
    assert "09:30" not in [one["local_start"][11:] for one in free.body["items"]]


@pytest.mark.parametrize(
    ("slot", "error"),
    [
        ({"practitioner_id": "nobody"}, ("invalid", "practitioner")),
        ({"start": "2020-01-01T09:30"}, ("invalid", "start")),
        ({"start": f"{DAY}T14:00"}, ("conflict", None)),
    ],
)
def test_what_cannot_be_offered_is_refused(
    offered: tuple[str, str], slot: dict[str, str], error: tuple[str, str | None]
) -> None:
    who, kind = offered
    good = {"practitioner_id": who, "start": f"{DAY}T09:30"}
    answer = ana.post(f"/waiting-list/{joined(kind)['id']}/offer", {**good, **slot})
    assert answer.error == error


def test_who_is_taken_off_the_list_is_seen_by_name_only(offered: tuple[str, str]) -> None:
    entry = joined(offered[1])
    assert ana.call("DELETE", f"/waiting-list/{entry['id']}").body["state"] == "left"
    assert ana.call("DELETE", f"/waiting-list/{entry['id']}").body["state"] == "left"
    assert ana.get("/waiting-list").body["items"] == []
    assert ana.get(f"/waiting-list/{entry['id']}").body["ended_at"]


def test_the_clinic_says_how_it_offers() -> None:
    assert ana.get("/offering").body == {"hold_minutes": 30, "at_once": 1}
    assert ana.call("PUT", "/offering", {"hold_minutes": 45, "at_once": 2}).status == 403
    assert admin.put("/offering", {"hold_minutes": 45, "at_once": 2}).body["at_once"] == 2
    assert admin.put("/offering", {"hold_minutes": 1, "at_once": 2}).error == ("invalid", "hold_minutes")
    assert ana.get("/offering").body == {"hold_minutes": 45, "at_once": 2}

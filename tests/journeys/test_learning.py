"""Journey 10: what a clinic has learned from its visits: whom to call first, and which reminders work."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack


def test_the_coming_visits_are_shown_by_how_likely_they_are_missed_and_why(aurora: Clinic) -> None:
    model = aurora.get("/risk", "supervisor")
    assert (model["state"], model["visits"] > 90, 0 < model["missed"] < model["visits"]) == ("on", True, True)
    today = datetime.now(ZoneInfo(aurora.about["timezone"])).date()
    days = [
        aurora.get("/risk/visits", day=f"{today + timedelta(days=ahead)}")["items"] for ahead in (1, 2, 3)
    ]
    foreseen = [[one["risk"] for one in day if one["risk"]] for day in days]
    assert sum(map(len, foreseen)) >= 6
    for day in foreseen:
        said = [one["probability"] for one in day]
        assert said == sorted(said, reverse=True)
        assert all(0 < one < 1 for one in said)
    assert all(one["reasons"] for day in foreseen for one in day)


def test_an_experiment_says_what_it_takes_runs_and_is_weighed(aurora: Clinic) -> None:
    policy = {"steps": [{"name": "24h", "minutes": -1440, "purpose": "reminder", "text": ""}]}
    idea = {"name": "One is enough", "policy": policy, "difference": 0.12}
    made = aurora.post("/experiments", idea, "admin", status=201)
    estimate, path = made["estimate"], f"/experiments/{made['id']}"
    assert estimate["weeks"] >= estimate["patients"] / estimate["a_week"] - 1
    assert aurora.post(f"{path}/start", {}, "admin")["state"] == "running"
    another = aurora.post("/experiments", {**idea, "name": "Another"}, "admin", status=201)
    refused = aurora.call("POST", f"/experiments/{another['id']}/start", "admin", json={})
    assert refused.status_code == 409, "one at a time"

    booked = [book(aurora, Patient("Pia", "3934")) for _ in range(4)]
    for visit in booked[1:]:
        aurora.post(f"/appointments/{visit}/fulfil", {})
    missed = f"/appointments/{booked[0]}/noshow"
    eventually(lambda: aurora.call("POST", missed, json={}).is_success)  # once it has begun
    found = aurora.get(path, "supervisor")
    arms = [found["usual"], found["tried"]]
    assert [sum(arm[name] for arm in arms) for name in ("patients", "kept", "missed")] == [4, 3, 1]
    assert not found["enough"], "a handful says nothing"
    assert aurora.post(f"{path}/stop", {}, "admin")["state"] == "stopped"


def book(clinic: Clinic, patient: Patient) -> str:
    """A visit that begins in a moment; its id."""
    start = datetime.now(ZoneInfo(clinic.about["timezone"])) + timedelta(seconds=4)
    body: dict[str, Any] = {"name": patient.name, "phone": f"+{patient.number}", "practitioner": "Dott. Alti"}
    body |= {"start": f"{start:%Y-%m-%dT%H:%M:%S}", "type": "Visita", "minutes": 30}
    return str(clinic.post("/appointments", body, status=201)["id"])

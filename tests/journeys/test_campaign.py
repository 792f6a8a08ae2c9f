"""Journey 7: the clinic writes first: a recall, a survey after a visit, an authorisation that has come."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack

RECALLED = 12
"""People in the campaign: by lot half of them are its control group, and all of them never."""
CALM: dict[str, Any] = {"quiet_from": "00:00", "quiet_until": "00:00", "on_closed_days": True}


class Begun(NamedTuple):
    """All that the same minute moves: a launched campaign, a visit that took place, an authorisation."""

    campaign: str
    people: list[Patient]
    seen: Patient
    visit: dict[str, Any]
    allowed: Patient
    authorisation: dict[str, Any]


def import_people(clinic: Clinic, people: list[Patient]) -> None:
    """They come to be known in English, as nobody else of this clinic does."""
    lines = [f"{one.number},{one.name},+{one.number},en" for one in people]
    table = "\n".join(["id,name,phone,language", *lines]).encode()
    path, kind = "/patients/import?source=agenda", {"content-type": "text/csv"}
    queued = clinic.call("POST", path, "admin", content=table, headers=kind)
    assert queued.status_code == 202, queued.text
    path = f"/patients/imports/{queued.json()['id']}"
    eventually(lambda: clinic.get(path, "admin")["state"] == "done")


def launched(clinic: Clinic) -> str:
    """A recall of all who are known in English, half of them held out; its id."""
    query = {"languages": ["en"], "kinds": ["lead", "patient"], "nothing_booked": False}
    segment = clinic.post("/segments", {"name": f"En {time.time_ns()}", "query": query}, "supervisor")
    plan = {"name": "Recall", "segment": segment["id"], "control": 0.5, "per_hour": 3600}
    made = clinic.post("/campaigns", {**plan, "steps": [{"text": "recall", "minutes": 0}]}, "supervisor")
    shown = clinic.get(f"/campaigns/{made['id']}/preview", "supervisor")
    assert (shown["people"], shown["unreached"]) == (RECALLED, 0)
    assert sum(shown["messages"].values()) == RECALLED - shown["held_out"]
    refused = clinic.call("POST", f"/campaigns/{made['id']}/launch", "supervisor", json={})
    assert refused.status_code == 403, "an admin launches"
    clinic.post(f"/campaigns/{made['id']}/launch", {}, "admin")
    return str(made["id"])


def took_place(clinic: Clinic, patient: Patient) -> dict[str, Any]:
    """A visit of theirs that they came to, of a type after which they are asked how it was."""
    steps = [{"name": "survey", "minutes": 0, "purpose": "survey", "text": "survey_nps"}]
    put = clinic.call("PUT", "/reminder-policies/retorno", "admin", json={"steps": steps, **CALM})
    assert put.status_code == 200, put.text
    soon = datetime.now(ZoneInfo(clinic.about["timezone"])) + timedelta(seconds=10)
    visit = book(clinic, patient, soon, type_id="retorno", practitioner="Dra. Sá")

    def fulfilled() -> bool:
        return clinic.call("POST", f"/appointments/{visit['id']}/fulfil", json={}).status_code == 200

    eventually(fulfilled)  # not before its day: it may be midnight
    return visit


def book(clinic: Clinic, patient: Patient, start: datetime, **what: Any) -> dict[str, Any]:
    who = {"name": patient.name, "phone": f"+{patient.number}", "language": "pt-BR"}
    body = {**who, "start": start.strftime("%Y-%m-%dT%H:%M:%S"), **what}
    booked: dict[str, Any] = clinic.post("/appointments", body, status=201)
    return booked


@pytest.fixture(scope="module")
def begun(boavista: Clinic, a_minute_passes: Callable[[], None]) -> Begun:
    """All of it, and the minute in which it moves."""
    people, seen, allowed = [Patient("Ann") for _ in range(RECALLED)], Patient("Vera"), Patient("Ida")
    visit = took_place(boavista, seen)
    import_people(boavista, people)
    campaign = launched(boavista)
    allowed.writes(boavista, "Olá")
    patient = eventually(lambda: boavista.contact_of(allowed))["patient"]
    expires = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    told = {"id": f"a{time.time_ns()}", "patient": patient, "expires": expires, "type_id": "exame"}
    authorisation = boavista.post("/authorisations", told, "supervisor", status=201)

    def moved() -> bool:
        a_minute_passes()
        return bool(boavista.outbox(seen) and boavista.outbox(allowed))

    eventually(moved, within=200)
    return Begun(campaign, people, seen, visit, allowed, authorisation)


def test_a_campaign_reaches_whom_it_shall_and_leaves_its_control_group_alone(
    boavista: Clinic, begun: Begun, a_minute_passes: Callable[[], None]
) -> None:
    path = f"/campaigns/{begun.campaign}"

    def results() -> dict[str, Any]:
        found: dict[str, Any] = boavista.get(f"{path}/results", "supervisor")
        return found

    def all_sent() -> bool:
        a_minute_passes()
        found = results()
        return bool(found["walked_at"]) and found["sent"] == found["treated"]

    eventually(all_sent)
    after = results()
    assert after["treated"] + after["controls"] == RECALLED
    written = [one for one in begun.people if boavista.outbox(one)]
    assert len(written) == after["treated"] == after["messages"]
    written[0].writes(boavista, "1")
    eventually(lambda: results()["yes"] == 1)
    assert boavista.post(f"{path}/pause", {}, "admin")["state"] == "paused"
    assert boavista.post(f"{path}/end", {}, "admin")["state"] == "ended"


def test_who_was_seen_says_how_it_was_and_may_be_leaving(boavista: Clinic, begun: Begun) -> None:
    def survey() -> dict[str, Any]:
        day = begun.visit["local_start"][:10]
        found = boavista.get("/surveys", "supervisor", day=day)["items"]
        return next(one for one in found if one["appointment"] == begun.visit["id"])

    assert (survey()["kind"], survey()["score"]) == ("nps", None)
    begun.seen.writes(boavista, "3")
    eventually(lambda: survey()["score"] == 3)
    begun.seen.writes(boavista, "Esperei uma hora")
    eventually(lambda: survey()["comment"] == "Esperei uma hora")
    assert survey()["low"]
    listed = boavista.get("/churn-risks", "supervisor")["items"]
    (risk,) = [one for one in listed if one["patient"] == begun.visit["patient"]]
    assert [sign["reason"] for sign in risk["signs"]] == ["low_score"]


def test_what_the_review_site_shows_is_noted_and_counted(boavista: Clinic) -> None:
    today = datetime.now(ZoneInfo(boavista.about["timezone"])).date()
    shown = {"review_count": 121, "rating_value": 4.6}
    put = boavista.call("PUT", f"/ratings/{today}", "supervisor", json=shown)
    assert put.status_code == 200, put.text
    assert boavista.call("PUT", f"/ratings/{today}", json=shown).status_code == 403, "an agent notes none"
    assert boavista.get("/ratings", "supervisor")["items"][0]["review_count"] == 121
    (figure,) = boavista.get("/metrics/reviews")["total"]
    assert (figure["id"], figure["parts"]) == ("K27", {"rating": {"value": 4.6, "n": 121}})


def test_an_authorisation_is_told_and_ends_in_a_visit(boavista: Clinic, begun: Begun) -> None:
    def state() -> str:
        found = boavista.get("/authorisations", "supervisor")["items"]
        return next(str(one["state"]) for one in found if one["id"] == begun.authorisation["id"])

    assert state() == "open"
    begun.allowed.writes(boavista, "1")
    eventually(lambda: state() == "answered")
    start = datetime.now(ZoneInfo(boavista.about["timezone"])) + timedelta(days=3)
    book(boavista, begun.allowed, start, type_id="exame", practitioner="Dra. Sá")
    eventually(lambda: state() == "booked")


def test_at_a_clinic_without_a_past_an_experiment_would_take_years(boavista: Clinic) -> None:
    policy = {"steps": [{"name": "24h", "minutes": -1440, "purpose": "reminder", "text": ""}]}
    draft = {"name": "One is enough", "policy": policy, "difference": 0.05}
    made = boavista.post("/experiments", draft, "admin", status=201)
    estimate = made["estimate"]
    assert estimate["patients"] > 1000, "to see a twentieth takes many"
    assert estimate["weeks"] is None
    refused = boavista.call("POST", f"/experiments/{made['id']}/start", "admin", json={})
    assert refused.status_code == 409, "nobody would live to see its end"

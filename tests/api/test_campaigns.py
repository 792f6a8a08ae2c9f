"""Segments, campaigns, surveys and authorisations over the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.client import person
from tests.visits import booked

pytestmark = pytest.mark.usefixtures("clinic")
DRAFT: dict[str, Any] = {
    "name": "Um ano",
    "steps": [{"text": "recall", "minutes": 0}, {"text": "recall_again", "minutes": 4320}],
}


def a_segment(**query: Any) -> str:
    made = person("supervisor").post("/segments", {"name": "Todos", "query": query})
    assert made.status == 201
    return str(made.body["id"])


def test_a_segment_is_kept_read_changed_and_dropped() -> None:
    supervisor, own = person("supervisor"), a_segment(seen_before_days=365)
    assert [one["name"] for one in supervisor.get("/segments").body["items"]] == ["Todos"]
    changed = supervisor.put(
        f"/segments/{own}", {"name": "Meio ano", "query": {"seen_before_days": 180}, "version": 1}
    )
    assert (changed.body["version"], changed.body["query"]["seen_before_days"]) == (2, 180)
    assert supervisor.put(f"/segments/{own}", {"name": "x", "query": {}, "version": 1}).status == 409
    assert supervisor.call("DELETE", f"/segments/{own}").status == 200
    assert supervisor.get(f"/segments/{own}").status == 404


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"kinds": ["household"]}, "query.kinds"),
        ({"age_from": 60, "age_to": 50}, "query.age_to"),
        ({"type_id": "t0"}, "query.type_id"),
        ({"seen_before_days": 100, "seen_within_days": 50}, "query.seen_within_days"),
    ],
)
def test_a_segment_of_nobody_is_refused(query: dict[str, Any], field: str) -> None:
    answer = person("supervisor").post("/segments", {"name": "Ninguém", "query": query})
    assert answer.error == ("invalid", field)


def test_a_segment_is_tried_before_it_is_kept() -> None:
    booked()
    trial = person("supervisor").post("/segments/preview", {"query": {"nothing_booked": False}})
    assert trial.body == {"looked_at": 1, "people": 1, "next": None}


def test_a_campaign_is_drafted_shown_launched_paused_and_ended() -> None:
    booked()
    admin = person("admin")
    made = admin.post("/campaigns", {**DRAFT, "segment": a_segment(nothing_booked=False), "control": 0.0})
    assert (made.status, made.body["state"]) == (201, "draft")
    path = f"/campaigns/{made.body['id']}"
    shown = admin.get(f"{path}/preview").body
    assert (shown["people"], shown["channels"], shown["messages"]) == (1, {"whatsapp": 1}, {"whatsapp": 2})
    assert shown["last_at"] > shown["first_at"]
    assert admin.post(f"{path}/launch", {}).body["state"] == "running"
    assert admin.post(f"{path}/launch", {}).error == ("conflict", "state")
    assert admin.post(f"{path}/pause", {}).body["state"] == "paused"
    assert admin.post(f"{path}/resume", {}).body["state"] == "running"
    assert admin.post(f"{path}/end", {}).body["state"] == "ended"
    results = admin.get(f"{path}/results").body
    assert (results["treated"], results["effect"]) == (0, None)
    assert [(one["id"], one["value"]) for one in results["figures"]] == [("K25", None)]


def test_a_draft_is_changed_and_dropped_and_only_an_admin_launches() -> None:
    supervisor, segment = person("supervisor"), a_segment()
    draft = {**DRAFT, "segment": segment}
    path = f"/campaigns/{supervisor.post('/campaigns', draft).body['id']}"
    assert supervisor.post(f"{path}/launch", {}).status == 403
    changed = supervisor.put(path, {**draft, "name": "Meio ano", "days": 30, "version": 1}).body
    assert (changed["version"], changed["name"], changed["days"], changed["state"]) == (
        2,
        "Meio ano",
        30,
        "draft",
    )
    assert supervisor.put(path, {**draft, "version": 1}).error == ("stale", None)
    assert supervisor.put(path, {**draft, "segment": "g0"}).error == ("invalid", "segment")
    assert supervisor.call("DELETE", path).status == 200
    assert (supervisor.get(path).status, supervisor.call("DELETE", path).status) == (404, 404)


def test_what_was_launched_is_neither_changed_nor_dropped() -> None:
    admin, draft = person("admin"), {**DRAFT, "segment": a_segment()}
    path = f"/campaigns/{admin.post('/campaigns', draft).body['id']}"
    admin.post(f"{path}/launch", {})
    assert admin.put(path, draft).error == ("conflict", "state")
    assert admin.call("DELETE", path).error == ("conflict", "state")
    assert admin.get(path).body["state"] == "running"


def test_a_preview_goes_on_at_a_place_of_its_own_only() -> None:
    admin = person("admin")
    made = admin.post("/campaigns", {**DRAFT, "segment": a_segment()})
    for place in ("cDE", "cDEvMS94"):
        answer = admin.get(f"/campaigns/{made.body['id']}/preview", next=place)
        assert answer.error == ("invalid", "next")


def test_an_authorisation_is_told_once_and_its_number_is_in_no_text() -> None:
    visit = booked()
    expires = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    told = {"id": "ehr-1", "patient": visit.patient, "expires": expires, "number": "987"}
    one, again = (person("supervisor").post("/authorisations", told) for _ in range(2))
    assert (one.status, one.body["state"], again.body["id"]) == (201, "open", one.body["id"])
    assert [each["number"] for each in person("supervisor").get("/authorisations").body["items"]] == ["987"]


def test_without_surveys_there_is_nothing_to_go_by() -> None:
    found = person("supervisor").get("/surveys/results", since="2026-11-01", until="2026-11-30").body
    assert (found["asked"], found["nps"]["score"], found["nps"]["enough"]) == (0, None, False)
    assert person("supervisor").get("/surveys", day="2026-11-30").body["items"] == []
    refused = person("supervisor").get("/surveys/results", since="2026-11-30", until="2026-11-01")
    assert refused.error == ("invalid", "until")


def test_a_plan_of_medication_has_times_and_no_words() -> None:
    visit, ana = booked(), person("agent")
    path = f"/patients/{visit.patient}/medication"
    until = (datetime.now(UTC) + timedelta(days=5)).date().isoformat()
    wanted = {"times": ["18:00", "09:00"], "until": until, "agreed": True}
    made = ana.call("PUT", path, wanted).body
    assert (made["times"], made["until"], made["state"]) == (["09:00", "18:00"], until, "on")
    assert ana.call("PUT", path, {**wanted, "name": "x"}).error == ("invalid", "name")
    assert ana.call("PUT", path, {**wanted, "agreed": False}).error == ("invalid", "agreed")
    assert ana.call("PUT", path, {**wanted, "version": 7}).error == ("stale", None)
    assert (ana.call("DELETE", path).body["state"], ana.get(path).body["next_at"]) == ("stopped", None)

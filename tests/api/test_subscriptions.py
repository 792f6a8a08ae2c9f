"""Subscriptions, as a clinic's administrator looks after them."""

from __future__ import annotations

import pytest

from tests.api.client import person
from tests.api.test_resources import PERSON, VISIT

admin = person("admin")
ana = person("agent")

pytestmark = pytest.mark.usefixtures("clinic", "provider")

EHR = {"url": "https://ehr.example/recado", "name": "EHR", "fields": ["start"]}


def test_the_secret_is_shown_once_and_never_again() -> None:
    made = admin.post("/subscriptions", EHR)
    assert made.status == 201
    assert made.body["secret"].startswith("whsec_")
    assert (made.body["state"], made.body["events"], made.body["fields"]) == ("active", [], ["start"])
    read = admin.get(f"/subscriptions/{made.body['id']}")
    assert made.body["secret"] not in read.raw
    assert read.body == {key: value for key, value in made.body.items() if key != "secret"}
    assert [one["id"] for one in admin.get("/subscriptions").body["items"]] == [made.body["id"]]


def test_nothing_is_shared_that_nobody_named() -> None:
    assert admin.post("/subscriptions", {"url": EHR["url"]}).body["fields"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "http://ehr.example/"}, "url"),
        ({"url": "https://169.254.169.254/"}, "url"),
        ({"fields": ["diagnosis"]}, "fields.0"),
        ({"events": ["patient.deleted"]}, "events.0"),
        ({"secret": "mine"}, "secret"),
    ],
)
def test_a_wrong_one_names_its_field(change: dict[str, object], field: str) -> None:
    assert admin.post("/subscriptions", {**EHR, **change}).error == ("invalid", field)


def test_a_clinic_has_five_at_most() -> None:
    made = [admin.post("/subscriptions", EHR).status for _ in range(6)]
    assert made == [201] * 5 + [409]


def test_it_is_changed_by_the_version_that_was_seen_and_taken_away() -> None:
    made = admin.post("/subscriptions", EHR).body
    path = f"/subscriptions/{made['id']}"
    changed = admin.put(path, {**EHR, "fields": [], "version": 1})
    assert (changed.status, changed.body["fields"], changed.body["version"]) == (200, [], 2)
    assert admin.put(path, {**EHR, "version": 1}).error == ("stale", None)
    assert admin.call("DELETE", path).body == {"id": made["id"]}
    assert admin.get(path).status == 404


def test_two_secrets_sign_while_they_are_changed() -> None:
    made = admin.post("/subscriptions", EHR).body
    path = f"/subscriptions/{made['id']}/secret"
    assert admin.post(f"{path}/finish", {}).status == 409
    rotated = admin.post(path, {"version": 1}).body
    assert (rotated["rotating"], rotated["secret"] != made["secret"]) == (True, True)
    assert admin.post(path, {}).status == 409
    finished = admin.post(f"{path}/finish", {}).body
    assert (finished["rotating"], "secret" in finished) == (False, False)


def test_what_became_of_each_notice_is_shown_and_may_be_sent_again() -> None:
    made = admin.post("/subscriptions", EHR).body
    booked = ana.post("/appointments", {**VISIT, **PERSON}).body
    path = f"/subscriptions/{made['id']}"
    (notice,) = admin.get(f"{path}/notices").body["items"]
    assert (notice["event"], notice["appointment"], notice["version"], notice["state"]) == (
        "appointment.booked",
        booked["id"],
        1,
        "queued",
    )
    assert admin.post(f"{path}/notices/{notice['id']}/replay").status == 202
    assert admin.post(f"{path}/notices/none/replay").status == 404
    assert admin.post(f"{path}/replay", {"since": "2026-01-01T00:00:00Z"}).body == {
        "replayed": 0,
        "next": None,
    }
    for wrong in ("yesterday", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"):
        assert admin.post(f"{path}/replay", {"since": wrong}).error == ("invalid", "since")
    assert admin.post(f"{path}/test").body["event"] == "subscription.test"
    assert len(admin.get(f"{path}/notices").body["items"]) == 2


def test_it_is_paused_and_resumed() -> None:
    made = admin.post("/subscriptions", EHR).body
    path = f"/subscriptions/{made['id']}"
    paused = admin.post(f"{path}/pause").body
    assert (paused["state"], paused["paused_by"], paused["reason"]) == ("paused", "agent:ana", "")
    assert admin.post(f"{path}/resume").body["state"] == "active"

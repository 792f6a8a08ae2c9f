"""Every route of the API through the real gateway: who is let in, and what the documents promise."""

from typing import Any

import httpx
import pytest

from infra.openapi import operations
from tests.journeys.story import Clinic, Patient, eventually

# What a minute has to pass for begins before, and is told by the other stories.
pytestmark = pytest.mark.usefixtures("unreached", "gone", "told")

ROUTES = sorted((one.method, one.path.replace("{id}", "p1.1")) for one in operations())


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_route_answers_whoever_has_no_token_or_a_forged_one(
    boavista: Clinic, method: str, path: str
) -> None:
    for headers in ({}, {"authorization": "Bearer x.y.z"}):
        answer = boavista.call(method, path, role=None, headers=headers, json={})
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorised")


@pytest.mark.parametrize(("path", "field"), [("/contacts?state=lost", "state"), ("/patients", "phone")])
def test_the_gateway_hands_the_query_on(boavista: Clinic, path: str, field: str) -> None:
    answer = boavista.call("GET", path)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, field)


@pytest.mark.parametrize("number", ["%2B{}", "+{}", "{}"])
def test_a_number_is_found_however_its_plus_sign_is_written(boavista: Clinic, number: str) -> None:
    maria = Patient()
    maria.writes(boavista, "Bom dia")
    contact = eventually(lambda: boavista.contact_of(maria))
    found = boavista.call("GET", f"/patients?phone={number.format(maria.number)}").json()
    assert [one["id"] for one in found["items"]] == [contact["patient"]]


def test_a_repeated_reply_is_answered_alike_and_sent_once(boavista: Clinic) -> None:
    maria = Patient()
    maria.writes(boavista, "Bom dia")
    contact = eventually(lambda: boavista.contact_of(maria))
    path, key = f"/contacts/{contact['id']}/replies", {"Idempotency-Key": "journey"}
    answers = [boavista.call("POST", path, json={"text": "Olá"}, headers=key) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    eventually(lambda: boavista.outbox(maria))
    assert len(boavista.outbox(maria)) == 1


def test_an_agent_leaves_the_desk_and_comes_back(boavista: Clinic) -> None:
    for state in ("away", "available"):
        answer = boavista.call("PUT", "/agents/me/state", json={"state": state})
        assert (answer.status_code, answer.json()["state"]) == (200, state)
        assert boavista.get("/me")["agent"]["state"] == state


def test_what_could_not_be_read_is_the_admins_to_see(boavista: Clinic, run: dict[str, Any]) -> None:
    assert boavista.call("GET", "/unreadable").status_code == 403
    assert boavista.call("GET", "/unreadable", role="admin").status_code == 200
    operator = {"authorization": f"Bearer {run['operator']['token']}"}
    assert httpx.get(f"{run['api']}/unreadable", headers=operator, timeout=30).status_code == 200
    assert httpx.get(f"{run['api']}/contacts", headers=operator, timeout=30).status_code == 403

"""Journey 3: a call that nobody took."""

from typing import Any

import httpx
import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack


def call(clinic: Clinic, patient: Patient, hang_up: str = "queue") -> dict[str, Any]:
    """They call and hang up: the fake Connect runs the flow, then tells the events and the record of it."""
    body = {"clinic": clinic.about["id"], "from": patient.number, "hang_up": hang_up}
    answer = httpx.post(f"{clinic.run['url']}/phone/call", json=body, timeout=30)
    assert answer.is_success, answer.text
    told: dict[str, Any] = answer.json()
    return told


def calls(clinic: Clinic, patient: Patient) -> list[dict[str, Any]]:
    return [one for one in clinic.timeline(patient) if one["kind"] == "call"]


def test_a_caller_who_hung_up_twice_in_the_queue_is_called_back_and_texted_once(boavista: Clinic) -> None:
    caller = Patient("Chamada")
    call(boavista, caller)
    call(boavista, caller)
    told = eventually(lambda: calls(boavista, caller))
    assert told[0]["call"]["outcome"] == "abandoned_in_queue"
    patient = boavista.get("/patients", phone=f"+{caller.number}")["items"][0]

    def owed() -> dict[str, Any] | None:
        open_contacts = boavista.get("/contacts")["items"]
        return next((one for one in open_contacts if one["patient"] == patient["id"]), None)

    contact = eventually(owed)
    assert (contact["reason"], contact["callback"]["phone"]) == ("missed_call", f"+{caller.number}")

    sent = eventually(lambda: boavista.outbox(caller), within=200)
    assert len(sent) == 1
    assert len(calls(boavista, caller)) == 2, "event and record of the same call count once"


def test_a_known_caller_is_told_by_name_what_is_next(boavista: Clinic) -> None:
    caller = Patient("Conhecida")
    body = {
        "name": caller.name,
        "phone": f"+{caller.number}",
        "start": "2027-03-01T10:00",
        "practitioner": "Dr. Sá",
        "type": "consulta",
        "minutes": 30,
    }
    boavista.post("/appointments", body, status=201)
    answer = call(boavista, caller, "menu")["flow_was_told"]
    assert caller.name.split()[0] in str(answer)

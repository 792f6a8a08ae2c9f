"""Journey 3: a call that nobody took."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.calling import hangs_up
from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack


def calls(clinic: Clinic, patient: Patient) -> list[dict[str, Any]]:
    return [one for one in clinic.timeline(patient) if one["kind"] == "call"]


def test_a_caller_who_hung_up_twice_in_the_queue_is_called_back_and_texted_once(
    boavista: Clinic, gone: Patient, a_minute_passes: Callable[[], None]
) -> None:
    caller = gone
    told = eventually(lambda: calls(boavista, caller))
    assert told[0]["call"]["outcome"] == "abandoned_in_queue"
    patient = boavista.get("/patients", phone=f"+{caller.number}")["items"][0]

    def owed() -> dict[str, Any] | None:
        open_contacts = boavista.get("/contacts")["items"]
        return next((one for one in open_contacts if one["patient"] == patient["id"]), None)

    contact = eventually(owed)
    assert (contact["reason"], contact["callback"]["phone"]) == ("missed_call", f"+{caller.number}")

    def texted() -> list[dict[str, Any]]:
        a_minute_passes()
        return boavista.outbox(caller)

    assert len(eventually(texted, within=90)) == 1
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
    answer = hangs_up(boavista, caller, "menu")["flow_was_told"]
    assert caller.name.split()[0] in str(answer)

"""Calls: how a clinic comes to call somebody who does not answer, and how somebody calls and hangs up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx

from tests.journeys.story import Clinic, Patient, eventually

LADDER: list[dict[str, Any]] = [
    {"name": "24h", "minutes": -1440, "purpose": "reminder", "text": ""},
    {
        "name": "3h",
        "minutes": -1439,
        "purpose": "reminder",
        "text": "",
        "only": "unconfirmed",
        "by": "other_channel",
        "channels": ["voice"],
    },
]
"""A message, and for who has not answered it a minute later: a call."""


class Rung(NamedTuple):
    """Somebody who was reminded, has said nothing, and is called a minute later."""

    patient: Patient
    visit: str


def unanswered(clinic: Clinic, a_minute_passes: Callable[[], None]) -> Rung:
    """The clinic calls who does not confirm, the patient has their message, and will press 1."""
    patient, number = Patient("Sol", "346"), clinic.get("/reminder-calls", "admin")["numbers"][0]
    switched = clinic.call("PUT", "/reminder-calls", "admin", json={"number": number})
    assert switched.is_success, switched.text
    policy = {"steps": LADDER, "quiet_from": "00:00", "quiet_until": "00:00", "on_closed_days": True}
    assert clinic.call("PUT", "/reminder-policies/revision", "admin", json=policy).is_success
    start = datetime.now(ZoneInfo(clinic.about["timezone"])) + timedelta(hours=24, seconds=5)
    visit = {"name": patient.name, "phone": f"+{patient.number}", "start": f"{start:%Y-%m-%dT%H:%M:%S}"}
    booked = clinic.post(
        "/appointments", {**visit, "type_id": "revision", "practitioner": "Dra. Vega"}, status=201
    )
    told = httpx.post(
        f"{clinic.run['url']}/phone/pick_up", json={"from": patient.number, "does": "1"}, timeout=30
    )
    assert told.is_success

    def reminded() -> bool:
        a_minute_passes()
        return len(clinic.outbox(patient)) == 2

    eventually(reminded)
    return Rung(patient, booked["id"])


def calls_of(clinic: Clinic, patient: Patient) -> list[dict[str, Any]]:
    """The calls that this patient got, by the telephone network."""
    items = httpx.get(f"{clinic.run['url']}/phone/rung", timeout=30).json()["items"]
    return [one for one in items if one["to"] == f"+{patient.number}"]


def hangs_up(clinic: Clinic, patient: Patient, where: str = "queue") -> dict[str, Any]:
    """They call and hang up: the fake Connect runs the flow, then tells the events and the record of it."""
    body = {"clinic": clinic.about["id"], "from": patient.number, "hang_up": where}
    answer = httpx.post(f"{clinic.run['url']}/phone/call", json=body, timeout=30)
    assert answer.is_success, answer.text
    told: dict[str, Any] = answer.json()
    return told

"""How another system of a clinic's comes to be told of a visit, and fails."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx

from tests.journeys.story import Clinic, Patient, eventually


class System:
    """Another system of the clinic's, which is told of its visits: at a host that nobody else has."""

    def __init__(self, clinic: Clinic) -> None:
        self.host = f"ehr-{time.time_ns()}.example"
        self._at = f"{clinic.run['url']}/fake/systems/{self.host}"

    def fails(self, status: int, times: int) -> None:
        httpx.post(self._at, params={"status": status, "times": times}, timeout=30).raise_for_status()

    def got(self, event: str) -> list[dict[str, Any]]:
        """What it was sent of one kind, whatever it answered."""
        items = httpx.get(self._at, timeout=30).json()["items"]
        return [one for one in items if json.loads(one["body"])["type"] == event]


def day(clinic: Clinic, ahead: int) -> str:
    """A date of the clinic's so many days ahead."""
    return (datetime.now(ZoneInfo(clinic.about["timezone"])) + timedelta(days=ahead)).strftime("%Y-%m-%d")


def visit_of(patient: Patient, start: str) -> dict[str, Any]:
    """The body that books a visit of theirs."""
    who = {"name": patient.name, "phone": f"+{patient.number}", "language": "es"}
    return {**who, "start": start, "practitioner": "Dra. Ruiz", "type": "Consulta", "minutes": 30}


class Told(NamedTuple):
    """A subscriber of a visit that is called off; it failed once, and what it had is to be sent again."""

    ehr: System
    subscription: dict[str, Any]
    patient: Patient
    visit: dict[str, Any]


def failed_once(clinic: Clinic) -> Told:
    """A subscriber of all changes had two notices, which are to be sent again, and failed with a third."""
    ehr = System(clinic)
    wanted = {"url": f"https://{ehr.host}/recado", "fields": ["start", "patient.name"]}
    made = clinic.post("/subscriptions", wanted, "admin", status=201)
    path, lola = f"/subscriptions/{made['id']}", Patient("Lola", "346")
    clinic.post(f"{path}/test", {}, "admin", status=202)
    visit = clinic.post("/appointments", visit_of(lola, f"{day(clinic, 20)}T10:00"), status=201)
    eventually(lambda: ehr.got("subscription.test") and ehr.got("appointment.booked"))
    since = {"since": "2026-01-01T00:00:00Z", "states": ["sent"]}

    def settled() -> bool:
        return all(one["state"] == "sent" for one in clinic.get(f"{path}/notices", "supervisor")["items"])

    eventually(settled)
    assert clinic.post(f"{path}/replay", since, "admin", status=202)["replayed"] == 2
    ehr.fails(500, times=1)
    clinic.post(f"/appointments/{visit['id']}/cancel", {})
    eventually(lambda: clinic.get(path, "supervisor")["state"] == "failing")
    return Told(ehr, made, lola, visit)

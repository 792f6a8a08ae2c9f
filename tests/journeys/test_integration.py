"""Journey 6: the clinic's other systems are told of its visits, and tell of theirs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack

FHIR = {"content-type": "application/fhir+json"}
EHR = "https://ehr.example/appointments"


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


def signed(notice: dict[str, Any], secret: str) -> str:
    """The signature that standardwebhooks.com has a receiver expect."""
    headers = notice["headers"]
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{notice['body']}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


class Told(NamedTuple):
    """A subscriber of a visit that is called off; it failed once, and what it had is to be sent again."""

    ehr: System
    subscription: dict[str, Any]
    patient: Patient
    visit: dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def told(delsol: Clinic) -> Told:
    """Begun first, since what is sent again goes with the next minute."""
    ehr = System(delsol)
    wanted = {"url": f"https://{ehr.host}/recado", "fields": ["start", "patient.name"]}
    made = delsol.post("/subscriptions", wanted, "admin", status=201)
    path, lola = f"/subscriptions/{made['id']}", Patient("Lola", "346")
    delsol.post(f"{path}/test", {}, "admin", status=202)
    visit = delsol.post("/appointments", visit_of(lola, f"{day(delsol, 20)}T10:00"), status=201)
    eventually(lambda: ehr.got("subscription.test") and ehr.got("appointment.booked"))
    since = {"since": "2026-01-01T00:00:00Z", "states": ["sent"]}

    def settled() -> bool:
        return all(one["state"] == "sent" for one in delsol.get(f"{path}/notices", "supervisor")["items"])

    eventually(settled)
    assert delsol.post(f"{path}/replay", since, "admin", status=202)["replayed"] == 2
    ehr.fails(500, times=1)
    delsol.post(f"/appointments/{visit['id']}/cancel", {})
    eventually(lambda: delsol.get(path, "supervisor")["state"] == "failing")
    return Told(ehr, made, lola, visit)


def appointment(value: str, patient: Patient, start: str) -> dict[str, Any]:
    """A visit as another system tells of it."""
    telecom = [{"system": "phone", "value": f"+{patient.number}"}]
    who = {"resourceType": "Patient", "id": "who", "name": [{"text": patient.name}], "telecom": telecom}
    return {
        "resourceType": "Appointment",
        "identifier": [{"system": EHR, "value": value}],
        "status": "booked",
        "serviceType": [{"text": "Consulta"}],
        "start": start,
        "minutesDuration": 30,
        "contained": [who],
        "participant": [
            {"actor": {"reference": "#who"}, "status": "accepted"},
            {"actor": {"type": "Practitioner", "display": "Dra. Ruiz"}, "status": "accepted"},
        ],
    }


def test_another_system_books_finds_and_calls_off_by_fhir(delsol: Clinic) -> None:
    lola, name = Patient("Lola", "346"), f"a{time.time_ns()}"
    visit = appointment(name, lola, f"{day(delsol, 21)}T10:00:00+01:00")
    once = {**FHIR, "if-none-exist": f"identifier={EHR}|{name}"}
    answers = [delsol.call("POST", "/fhir/Appointment", "admin", json=visit, headers=once) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 200]
    known = answers[1].json()

    found = delsol.get("/fhir/Appointment", "admin", identifier=f"{EHR}|{name}")
    assert (found["type"], found["total"]) == ("searchset", 1)
    path = f"/fhir/Appointment/{known['id']}"
    off = delsol.call("PUT", path, "admin", json={**known, "status": "cancelled"}, headers=FHIR)
    assert (off.status_code, off.json()["status"]) == (200, "cancelled")
    assert delsol.get(f"/appointments/{known['id']}")["status"] == "cancelled"


def test_a_bundle_of_one_good_and_one_bad_visit_is_answered_entry_by_entry(delsol: Clinic) -> None:
    good = appointment(f"b{time.time_ns()}", Patient("Sol", "346"), f"{day(delsol, 22)}T11:00:00+01:00")
    entries = [
        {"resource": one, "request": {"method": "POST", "url": "Appointment"}}
        for one in (good, {**good, "identifier": [{"system": EHR, "value": "bad"}], "start": "someday"})
    ]
    bundle = {"resourceType": "Bundle", "type": "batch", "entry": entries}
    answer = delsol.call("POST", "/fhir", "admin", json=bundle, headers=FHIR)
    assert answer.status_code == 200, answer.text
    assert [one["response"]["status"][:3] for one in answer.json()["entry"]] == ["201", "400"]


def test_visits_come_as_a_table_and_leave_as_one(delsol: Clinic) -> None:
    lola, when = Patient("Lola", "346"), day(delsol, 23)
    lines = ["id,start,name,phone,practitioner,type,minutes"]
    lines.append(f"v{lola.number},{when} 12:00,{lola.name},+{lola.number},Dra. Ruiz,Consulta,30")
    lines.append(f"w{lola.number},someday,{lola.name},+{lola.number},Dra. Ruiz,Consulta,30")
    table, kind = "\n".join(lines).encode(), {"content-type": "text/csv"}
    queued = delsol.call("POST", "/appointments/import?source=agenda", "admin", content=table, headers=kind)
    assert queued.status_code == 202, queued.text
    path = f"/patients/imports/{queued.json()['id']}"
    done = eventually(lambda: found if (found := delsol.get(path, "admin"))["state"] == "done" else None)
    assert (done["kind"], done["rows"]) == ("visits", 2)
    rows = delsol.get(f"{path}/rows", "admin")["items"]
    assert [bool(one["appointment"]) for one in rows] == [True, False]
    query, asked = f"since={when}&until={when}", {"accept": "text/csv"}
    out = delsol.call("GET", f"/appointments/export?{query}", "admin", headers=asked)
    assert out.headers["content-type"].startswith("text/csv")
    assert f"+{lola.number}" in out.text


def test_a_calendar_says_when_somebody_is_busy_and_of_whom_nothing(delsol: Clinic) -> None:
    lola, when = Patient("Lola", "346"), day(delsol, 24 + datetime.now(ZoneInfo("UTC")).weekday())
    url = delsol.post("/practitioners/elena-ruiz/calendar", {}, "admin", status=201)["url"]
    booking = {**visit_of(lola, f"{when}T10:00"), "practitioner_id": "elena-ruiz", "overbook": True}
    delsol.post("/appointments", booking, status=201)
    feed = eventually(lambda: text if "BEGIN:VEVENT" in (text := httpx.get(url, timeout=30).text) else "")
    assert f"{when.replace('-', '')}T100000" in feed
    assert lola.name not in feed
    assert delsol.call("DELETE", "/practitioners/elena-ruiz/calendar", "admin").json() == {"url": None}
    assert httpx.get(url, timeout=30).status_code == 404


def test_a_mail_about_a_visit_carries_its_invitation(boavista: Clinic) -> None:
    ines = Patient("Inês")
    mailbox = f"p{ines.number}@example.com"
    said = {"clinic": "boavista", "from": ines.number, "name": ines.name, "email": mailbox, "text": "Oi"}
    assert httpx.post(f"{boavista.run['url']}/phone/email", json=said, timeout=30).status_code == 201
    contact = eventually(lambda: boavista.contact_of(ines))
    visit = {"start": f"{day(boavista, 9)}T10:00", "practitioner": "Dra. Sá", "type": "Consulta"}
    boavista.post("/appointments", {**visit, "patient": contact["patient"], "minutes": 30}, status=201)

    def invitation() -> str:
        items = httpx.get(boavista.run["outbox"], timeout=30).json()["items"]
        return "".join(one.get("calendar", "") for one in items if one["to"] == mailbox)

    shown = eventually(invitation)
    assert "METHOD:REQUEST" in shown
    assert f"DTSTART;TZID=America/Sao_Paulo:{day(boavista, 9).replace('-', '')}T100000" in shown


def test_a_subscriber_is_told_of_each_change_and_can_verify_it(told: Told) -> None:
    notice, *_ = told.ehr.got("appointment.booked")
    assert notice["headers"]["webhook-signature"] == signed(notice, told.subscription["secret"])
    said = json.loads(notice["body"])["data"]
    assert (said["appointment"], said["version"]) == (told.visit["id"], 1)
    assert told.patient.name in notice["body"]
    assert told.patient.number not in notice["body"], "nothing is shared that `fields` does not name"


def test_a_subscriber_that_failed_is_told_again_and_so_is_one_who_asks(delsol: Clinic, told: Told) -> None:
    def of_it(event: str) -> list[dict[str, Any]]:
        return [one for one in told.ehr.got(event) if told.visit["id"] in one["body"]]

    def answers(event: str) -> list[int]:
        return [one["status"] for one in of_it(event)]

    eventually(lambda: answers("appointment.cancelled") == [500, 204], within=200)
    eventually(lambda: answers("appointment.booked") == [204, 204], within=200)
    for event in ("appointment.booked", "appointment.cancelled"):
        assert len({one["headers"]["webhook-id"] for one in of_it(event)}) == 1, "by which a repeat is known"
    path = f"/subscriptions/{told.subscription['id']}"
    eventually(lambda: delsol.get(path, "supervisor")["state"] == "active")
    assert delsol.call("DELETE", path, "admin").status_code == 200

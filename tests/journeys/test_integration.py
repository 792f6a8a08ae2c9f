"""Journey 6: the clinic's other systems are told of its visits, and tell of theirs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from infra.local.places import ROOT
from tests.journeys.listening import Told, day, visit_of
from tests.journeys.story import Clinic, Patient, eventually

pytestmark = pytest.mark.local_stack

FHIR = {"content-type": "application/fhir+json"}
EHR = "https://ehr.example/appointments"
HL7 = (ROOT / "events/hl7/siu_s12.hl7").read_bytes().decode()


def signed(notice: dict[str, Any], secret: str) -> str:
    """The signature that standardwebhooks.com has a receiver expect."""
    headers = notice["headers"]
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{notice['body']}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


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


def test_an_older_system_tells_of_a_visit_by_hl7_and_each_message_is_acknowledged(boavista: Clinic) -> None:
    def tell(event: str, number: int, start: str = "20281124093000") -> str:
        told = HL7.replace("S12", event, 1).replace("|M1|", f"|M{number}|").replace("20281124093000", start)
        told = told.replace("20280101100000", f"202801011{number}0000")
        kind = {"content-type": "application/hl7-v2"}
        answer = boavista.call("POST", "/hl7", "admin", content=told.encode(), headers=kind)
        assert (answer.status_code, answer.headers["content-type"][:18]) == (200, "application/hl7-v2")
        return next(line for line in answer.text.split("\r") if line.startswith("MSA"))

    def states() -> list[str]:
        return [one["status"] for one in boavista.get("/appointments", day="2028-11-24")["items"]]

    for _ in range(2):
        assert tell("S12", 1).startswith("MSA|AA|M1")
    assert states() == ["booked"], "told twice it is one visit"
    assert tell("S12", 2, "someday").startswith("MSA|AE|M2")
    assert tell("S15", 3).startswith("MSA|AA|M3")
    assert states() == ["cancelled"]


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


def test_a_subscriber_that_failed_is_told_again_and_so_is_one_who_asks(
    delsol: Clinic, told: Told, a_minute_passes: Callable[[], None]
) -> None:
    def of_it(event: str) -> list[dict[str, Any]]:
        return [one for one in told.ehr.got(event) if told.visit["id"] in one["body"]]

    def answers(event: str) -> list[int]:
        return [one["status"] for one in of_it(event)]

    def told_again() -> bool:
        a_minute_passes()
        return (answers("appointment.cancelled"), answers("appointment.booked")) == ([500, 204], [204, 204])

    eventually(told_again)
    for event in ("appointment.booked", "appointment.cancelled"):
        assert len({one["headers"]["webhook-id"] for one in of_it(event)}) == 1, "by which a repeat is known"
    path = f"/subscriptions/{told.subscription['id']}"
    eventually(lambda: delsol.get(path, "supervisor")["state"] == "active")
    assert delsol.call("DELETE", path, "admin").status_code == 200

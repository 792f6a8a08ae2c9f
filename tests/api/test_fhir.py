"""FHIR R4, as a clinic's other system speaks it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from recado.store import appointments, contacts

from tests.api.client import Answer, person
from tests.api.test_resources import PERSON, VISIT

admin = person("admin")
ana = person("agent")

pytestmark = pytest.mark.usefixtures("clinic")

EHR = "https://ehr.example/appointments"
CHART = "https://ehr.example/patients"
MARIA = {
    "resourceType": "Patient",
    "identifier": [{"system": CHART, "value": "77"}],
    "name": [{"family": "Lima", "given": ["Maria"]}],
    "telecom": [{"system": "phone", "value": "+55 11 93333-4444"}],
    "birthDate": "1984-03-25",
}


def visit(value: str = "1", **changes: Any) -> dict[str, Any]:
    made = {
        "resourceType": "Appointment",
        "identifier": [{"system": EHR, "value": value}],
        "meta": {"lastUpdated": "2028-01-01T10:00:00Z"},
        "status": "booked",
        "serviceType": [{"text": "consulta"}],
        "start": "2028-11-24T09:30:00-03:00",
        "end": "2028-11-24T10:00:00-03:00",
        "contained": [{**MARIA, "id": "who"}],
        "participant": [
            {"actor": {"reference": "#who"}, "status": "needs-action"},
            {"actor": {"type": "Practitioner", "display": "Dra. Costa"}, "status": "accepted"},
        ],
    }
    return {name: value for name, value in {**made, **changes}.items() if value is not None}


def tell(document: dict[str, Any], path: str | None = None, **headers: str) -> Answer:
    kind = {"Content-Type": "application/fhir+json"}
    where = path or f"/fhir/{document['resourceType']}"
    method = "PUT" if where.count("/") > 2 else "POST"
    return admin.call(method, where, document, headers={**kind, **headers})


def at(moment: str, **changes: Any) -> dict[str, Any]:
    return visit(meta={"lastUpdated": f"2028-01-01T{moment}:00Z"}, **changes)


def issue(answer: Answer) -> tuple[str, list[str] | None]:
    assert answer.body["resourceType"] == "OperationOutcome"
    return answer.body["issue"][0]["code"], answer.body["issue"][0].get("expression")


def test_an_appointment_of_another_system_is_booked_and_the_patient_is_told() -> None:
    made = tell(visit())
    assert made.status == 201
    headers = json.loads(made.raw)["headers"]
    assert headers["Content-Type"] == "application/fhir+json; charset=utf-8"
    assert headers["ETag"] == 'W/"1"'
    assert headers["Location"].endswith(f"/fhir/Appointment/{made.body['id']}")
    known = appointments.get("boavista", made.body["id"])
    assert (known.local_start, known.minutes, known.practitioner, known.type) == (
        "2028-11-24T09:30",
        30,
        "Dra. Costa",
        "consulta",
    )
    assert [one.state for one in known.reminders] == ["planned"] * len(known.reminders)
    told, _ = contacts.timeline("boavista", known.patient)
    assert [one.purpose for one in told] == ["confirmation"]


def test_told_twice_it_is_one_visit() -> None:
    first, second = tell(visit()), tell(visit())
    assert (first.status, second.status) == (201, 200)
    assert first.body == second.body
    assert len(appointments.of_day("boavista", "2028-11-24")) == 1


def test_it_is_moved_confirmed_and_called_off_as_its_system_says() -> None:
    made = tell(at("10:00")).body
    moved = tell(at("11:00", start="2028-11-25T09:30:00-03:00", end="2028-11-25T10:00:00-03:00"))
    assert (moved.status, moved.body["id"], moved.body["start"]) == (
        200,
        made["id"],
        "2028-11-25T12:30:00.000Z",
    )
    participants = visit()["participant"]
    confirmed = [{**participants[0], "status": "accepted"}, participants[1]]
    again = at(
        "12:00",
        participant=confirmed,
        start="2028-11-25T09:30:00-03:00",
        end="2028-11-25T10:00:00-03:00",
    )
    assert tell(again).body["participant"][0]["status"] == "accepted"
    assert tell(at("13:00", status="cancelled")).body["status"] == "cancelled"


def test_what_comes_late_changes_nothing() -> None:
    tell(at("10:00"))
    tell(at("12:00", start="2028-11-26T09:30:00-03:00", end=None))
    late = tell(at("11:00", start="2028-11-25T09:30:00-03:00", end=None))
    assert (late.status, late.body["start"]) == (200, "2028-11-26T12:30:00.000Z")
    tell(at("13:00", status="cancelled"))
    assert tell(at("12:30")).body["status"] == "cancelled"


def test_a_cancellation_that_comes_before_its_booking_keeps_it_from_being_booked() -> None:
    first = tell(at("11:00", status="cancelled"))
    assert (first.status, issue(first)) == (200, ("informational", None))
    assert tell(at("10:00")).status == 200
    assert appointments.of_day("boavista", "2028-11-24") == []
    assert tell(at("12:00")).status == 201


def test_a_conditional_create_finds_what_is_known_and_leaves_it_alone() -> None:
    condition = {"If-None-Exist": f"identifier={EHR}|1"}
    made = tell(visit(), **condition)
    again = tell(visit(start="2028-12-01T09:30:00-03:00"), **condition)
    assert (made.status, again.status) == (201, 200)
    assert again.body == made.body
    wrong = tell(visit(), **{"If-None-Exist": "patient=1"})
    assert (wrong.status, issue(wrong)) == (400, ("invalid", ["If-None-Exist"]))


def test_an_update_names_the_version_that_was_seen() -> None:
    made = tell(visit()).body
    path = f"/fhir/Appointment/{made['id']}"
    later = visit(start="2028-11-25T09:30:00-03:00", end=None, meta=None)
    stale = tell(later, path, **{"If-Match": 'W/"7"'})
    assert (stale.status, issue(stale)) == (409, ("conflict", None))
    moved = tell(later, path, **{"If-Match": 'W/"1"'})
    assert (moved.status, moved.body["meta"]["versionId"]) == (200, "2")
    assert issue(tell(later, path, **{"If-Match": "two"})) == ("invalid", ["If-Match"])


def test_what_we_booked_is_changed_by_our_own_resource_sent_back() -> None:
    booked = ana.post("/appointments", {**VISIT, **PERSON}).body
    path = f"/fhir/Appointment/{booked['id']}"
    ours = admin.get(path).body
    cancelled = tell({**ours, "status": "cancelled"}, path)
    assert (cancelled.status, cancelled.body["status"]) == (200, "cancelled")


def test_what_we_show_is_understood_by_ourselves() -> None:
    """Read, and told back word for word, nothing changes."""
    booked = ana.post("/appointments", {**VISIT, **PERSON}).body
    path = f"/fhir/Appointment/{booked['id']}"
    ours = admin.get(path).body
    back = tell(ours, path)
    assert (back.status, back.body) == (200, ours)


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ({"status": "proposed"}, "Appointment.status"),
        ({"status": None}, "Appointment.status"),
        ({"identifier": None}, "Appointment.identifier"),
        ({"identifier": [{"value": "1"}]}, "Appointment.identifier"),
        ({"start": None}, "Appointment.start"),
        ({"start": "2028-11-24T09:30:00"}, "Appointment.start"),
        ({"start": "tomorrow"}, "Appointment.start"),
        ({"end": "2028-11-24T09:00:00-03:00"}, "Appointment.end"),
        ({"meta": {"lastUpdated": "now"}}, "Appointment.meta.lastUpdated"),
        ({"meta": {"lastUpdated": "9999-12-31T23:59:59-14:00"}}, "Appointment.meta.lastUpdated"),
        ({"start": "0001-01-01T00:00:00+14:00"}, "Appointment.start"),
        ({"participant": []}, "Appointment.participant"),
        ({"contained": []}, "Appointment.participant"),
        ({"start": "2020-01-01T09:30:00Z", "end": None, "minutesDuration": 30}, "start"),
        ({"contained": [{**MARIA, "id": "who", "telecom": []}]}, "patient"),
        ({"resourceType": "Observation"}, "resourceType"),
    ],
)
def test_what_is_wrong_is_named_as_fhirpath_names_it(change: dict[str, Any], element: str) -> None:
    refused = tell(visit(**change), "/fhir/Appointment")
    assert (refused.status, issue(refused)) == (400, ("invalid", [element]))
    assert appointments.of_day("boavista", "2028-11-24") == []


def test_a_patient_is_taken_in_once_and_found_by_what_their_system_calls_them() -> None:
    made = tell(MARIA)
    assert (made.status, tell(MARIA).status) == (201, 200)
    assert made.body["identifier"] == MARIA["identifier"]
    assert made.body["birthDate"] == "1984-03-25"
    found = admin.get("/fhir/Patient", identifier=f"{CHART}|77").body
    assert (found["total"], found["entry"][0]["resource"]["id"]) == (1, made.body["id"])
    by_phone = admin.get("/fhir/Patient", phone="+5511933334444").body
    assert [one["resource"]["id"] for one in by_phone["entry"]] == [made.body["id"]]


def test_a_visit_is_theirs_whom_its_system_calls_so() -> None:
    patient = tell(MARIA).body
    who = {"type": "Patient", "identifier": {"system": CHART, "value": "77"}}
    participant = [{"actor": who, "status": "accepted"}, visit()["participant"][1]]
    made = tell(visit(participant=participant, contained=None))
    assert made.status == 201
    assert made.body["participant"][0]["actor"]["reference"] == f"Patient/{patient['id']}"
    assert made.body["participant"][0]["status"] == "accepted"


def test_a_search_finds_by_identifier_patient_and_period_in_pages() -> None:
    made = [
        tell(visit(str(n), start=f"2028-11-2{n}T09:30:00-03:00", end=None, minutesDuration=20)).body
        for n in range(1, 6)
    ]
    ids = [one["id"] for one in made]
    by_name = admin.get("/fhir/Appointment", identifier=f"{EHR}|3").body
    assert [one["resource"]["id"] for one in by_name["entry"]] == [ids[2]]
    patient = made[0]["participant"][0]["actor"]["reference"]
    assert admin.get("/fhir/Appointment", patient=patient).body["total"] == 5
    first = admin.get("/fhir/Appointment", patient=patient, _count="2").body
    assert [one["relation"] for one in first["link"]] == ["self", "next"]
    assert "_offset=2" in first["link"][1]["url"]
    last = admin.get("/fhir/Appointment", patient=patient, _count="2", _offset="4").body
    assert ([one["relation"] for one in last["link"]], len(last["entry"])) == (["self"], 1)
    day = admin.get("/fhir/Appointment", date="2028-11-23").body
    assert [one["resource"]["id"] for one in day["entry"]] == [ids[2]]
    assert admin.get("/fhir/Appointment", date="2028-11-23", status="cancelled").body["total"] == 0


@pytest.mark.parametrize(
    ("path", "query", "field"),
    [
        ("/fhir/Appointment", {}, "date"),
        ("/fhir/Appointment", {"date": "ge2028-11-23"}, "date"),
        ("/fhir/Appointment", {"date": "someday"}, "date"),
        ("/fhir/Appointment", {"date": "9999-12-31"}, "date"),
        ("/fhir/Appointment", {"date": "9999-12-31T23:59:59-14:00"}, "date"),
        ("/fhir/Appointment", {"date": "0001-01-01"}, "date"),
        ("/fhir/Appointment", {"diagnosis": "1"}, "diagnosis"),
        ("/fhir/Appointment", {"date": "2028-11-23", "_count": "many"}, "_count"),
        ("/fhir/Appointment", {"patient": "Practitioner/1"}, "patient"),
        ("/fhir/Patient", {}, "identifier"),
        ("/fhir/Slot", {}, "start"),
        ("/fhir/Patient", {"_id": ",".join(f"p{number}" for number in range(51))}, "_id"),
    ],
)
def test_a_search_that_would_find_too_much_is_refused(path: str, query: dict[str, str], field: str) -> None:
    refused = admin.get(path, **query)
    assert (refused.status, issue(refused)) == (400, ("invalid", [field]))


def test_another_clinic_finds_nothing_of_it() -> None:
    made = tell(visit()).body
    lucia = person("admin", tenant="delsol", agent="lucia")
    assert lucia.get(f"/fhir/Appointment/{made['id']}").status == 404
    assert lucia.get("/fhir/Appointment", identifier=f"{EHR}|1").body["total"] == 0
    assert lucia.get("/fhir/Observation").status == 404


def test_a_bundle_makes_patients_first_and_what_refers_to_them_after() -> None:
    entries = [
        {
            "fullUrl": "urn:uuid:visit",
            "resource": visit(
                contained=None,
                participant=[
                    {"actor": {"reference": "urn:uuid:maria"}, "status": "accepted"},
                    visit()["participant"][1],
                ],
            ),
            "request": {"method": "POST", "url": "Appointment"},
        },
        {
            "fullUrl": "urn:uuid:maria",
            "resource": MARIA,
            "request": {"method": "POST", "url": "Patient", "ifNoneExist": f"identifier={CHART}|77"},
        },
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    done = tell(bundle, "/fhir")
    assert done.status == 200
    assert done.body["type"] == "transaction-response"
    assert [one["response"]["status"] for one in done.body["entry"]] == ["201", "201"]
    again = tell(bundle, "/fhir")
    assert [one["response"]["status"] for one in again.body["entry"]] == ["200", "200"]
    assert len(appointments.of_day("boavista", "2028-11-24")) == 1


def test_in_a_batch_one_failure_is_its_own_and_a_transaction_ends_with_it() -> None:
    entries = [
        {"resource": visit(start=None), "request": {"method": "POST", "url": "Appointment"}},
        {"resource": visit("2"), "request": {"method": "POST", "url": "Appointment"}},
    ]
    batch = tell({"resourceType": "Bundle", "type": "batch", "entry": entries}, "/fhir")
    assert [one["response"]["status"] for one in batch.body["entry"]] == ["400", "201"]
    failed = tell({"resourceType": "Bundle", "type": "transaction", "entry": entries}, "/fhir")
    assert (failed.status, issue(failed)) == (400, ("invalid", ["Appointment.start"]))
    refused = tell({"resourceType": "Bundle", "type": "history"}, "/fhir")
    assert issue(refused) == ("invalid", ["Bundle.type"])


def test_free_slots_are_found_booked_by_their_reference_and_then_taken() -> None:
    who = admin.post("/practitioners", {"name": "Dra. Costa"}).body["id"]
    assert admin.post("/appointment-types", {"name": "Consulta", "minutes": 30}).status == 201
    weekly = [{"weekday": 4, "begins": "09:00", "ends": "10:00"}]
    assert admin.put(f"/practitioners/{who}/schedule", {"weekly": weekly, "grid": 30}).status == 200
    asked = {"schedule": f"Schedule/{who}", "start": "2028-11-24"}
    slots = [one["resource"] for one in admin.get("/fhir/Slot", **asked).body["entry"]]
    assert [one["start"] for one in slots] == ["2028-11-24T12:00:00.000Z", "2028-11-24T12:30:00.000Z"]
    chosen = {"reference": f"Slot/{slots[0]['id']}"}
    made = tell(visit(slot=[chosen], start=None, end=None, participant=visit()["participant"][:1]))
    assert (made.status, made.body["start"]) == (201, "2028-11-24T12:00:00.000Z")
    assert made.body["participant"][1]["actor"]["reference"] == f"Practitioner/{who}"
    left = [one["resource"]["id"] for one in admin.get("/fhir/Slot", **asked).body["entry"]]
    assert left == [slots[1]["id"]]
    assert admin.get(f"/fhir/Slot/{slots[0]['id']}").body["status"] == "busy"
    taken = tell(visit("2", slot=[chosen], start=None, end=None, participant=visit()["participant"][:1]))
    assert (taken.status, issue(taken)[0]) == (409, "conflict")
    assert admin.get("/fhir/Schedule", actor=f"Practitioner/{who}").body["total"] == 1
    assert admin.get(f"/fhir/Practitioner/{who}").body["name"] == [{"text": "Dra. Costa"}]


def test_the_server_says_what_it_can_do() -> None:
    told = ana.get("/fhir/metadata").body
    assert (told["resourceType"], told["fhirVersion"]) == ("CapabilityStatement", "4.0.1")
    assert {one["type"] for one in told["rest"][0]["resource"]} == {
        "Appointment",
        "Patient",
        "Practitioner",
        "Schedule",
        "Slot",
    }

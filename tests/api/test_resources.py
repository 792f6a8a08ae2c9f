"""Who I am, the agents, patients and their timelines, appointments, what could not be read."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from api.app import app
from recado.actions.record import record
from recado.model.communication import Attachment, Button, CallSummary, Communication
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link, Patient
from recado.store import contacts, patients, tenants, unreadable
from recado.store.rows import transaction

from tests.api.client import Client, Context, person
from tests.cloud import Cloud
from tests.samples import NOW, later, received

ana = person("agent")
lucia = person("agent", tenant="delsol", agent="lucia")
operator = person("operator", tenant=None, agent=None)

pytestmark = pytest.mark.usefixtures("clinic")


def test_i_learn_who_i_am_and_what_my_clinic_lets_me_choose_from() -> None:
    assert ana.get("/me").body == {
        "tenant": "boavista",
        "clinic": {
            "id": "boavista",
            "name": "Clínica Boa Vista",
            "timezone": "America/Sao_Paulo",
            "language": "pt-BR",
            "queues": ["reception"],
            "practitioners": [],
        },
        "agent": {"id": "ana", "name": "Ana Souza", "state": "available"},
        "role": "agent",
        "dispositions": ["resolved", "booked", "cancelled", "no_answer", "spam"],
    }


def test_an_operator_has_no_clinic() -> None:
    assert operator.get("/me").body == {
        "tenant": None,
        "clinic": None,
        "agent": None,
        "role": "operator",
        "dispositions": [],
    }


@pytest.mark.parametrize("groups", ["agent,admin", "[agent admin]", ["agent", "admin"], "admin"])
def test_groups_are_read_in_every_form_that_a_gateway_gives_them(groups: object) -> None:
    assert Client({"cognito:groups": groups, "custom:tenant": "boavista"}).get("/me").body["role"] == "admin"


def test_a_person_whose_agent_is_gone_is_none() -> None:
    assert person("supervisor", agent="left").get("/me").body["agent"] is None


def test_the_agents_are_listed_with_how_much_they_have_in_hand() -> None:
    assert ana.get("/agents").body == {
        "items": [{"id": "ana", "name": "Ana Souza", "state": "available", "assigned": 0}],
        "next": None,
    }


def test_an_agent_leaves_the_desk_and_comes_back() -> None:
    for state in ("away", "away", "available"):
        assert ana.put("/agents/me/state", {"state": state}).body["state"] == state
        assert tenants.agent("boavista", "ana").state == state


def test_only_two_states_exist() -> None:
    assert ana.put("/agents/me/state", {"state": "lunch"}).error == ("invalid", "state")


def test_who_is_no_agent_cannot_act_as_one() -> None:
    refused = person("supervisor", agent=None).put("/agents/me/state", {"state": "away"})
    assert (refused.status, refused.error) == (403, ("forbidden", None))


def written(text: str = "Bom dia", **settings: str) -> str:
    """A patient has written; their id."""
    record("boavista", received(text, **settings), NOW)
    return contacts.open_contacts("boavista")[0][0].patient


@pytest.mark.parametrize(
    "typed", ["+5511987654321", " 5511987654321", "(11) 98765-4321", "11987654321", "+55 11 98765-4321"]
)
def test_a_patient_is_found_by_their_number_in_every_spelling(typed: str) -> None:
    patient = written()
    (found,) = ana.get("/patients", phone=typed).body["items"]
    assert (found["id"], found["name"], found["phone"], found["kind"]) == (
        patient,
        "Maria Silva",
        "+5511987654321",
        "lead",
    )
    in_full = ana.get(f"/patients/{patient}").body
    assert in_full == {**in_full, **found, "consents": []}


def test_a_number_that_no_library_knows_is_found_if_somebody_wrote_from_it() -> None:
    patient = written(sender="99912345678")
    assert [one["id"] for one in ana.get("/patients", phone="+99912345678").body["items"]] == [patient]


def test_nobody_behind_a_number_is_an_empty_list() -> None:
    assert ana.get("/patients", phone="+5511912345678").body == {"items": [], "next": None}
    assert lucia.get("/patients", phone="+5511987654321").body == {"items": [], "next": None}


def test_a_family_behind_one_number_is_found_whole() -> None:
    point = ContactPoint(system="phone", value="+5511933334444")
    for place, name in enumerate(("Rosa", "Joana"), 1):
        patient = Patient(id=f"p{name.lower()}", name=name, contact_points=(point,), created_at=NOW)
        with transaction() as work:
            patients.put("boavista", patient, work)
            patients.link("boavista", point, Link(patient=patient.id, name=name), place, work)
    found = ana.get("/patients", phone="+5511933334444").body["items"]
    assert [one["name"] for one in found] == ["Rosa", "Joana"]


def entry(patient: str, n: int, **settings: object) -> Communication:
    return Communication.model_validate(
        {
            "id": f"m{n}",
            "patient": patient,
            "channel": "whatsapp",
            "account": "1",
            "address": "5511987654321",
            "direction": "inbound",
            "kind": "text",
            "author": "patient",
            "state": "received",
            "at": later(seconds=n),
            "moment": f"2026-11-23T14:00:{n:06.3f}Z#000000",
            **settings,
        }
    )


def test_the_timeline_shows_everything_but_addresses_and_what_the_provider_sent() -> None:
    patient = written()
    contacts.save_communication(
        "boavista",
        entry(
            patient,
            1,
            kind="image",
            reply_to="m0",
            buttons=(Button(payload="yes", title="Sim"),),
            error="bad_address",
            attachments=(Attachment(kind="image", id="media-id", mime="image/png", state="waiting"),),
            call=CallSummary(outcome="answered", waited_s=3, talked_s=60),
            raw={"secret": True},
        ),
    )
    shown = ana.get(f"/patients/{patient}/timeline").body["items"][-1]
    assert shown == {
        "id": "m1",
        "channel": "whatsapp",
        "direction": "inbound",
        "kind": "image",
        "text": "",
        "at": "2026-11-23T14:00:01.000Z",
        "state": "received",
        "author": "patient",
        "purpose": "conversation",
        "contact": None,
        "reply_to": "m0",
        "buttons": [{"payload": "yes", "title": "Sim"}],
        "error": "bad_address",
        "attachments": [
            {"kind": "image", "state": "waiting", "mime": "image/png", "name": "", "description": ""}
        ],
        "call": {"outcome": "answered", "waited_s": 3, "talked_s": 60},
    }


def test_a_long_timeline_comes_in_pages_the_latest_first_each_in_order() -> None:
    patient = written()
    for n in range(1, 110):
        contacts.save_communication("boavista", entry(patient, n, moment=f"2026-11-23T15:{n:03d}"))
    latest = ana.get(f"/patients/{patient}/timeline").body
    earlier = ana.get(f"/patients/{patient}/timeline", next=latest["next"]).body
    order = [one["id"] for one in earlier["items"][1:] + latest["items"]]
    assert order == [f"m{n}" for n in range(1, 110)]
    assert earlier["next"] is None


VISIT = {"start": "2028-11-24T09:30", "practitioner": "Dra. Lima", "type": "consulta", "minutes": 30}
PERSON = {"name": "João Pedro", "phone": "(11) 93333-4444"}


def test_a_visit_is_booked_for_somebody_new_in_the_clinics_own_time() -> None:
    booked = ana.post("/appointments", {**VISIT, **PERSON})
    assert booked.status == 201
    assert booked.body["start"] == "2028-11-24T12:30:00.000Z"
    assert (booked.body["local_start"], booked.body["timezone"]) == ("2028-11-24T09:30", "America/Sao_Paulo")
    assert (booked.body["status"], booked.body["confirmation"], booked.body["version"]) == (
        "booked",
        "none",
        1,
    )
    assert [(one["step"], one["state"]) for one in booked.body["reminders"]] == [
        ("72h", "planned"),
        ("24h", "planned"),
        ("3h", "planned"),
        ("call", "planned"),
    ]
    shown = ana.get(f"/appointments/{booked.body['id']}").body
    assert [one["what"] for one in shown.pop("history")] == ["booked"]
    assert shown == booked.body
    assert ana.get(f"/patients/{booked.body['patient']}").body["kind"] == "patient"


def test_the_agenda_of_a_day_and_what_is_next_for_a_patient() -> None:
    first = ana.post("/appointments", {**VISIT, **PERSON}).body
    second = ana.post(
        "/appointments", {**VISIT, "patient": first["patient"], "start": "2028-11-25T09:30"}
    ).body
    assert [one["id"] for one in ana.get("/appointments", day="2028-11-24").body["items"]] == [first["id"]]
    of_patient = ana.get("/appointments", patient=first["patient"]).body["items"]
    assert [one["id"] for one in of_patient] == [first["id"], second["id"]]
    assert ana.get("/appointments").body == {"items": [], "next": None}


def test_a_visit_is_moved_then_called_off_each_by_the_version_that_was_seen() -> None:
    booked = ana.post("/appointments", {**VISIT, **PERSON}).body
    path = f"/appointments/{booked['id']}"
    moved = ana.post(f"{path}/move", {"start": "2028-11-24T11:00", "version": 1})
    assert (moved.status, moved.body["local_start"], moved.body["version"]) == (200, "2028-11-24T11:00", 2)
    assert ana.post(f"{path}/cancel", {"version": 1}).error == ("stale", None)
    assert ana.post(f"{path}/cancel", {"version": 2}).body["status"] == "cancelled"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"start": "tomorrow"}, "start"),
        ({"start": "2020-01-01T09:00"}, "start"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": "30"}, "minutes"),
        ({"practitioner": ""}, "practitioner"),
        ({"type": None}, "type"),
        ({"phone": "12"}, "phone"),
        ({"language": "xx"}, "language"),
        ({"patient": "p1"}, "patient"),
        ({"phone": None}, "patient"),
        ({"status": "arrived"}, "status"),
    ],
)
def test_a_booking_that_cannot_be_names_its_field(change: dict[str, object], field: str) -> None:
    refused = ana.post("/appointments", {**VISIT, **PERSON, **change})
    assert (refused.status, refused.error) == (400, ("invalid", field))


def test_a_clinic_sees_what_of_its_own_could_not_be_read_and_an_operator_all() -> None:
    for owner in ("boavista", "delsol", None):
        unreadable.keep(owner, "whatsapp", "not JSON", f"{owner}".encode())
    theirs = person("admin").get("/unreadable").body["items"]
    assert [(one["tenant"], one["channel"], one["reason"], one["size"]) for one in theirs] == [
        ("boavista", "whatsapp", "not JSON", 8)
    ]
    everything = operator.get("/unreadable").body["items"]
    assert {one["tenant"] for one in everything} == {"boavista", "delsol", None}


def test_closed_contacts_come_newest_first_and_day_by_day(clinic: Cloud) -> None:
    today = datetime.now(UTC)
    for days in (0, 3, 40):
        sender = f"55119000000{days:02d}"
        record("boavista", received(message_id=f"m{days}", sender=sender), today - timedelta(days=days))
    for contact in contacts.open_contacts("boavista")[0]:
        assert ana.post(f"/contacts/{contact.id}/close", {"disposition": "resolved"}).status == 200
    pages: list[list[str]] = []
    next_ = None
    while True:
        page = ana.get("/contacts", state="closed", **({"next": next_} if next_ else {})).body
        pages.append([one["opened_at"][:10] for one in page["items"]])
        next_ = page["next"]
        if next_ is None:
            break
    opened = [(today - timedelta(days=n)).date().isoformat() for n in (0, 3, 40)]
    assert sorted(pages[0], reverse=True) == opened[:2]
    assert [day for page in pages for day in page][2:] == opened[2:]


def test_the_sample_event_is_answered() -> None:
    sample = json.loads((Path(__file__).parents[2] / "events/api.json").read_text())
    answer = app(sample, Context())
    assert (answer["statusCode"], json.loads(answer["body"])) == (200, {"items": [], "next": None})


def test_who_stands_by_a_patient_is_known_on_both_sides_until_it_is_taken_back() -> None:
    child = ana.post("/appointments", {**VISIT, **PERSON}).body["patient"]
    maria = {"name": "Maria Lima", "phone": "11900000042"}
    mother = ana.post("/appointments", {**VISIT, **maria}).body["patient"]
    told = {"patient": mother, "relationship": "parent"}
    assert ana.post(f"/patients/{child}/related", told).error == ("invalid", "until")
    noted = ana.post(f"/patients/{child}/related", {**told, "until": "2040-05-17"})
    assert noted.status == 201
    expected = {
        "patient": child,
        "related": mother,
        "name": "Maria Lima",
        "relationship": "parent",
        "until": "2040-05-17T03:00:00.000Z",
        "acts": True,
        "by": "agent:ana",
    }
    assert noted.body == {"items": [expected]}
    (mirrored,) = ana.get(f"/patients/{mother}/related").body["items"]
    assert mirrored == {**expected, "name": PERSON["name"]}
    assert ana.call("DELETE", f"/patients/{mother}/related/{child}").body == {"items": []}
    assert ana.get(f"/patients/{child}/related").body == {"items": []}

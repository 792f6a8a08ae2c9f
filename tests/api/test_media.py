"""Files, shown for some minutes or kept to be sent; what patients take from us; other ways in."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from recado.model.communication import Attachment, Communication
from recado.model.contact_point import ContactPoint
from recado.model.record import iso
from recado.store import contacts, media, patients

from tests.actions.test_fetch_media import OGG, PNG, SVG
from tests.api.client import Answer, person
from tests.api.desk import Desk, opened
from tests.cloud import Cloud
from tests.provider import Provider
from tests.samples import NOW, PHONE
from tests.visits import view

ana = person("agent")
lucia = person("agent", tenant="delsol", agent="lucia")


@pytest.fixture
def desk(cloud: Cloud) -> Desk:
    return opened(cloud)


def message(desk: Desk, *files: Attachment, own_id: str = "m1", patient: str | None = None) -> Communication:
    """A message with these files, on the timeline of the desk's patient unless of another."""
    stored = Communication(
        id=own_id,
        patient=patient or desk.contact.patient,
        channel="whatsapp",
        account="1",
        address=PHONE,
        direction="inbound",
        kind="image",
        author="patient",
        state="received",
        at=NOW,
        moment="2026-11-23T15",
        attachments=files,
    )
    contacts.save_communication("boavista", stored)
    return stored


def kept(content: bytes = PNG, mime: str = "image/png", name: str = "") -> Attachment:
    where = media.put("boavista", "m1", 0, content, mime)
    return Attachment(kind="image", state="kept", mime=mime, size=len(content), object=where, name=name)


def path(desk: Desk, own_id: str = "m1", number: object = 0) -> str:
    return f"/contacts/{desk.contact.id}/media/{own_id}/{number}"


@pytest.mark.parametrize(
    ("mime", "inline"),
    [
        ("image/png", True),
        ("audio/ogg", True),
        ("application/pdf", False),
        ("application/octet-stream", False),
        ("image/svg+xml", False),
        ("text/html", False),
    ],
)
def test_a_file_is_shown_for_five_minutes_as_what_it_is(desk: Desk, mime: str, inline: bool) -> None:
    message(desk, kept(mime=mime, name="raio x; 1.png"))
    shown = ana.get(path(desk)).body
    asked = {name: value[0] for name, value in parse_qs(urlsplit(shown["url"]).query).items()}
    assert (shown["mime"], shown["inline"]) == (mime, inline)
    assert asked["X-Amz-Expires"] == "300"
    assert asked["response-content-type"] == mime
    kind = "inline" if inline else "attachment"
    assert asked["response-content-disposition"] == f"{kind}; filename*=UTF-8''raio%20x%3B%201.png"
    assert asked["X-Amz-Algorithm"] == "AWS4-HMAC-SHA256"


def test_on_a_laptop_the_front_door_has_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    message(desk, kept())
    monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:8080")
    url = ana.get(path(desk)).body["url"]
    assert url.startswith("http://127.0.0.1:8080/files/boavista/m1/0?")


@pytest.mark.parametrize("state", ["waiting", "refused", "none"])
def test_a_file_that_we_do_not_have_is_not_found(desk: Desk, state: Any) -> None:
    message(desk, Attachment(kind="image", state=state))
    assert ana.get(path(desk)).status == 404


@pytest.mark.parametrize("number", ["1", "-1", "x", "00000001", "9" * 60, "٣"])
def test_a_number_that_is_no_file_is_not_found(desk: Desk, number: str) -> None:
    message(desk, kept())
    assert ana.get(path(desk, number=number)).status == 404


def test_another_patients_file_is_not_found_by_this_contact(desk: Desk) -> None:
    message(desk, kept(), patient="p9")
    assert ana.get(path(desk)).status == 404
    assert ana.get(path(desk, "nothing")).status == 404


def test_another_clinics_file_is_not_found(desk: Desk) -> None:
    message(desk, kept())
    assert lucia.get(path(desk)).status == 404


def offered(desk: Desk, content: bytes = PNG, **changes: Any) -> Answer:
    body = {"name": "mapa.png", "description": "Como chegar", "data": base64.b64encode(content).decode()}
    sent = {name: value for name, value in {**body, **changes}.items() if value is not None}
    return ana.post(f"/contacts/{desk.contact.id}/media", sent)


def test_a_file_is_kept_and_goes_out_with_a_reply(desk: Desk, provider: Provider) -> None:
    file = offered(desk).body
    assert (file["kind"], file["mime"], file["description"]) == ("image", "image/png", "Como chegar")
    answer = ana.post(f"/contacts/{desk.contact.id}/replies", {"text": "Veja", "media": [file["id"]]})
    assert (answer.status, answer.body["kind"]) == (201, "image")
    (shown,) = answer.body["attachments"]
    assert (shown["description"], shown["state"]) == ("Como chegar", "kept")
    assert ana.get(path(desk, answer.body["id"])).body["mime"] == "image/png"


def test_a_file_needs_no_text_beside_it(desk: Desk) -> None:
    file = offered(desk, OGG, name="a.ogg").body
    answer = ana.post(f"/contacts/{desk.contact.id}/replies", {"media": [file["id"]]})
    assert (answer.status, answer.body["kind"], answer.body["text"]) == (201, "audio", "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": None}, "description"),
        ({"description": " "}, "description"),
        ({"name": None}, "name"),
        ({"data": "%%%%"}, "data"),
        ({"data": base64.b64encode(SVG).decode()}, "data"),
        ({"data": base64.b64encode(b"MZ" + b"\0" * 99).decode()}, "data"),
        ({"data": base64.b64encode(b"hello there").decode()}, "data"),
        ({"mime": "image/png"}, "mime"),
    ],
)
def test_a_file_that_cannot_be_sent_is_refused(desk: Desk, changes: dict[str, Any], field: str) -> None:
    refused = offered(desk, **changes)
    assert (refused.status, refused.error) == (400, ("invalid", field))


def test_four_megabytes_are_taken_and_no_more(desk: Desk) -> None:
    assert offered(desk, PNG + b"\0" * (4_000_000 - len(PNG))).status == 201
    assert offered(desk, PNG + b"\0" * 4_000_000).status == 413
    assert offered(desk, PNG + b"\0" * 5_000_000).status == 413


def test_a_file_goes_only_with_an_answer_in_its_own_contact(desk: Desk) -> None:
    file = offered(desk).body["id"]
    replies = f"/contacts/{desk.contact.id}/replies"
    for name in (file[:-1] + ("a" if file[-1] != "a" else "b"), "m1"):
        assert ana.post(replies, {"media": [name]}).error == ("invalid", "media")
    assert ana.post(replies, {"media": [file, file]}).error == ("invalid", "media")
    assert ana.post(replies, {"media": ["../boavista/m1"]}).error == ("invalid", "media.0")
    other = ana.post("/interactions", {"channel": "frontdesk", "name": "Rui", "phone": "(11) 98888-7777"})
    elsewhere = f"/contacts/{other.body['contact']}/replies"
    assert ana.post(elsewhere, {"media": [file]}).status in (400, 409)


def test_a_patients_wish_is_noted_by_an_agent_and_kept(desk: Desk) -> None:
    patient = f"/patients/{desk.contact.patient}"
    stop = {"action": "stop", "purposes": ["care"], "note": "pediu no balcão"}
    stopped = ana.post(f"{patient}/consents", stop)
    assert (stopped.status, stopped.body["opted_out"]) == (201, ["care"])
    ana.post(f"{patient}/consents", {"action": "start", "purposes": ["care"]})
    shown = ana.get(patient).body
    assert shown["opted_out"] == []
    assert [(one["action"], one["source"], one["evidence"]) for one in shown["consents"]] == [
        ("stop", "agent:ana", "pediu no balcão"),
        ("start", "agent:ana", ""),
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "action"),
        ({"action": "pause", "purposes": ["care"]}, "action"),
        ({"action": "stop", "purposes": []}, "purposes"),
        ({"action": "stop", "purposes": ["sales"]}, "purposes.0"),
        ({"action": "stop", "purposes": ["care"], "note": "x" * 201}, "note"),
    ],
)
def test_a_wish_that_is_none_is_refused(desk: Desk, body: Any, field: str) -> None:
    refused = ana.post(f"/patients/{desk.contact.patient}/consents", body)
    assert refused.error == ("invalid", field)


def test_another_clinics_patient_has_no_wishes_here(desk: Desk) -> None:
    stop = {"action": "stop", "purposes": ["care"]}
    assert lucia.post(f"/patients/{desk.contact.patient}/consents", stop).status == 404


VISIT = {
    "channel": "frontdesk",
    "name": "Rui Prado",
    "phone": "(11) 98888-7777",
    "text": "Perguntou pelo preço da limpeza",
    "origin": {"type": "printed_ad", "id": "revista-11"},
    "key": "v1",
}
RUI = ContactPoint(system="phone", value="+5511988887777")


def test_who_came_to_the_desk_is_on_the_one_timeline_with_what_brought_them(desk: Desk) -> None:
    noted = ana.post("/interactions", VISIT)
    assert (noted.status, noted.body["channel"], noted.body["kind"]) == (201, "frontdesk", "interaction")
    (link,) = patients.view("boavista", RUI).links
    patient = patients.get("boavista", link.patient)
    assert patient.origin is not None
    assert (patient.name, patient.origin.type, patient.origin.id) == ("Rui Prado", "printed_ad", "revista-11")
    contact = contacts.get_contact("boavista", noted.body["contact"])
    assert (contact.state, contact.origin) == ("new", patient.origin)


def test_the_same_one_told_twice_counts_once(desk: Desk) -> None:
    answers = [ana.post("/interactions", VISIT) for _ in range(2)]
    assert answers[0].body == answers[1].body
    (link,) = patients.view("boavista", RUI).links
    assert len(contacts.timeline("boavista", link.patient)[0]) == 1


def test_somebody_we_know_is_told_of_without_moving_where_they_are_answered(desk: Desk) -> None:
    noted = ana.post("/interactions", {**VISIT, "phone": f"+{PHONE}", "name": "Maria"}).body
    assert noted["contact"] == desk.contact.id
    after = contacts.get_contact("boavista", desk.contact.id)
    assert (after.channel, after.address, after.unread) == ("whatsapp", PHONE, desk.contact.unread + 1)
    assert patients.get("boavista", desk.contact.patient).origin is None, "what first brought them stands"
    assert len(view().links) == 1


def test_what_an_agent_writes_of_somebody_settles_nothing(desk: Desk) -> None:
    ana.post("/interactions", {**VISIT, "phone": f"+{PHONE}", "text": "PARAR"})
    after = contacts.get_contact("boavista", desk.contact.id)
    assert after.pending == ()


def test_who_leaves_no_address_is_noted_all_the_same(desk: Desk) -> None:
    noted = ana.post("/interactions", {"channel": "marketplace", "name": "Sem Número"})
    assert noted.status == 201


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "whatsapp"}, "channel"),
        ({"name": ""}, "name"),
        ({"phone": "123"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b c.example"}, "email"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2026-11-24T09:30:00"}, "at"),
        ({"at": "2126-11-24T09:30:00Z"}, "at"),
        ({"origin": {"type": ""}}, "origin.type"),
        ({"origin": {"type": "x", "who": "y"}}, "origin.who"),
        ({"text": "x" * 4097}, "text"),
    ],
)
def test_an_interaction_that_cannot_be_is_refused(desk: Desk, changes: dict[str, Any], field: str) -> None:
    refused = ana.post("/interactions", {**VISIT, **changes})
    assert (refused.status, refused.error) == (400, ("invalid", field))


def test_when_it_was_is_kept(desk: Desk) -> None:
    noted = ana.post("/interactions", {**VISIT, "at": "2020-11-20T09:30:00-03:00"}).body
    stored = contacts.find_communication("boavista", noted["id"])
    assert stored is not None
    assert stored.provider_at is not None
    assert iso(stored.provider_at) == "2020-11-20T12:30:00.000Z"

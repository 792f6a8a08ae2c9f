"""Forms on the clinic's page: whatever a browser sends, and whatever else somebody may."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Outgoing, Received, Reply, Request, Secrets, Unreadable, webform
from recado.channels.http import Http
from recado.errors import Forged, SendFailed, TooLarge

from tests.channels.specimens import AT, Specimen
from tests.channels.wire import through

ACCOUNT = "pub-form-1"
ORIGIN = "https://clinic.example"
EVENTS = Path(__file__).parents[2] / "events"


def secrets(*origins: str) -> Secrets:
    return {"origins": list(origins or (ORIGIN,))}


def from_page(request: Request, origin: str) -> Request:
    return request._replace(headers={**request.headers, "origin": origin})


def posted(body: bytes | dict[str, Any], kind: str = "application/json", **headers: str) -> Request:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    told = {"content-type": kind, "origin": ORIGIN, **headers}
    return Request("POST", f"/webhooks/webform/{ACCOUNT}", {}, told, raw, account=ACCOUNT, at=AT)


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=secrets,
    sign=from_page,
    keys=(ORIGIN, "https://www.clinic.example", "http://old.example:8080"),
    body_signed=False,
    unknown=posted({"nombre": "Ana", "teléfono": "600"}),
)


def read(body: bytes | dict[str, Any], kind: str = "application/json", **headers: str) -> Received:
    (event,) = webform.parse(posted(body, kind, **headers))
    assert isinstance(event, Received), event
    return event


def answered(body: bytes | dict[str, Any], kind: str = "application/json", **headers: str) -> Reply:
    return webform.reply(posted(body, kind, **headers), secrets())


def multipart(*parts: tuple[str, str]) -> tuple[bytes, str]:
    lines = [
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts
    ]
    return ("".join(lines) + "--X--\r\n").encode(), "multipart/form-data; boundary=X"


FULL = {
    "name": "Lucía Romero",
    "phone": "+34 600 11 22 33",
    "email": "Lucia@Example.com",
    "message": "¿Tienen hora el martes?\nGracias",
    "service": "Revisión",
    "preferred_time": "tarde",
    "consent": "on",
    "consent_wording": "2026-11",
    "utm_campaign": "otoño",
    "page": "https://clinic.example/contacto",
    "submission_id": "s-1",
}


def test_what_somebody_wrote_wants_and_where_they_came_from_is_all_there() -> None:
    event = read(FULL)
    assert event.key == f"webform/{ACCOUNT}/message/s-1"
    assert event.sender == "+34600112233"
    assert event.identities == [("phone", "+34600112233"), ("unverified_email", "lucia@example.com")]
    assert event.event["name"] == "Lucía Romero"
    assert event.event["origin"] == {"type": "form", "id": "otoño", "url": "https://clinic.example/contacto"}
    assert event.event["text"] == (
        "¿Tienen hora el martes?\nGracias\n\n"
        "service: Revisión\npreferred_time: tarde\nconsent: on\nconsent_wording: 2026-11"
    )
    assert event.event["form"] == FULL
    assert event.raw == {"fields": FULL}


@pytest.mark.parametrize("kind", ["json", "urlencoded", "multipart"])
def test_a_form_is_the_same_however_it_is_sent(kind: str) -> None:
    ways = {
        "json": (json.dumps(FULL).encode(), "application/json; charset=utf-8"),
        "urlencoded": (urlencode(FULL).encode(), "application/x-www-form-urlencoded"),
        "multipart": multipart(*FULL.items()),
    }
    assert read(*ways[kind]) == read(FULL)


def test_a_page_that_is_not_in_utf_8_loses_no_accent() -> None:
    event = read(b"message=caf%E9+ma%F1ana&phone=%2B34600112233", "application/x-www-form-urlencoded")
    assert event.event["text"] == "café mañana"


def test_of_several_boxes_with_one_name_all_that_were_ticked_are_kept() -> None:
    event = read(b"message=Oi&day=seg&day=qua", "application/x-www-form-urlencoded")
    assert event.event["form"]["day"] == "seg, qua"
    assert read({"message": "Oi", "day": ["seg", "qua"]}).event["form"]["day"] == "seg, qua"


def test_of_a_file_only_its_name_is_kept() -> None:
    body = (
        b'--X\r\nContent-Disposition: form-data; name="message"\r\n\r\nOi\r\n'
        b'--X\r\nContent-Disposition: form-data; name="exam"; filename="rx.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n%PDF\r\n--X--\r\n"
    )
    assert read(body, "multipart/form-data; boundary=X").event["form"] == {"message": "Oi", "exam": "rx.pdf"}


def test_no_line_break_that_was_typed_leaves_its_field() -> None:
    event = read({"name": "Eve\r\nBcc: all@example.com", "message": "a\r\nb", "topic": "x\r\ny"})
    assert event.event["name"] == "Eve Bcc: all@example.com"
    assert event.event["text"] == "a\nb\n\ntopic: x y"


@pytest.mark.parametrize(
    ("typed", "identities", "left"),
    [
        ("+55 (11) 98765-4321", [("phone", "+5511987654321")], None),
        ("0034 600 112 233", [("phone", "+34600112233")], None),
        ("(11) 98765-4321", [], "(11) 98765-4321"),
    ],
)
def test_a_number_without_its_country_is_left_for_the_clinic_s_to_complete(
    typed: str, identities: list[Any], left: str | None
) -> None:
    event = read({"phone": typed})
    assert event.identities == identities
    assert event.event.get("typed_phone") == left
    assert event.sender == (identities[0][1] if identities else typed)


def test_an_e_mail_address_that_somebody_typed_is_proof_of_nothing() -> None:
    assert read({"email": "Ana@Example.com"}).identities == [("unverified_email", "ana@example.com")]


def test_the_same_form_again_is_the_same_and_the_next_day_s_is_another() -> None:
    form = posted({"phone": "+34600112233", "message": "Hola"})
    (once,), (twice,) = webform.parse(form), webform.parse(form)
    (tomorrow,) = webform.parse(form._replace(at="2026-11-24T09:00:00Z"))
    assert isinstance(once, Received)
    assert isinstance(tomorrow, Received)
    assert once == twice
    assert tomorrow.key != once.key


def test_a_form_whose_trap_is_filled_in_is_answered_and_dropped() -> None:
    spam = {"message": "Buy", "website": "http://spam.example"}
    assert webform.parse(posted(spam)) == []
    assert answered(spam).status == 200


def test_who_sends_by_script_is_answered_in_json() -> None:
    told = answered(FULL)
    assert (told.status, told.kind, json.loads(told.text)) == (200, "application/json", {"received": True})
    assert told.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("thanks", "status"),
    [
        ("https://clinic.example/gracias", 303),
        ("javascript:alert(1)", 200),
        ("https://a.example/\r\nx: y", 200),
        (None, 200),
    ],
)
def test_who_sends_without_a_script_is_shown_the_clinic_s_thanks(thanks: str | None, status: int) -> None:
    told = webform.reply(posted(FULL, accept="text/html,*/*"), {**secrets(), "thanks_url": thanks})
    assert told.status == status
    assert told.headers.get("location") == (thanks if status == 303 else None)
    assert ("Thank you" in told.text) == (status == 200)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phone": "call me", "message": "Hi"}, "phone"),
        ({"email": "ana@", "message": "Hi"}, "email"),
        ({"email": "a@b.c, d@e.f", "message": "Hi"}, "email"),
        ({"name": "Ana"}, "message"),
        ({"message": {"a": 1}}, "message"),
    ],
)
def test_what_the_sender_can_mend_is_refused_by_the_name_of_its_field_and_kept(
    wrong: dict[str, Any], field: str
) -> None:
    told = answered(wrong)
    assert told.status == 400
    assert json.loads(told.text)["error"]["field"] == field
    (kept,) = webform.parse(posted(wrong))
    assert isinstance(kept, Unreadable) or kept.kind == "notice"
    assert kept.account == ACCOUNT


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"{}", "application/json"),
        (b'{"message": NaN}', "application/json"),
        (b"&&&", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % n for n in range(200)), "application/x-www-form-urlencoded"),
        (b"no boundary", "multipart/form-data"),
        (b"--X\r\nbroken", "multipart/form-data; boundary=X"),
        (b"<a/>", "application/xml"),
        (b'{"message": "' + b"a" * 70_000 + b'"}', "application/json"),
    ],
)
def test_what_is_no_form_is_refused_and_kept(body: bytes, kind: str) -> None:
    assert answered(body, kind).status == 400
    (kept,) = webform.parse(posted(body, kind))
    assert isinstance(kept, Unreadable)
    assert kept.raw == body


@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(
        ["multipart/form-data; boundary=X", "multipart/form-data", "application/x-www-form-urlencoded"]
    ),
)
def test_no_bytes_in_any_form_s_clothes_raise(body: bytes, kind: str) -> None:
    webform.parse(posted(body, kind))
    webform.reply(posted(body, kind), secrets())


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://clinic.example.evil.example"},
        {"origin": "http://clinic.example"},
        {"origin": "https://clinic.example:8443"},
        {"origin": "null"},
        {"origin": "https://evil.example", "referer": "https://clinic.example/contato"},
        {"origin": "https://[broken"},
        {"referer": "https://evil.example/?https://clinic.example"},
        {},
    ],
)
def test_another_page_s_form_is_forged(headers: dict[str, str]) -> None:
    with pytest.raises(Forged):
        webform.verify(posted(FULL)._replace(headers=headers), secrets())


def test_a_page_that_names_no_origin_is_known_by_its_address() -> None:
    request = posted(FULL)._replace(headers={"referer": "https://clinic.example/contato?x=1"})
    webform.verify(request, secrets("https://CLINIC.example/"))


def test_a_form_over_its_limit_is_not_read() -> None:
    with pytest.raises(TooLarge):
        webform.verify(posted(b" " * 65_537), secrets())


def test_a_form_cannot_be_written_to() -> None:
    with pytest.raises(SendFailed) as failed:
        webform.send(ACCOUNT, {}, Outgoing("r", "+34600112233", "Hola"), through(Http()))
    assert failed.value.outcome == "fix_request"


@pytest.mark.parametrize("name", ["webform_contact", "webform_appointment"])
def test_the_samples_are_messages(name: str) -> None:
    assert read((EVENTS / f"{name}.json").read_bytes()).kind == "message"

"""The front door lets in whom it should, and to where it should."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import httpx
import pytest
from recado.channels import connect

from infra.local import __main__ as command
from infra.local.clinics import CLINICS
from infra.local.connect import Call
from infra.local.door import GATEWAY_LIMIT
from infra.local.fakes import meta
from infra.local.phone import number
from tests.infra.providers import PERSON, SECRET, Stage, staged


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


@pytest.fixture
def door(stage: Stage) -> httpx.Client:
    return stage.client


def test_a_request_goes_through_byte_for_byte(door: httpx.Client, stage: Stage) -> None:
    raw = b'{"a":"\\u00e9\\/"}'
    headers = {"x-hub-signature-256": "sha256=00", "content-type": "application/json"}
    answer = door.post("/webhooks/whatsapp?a=%2F&b=1", content=raw, headers=headers)
    passed = stage.webhooks[0]
    assert passed.url.endswith("/webhooks/whatsapp?a=%2F&b=1")
    assert (passed.body, passed.headers["x-hub-signature-256"]) == (raw, "sha256=00")
    assert answer.text == "from behind"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/api/..%2f..%2f_ministack/reset", "/api/%2e%2e/x", "/webhooks/a/../../b", "/api/"]
)
def test_there_is_no_way_around_the_two_apis(door: httpx.Client, stage: Stage, path: str) -> None:
    assert door.get(door.base_url.copy_with(raw_path=path.encode())).status_code == 404
    assert not stage.webhooks


@pytest.mark.parametrize(
    "path", ["/_ministack/health", "/_aws/execute-api/x/api/me", "/2015-03-31/functions"]
)
def test_nothing_else_of_the_emulator_is_there(door: httpx.Client, stage: Stage, path: str) -> None:
    assert door.get(path).status_code == 404
    assert not stage.webhooks


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "", "127.0.0.1:9112@evil"]
)
def test_another_hosts_name_is_refused(door: httpx.Client, host: str) -> None:
    assert door.get("/demo", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999"])
def test_another_pages_requests_are_refused(door: httpx.Client, origin: str) -> None:
    assert door.post("/phone/whatsapp", json={}, headers={"origin": origin}).status_code == 403
    assert door.get("/demo", headers={"origin": origin}).status_code == 403


def test_our_own_pages_requests_are_not(door: httpx.Client) -> None:
    answer = door.get("/demo", headers={"origin": str(door.base_url).rstrip("/")})
    assert answer.json() == {"ready": True}


def test_what_a_browser_says_of_itself_ends_at_the_door(door: httpx.Client, stage: Stage) -> None:
    origin = str(door.base_url).rstrip("/")
    headers = {"origin": origin, "referer": f"{origin}/", "sec-fetch-site": "same-origin", "x-kept": "1"}
    headers["x-page-origin"] = "http://evil.example"
    assert door.post("/api/contacts/c/replies", json={}, headers=headers).status_code == 200
    passed = stage.webhooks[0].headers
    assert not {"origin", "referer", "sec-fetch-site"}.intersection(passed)
    assert passed["x-kept"] == "1"
    assert passed["x-page-origin"] == origin, "the door's own word for it, and nobody else's"


def test_a_clinic_s_page_has_its_form_and_its_chat_and_only_our_pages_may_frame_it(
    door: httpx.Client,
) -> None:
    answer = door.get("/site/boavista?who=1")
    assert 'action="/webhooks/webform/form-boavista' in answer.text
    assert 'data-key="chat-boavista' in answer.text
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert door.get("/site/nobody").status_code == 404
    for path in ("/chat/recado-chat.js", "/site-files/site.css", "/site-files/visitor.js"):
        assert door.get(path).status_code == 200


FILE = "/files/bucket/a?X-Amz-Signature=1"


@pytest.mark.parametrize("kind", ["image/png", "image/webp", "audio/ogg", "audio/ogg; codecs=opus"])
def test_a_picture_and_a_voice_may_be_shown(door: httpx.Client, kind: str) -> None:
    asked = {"response-content-type": kind, "response-content-disposition": "inline; filename=a"}
    headers = door.get(f"{FILE}&{urlencode(asked)}").headers
    assert (headers["content-type"], headers["content-disposition"]) == (kind, "inline; filename=a")


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "application/pdf", "image/png,text/html", "audio/x y", ""]
)
def test_any_other_file_is_saved_whatever_its_address_says(door: httpx.Client, kind: str) -> None:
    asked = {"response-content-type": kind, "response-content-disposition": "inline; filename=a"}
    headers = door.get(f"{FILE}&{urlencode(asked)}").headers
    told = (headers["content-type"], headers["content-disposition"], headers["x-content-type-options"])
    assert told == ("application/octet-stream", "attachment; filename=a", "nosniff")


def test_a_file_without_a_signature_is_none(door: httpx.Client, stage: Stage) -> None:
    assert door.get("/files/bucket/a").status_code == 403
    assert not stage.webhooks


def test_a_body_that_the_gateway_would_not_take_is_refused(door: httpx.Client, stage: Stage) -> None:
    assert door.post("/webhooks/whatsapp", content=b"x" * (GATEWAY_LIMIT + 1)).status_code == 413
    assert not stage.webhooks


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"clinic": "boavista", "from": "x", "text": "y"},
        {"clinic": "boavista", "from": PERSON, "email": "no address", "text": "y"},
        {"clinic": "nobody", "from": PERSON, "text": "y"},
    ],
)
def test_a_phone_that_makes_no_sense_is_told_so(door: httpx.Client, wish: dict[str, str]) -> None:
    assert door.post("/phone/whatsapp", json=wish).status_code == 400
    assert door.post("/phone/call", json=wish | {"hang_up": "never"}).status_code == 400


def test_an_app_that_there_is_not_is_told_so(door: httpx.Client) -> None:
    wish = {"clinic": "boavista", "from": PERSON, "text": "y"}
    assert door.post("/phone/pager", json=wish).status_code == 400


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b'{"entry":1}', b"[" * 100_000, b'{"entry":[{"changes":[{"value":1}]}]}', b"From=1"]
)
@pytest.mark.parametrize(
    "channel", ["whatsapp", "messenger", "telegram/7100000001", "twilio_sms/551130000001"]
)
def test_an_accepted_webhook_that_no_phone_would_send_opens_nothing(
    raw: bytes, channel: str, door: httpx.Client, stage: Stage
) -> None:
    assert door.post(f"/webhooks/{channel}", content=raw).status_code == 200
    assert not stage.outbox.conversation(CLINICS[0].whatsapp, PERSON)


def test_a_provider_calls_again_until_it_is_heard(stage: Stage) -> None:
    stage.status = 503
    body = meta.webhook(meta.message(CLINICS[0].lines[0], PERSON, "Zoë", {"type": "text"}))
    assert asyncio.run(meta.call(stage.site.post, "whatsapp", body, SECRET)) is False
    assert len(stage.webhooks) == 5
    assert len({request.body for request in stage.webhooks}) == 1


def test_a_message_that_the_clinic_refuses_is_not_on_the_phone(door: httpx.Client, stage: Stage) -> None:
    stage.status = 403
    wish = {"clinic": "boavista", "from": PERSON, "text": "Olá"}
    assert door.post("/phone/whatsapp", json=wish).status_code == 502
    assert stage.screen("whatsapp") == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("+55 (11) 98765-4321", "5511987654321"), ("12", ""), (None, ""), ("0" * 9, "")]
)
def test_a_phone_number_is_its_digits(typed: str | None, meant: str) -> None:
    assert number(typed) == meant


def test_the_phone_knows_every_app_of_a_clinic_and_its_lines(door: httpx.Client) -> None:
    apps = door.get("/phone/clinics").json()["items"][0]["apps"]
    lines = {one["app"]: [line["channel"] for line in one["lines"]] for one in apps}
    assert lines == {
        "whatsapp": ["whatsapp", "twilio_whatsapp", "aws_social"],
        "sms": ["twilio_sms", "aws_sms"],
        "telegram": ["telegram"],
        "messenger": ["messenger"],
        "instagram": ["instagram"],
        "email": ["email"],
        "webchat": ["webchat"],
    }


@pytest.mark.parametrize(("name", "start"), [("photo.png", b"\x89PNG\r\n"), ("voice.ogg", b"OggS")])
def test_the_phone_has_a_picture_and_a_voice_note(door: httpx.Client, name: str, start: bytes) -> None:
    assert door.get(f"/phone/files/{name}").content.startswith(start)
    assert door.get("/phone/files/other.exe").status_code == 404


def test_the_fake_connect_speaks_as_connect_does() -> None:
    ended = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    queued = ended - timedelta(seconds=25)
    call = Call("c1", CLINICS[0], "+5511987654321", queued - timedelta(seconds=8), queued, ended)
    asked = connect.parse(call.question())
    assert isinstance(asked, connect.Asked)
    assert (asked.step, asked.report.caller, asked.report.dialled) == (
        "lookup",
        "+5511987654321",
        CLINICS[0].phone,
    )
    event = connect.parse(call.event("DISCONNECTED", ended))
    record = connect.parse(call.record())
    for told in (event, record):
        assert isinstance(told, connect.Report)
        assert (told.call, told.queued_at, told.answered_at, told.ended_at) == ("c1", queued, None, ended)


def test_a_port_that_is_taken_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(command.CannotRun, match="cannot be used"):
            command._listen(taken.getsockname()[1])

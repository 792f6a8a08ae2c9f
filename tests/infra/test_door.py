"""The front door lets in whom it should, and to where it should."""

import asyncio
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from recado.channels import connect

from infra.local import __main__ as command
from infra.local import meta
from infra.local.clinics import CLINICS
from infra.local.connect import Call, Connect
from infra.local.door import GATEWAY_LIMIT, Door, Upstream
from infra.local.emulator import Emulator
from infra.local.outbox import Outbox
from infra.local.phone import Phone, keep_inbound, number
from infra.local.whatsapp import WhatsApp
from tests.infra.serving import served


class Gateway:
    """What stands behind the door: takes everything, and remembers it."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.status = 200

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self.status, headers={"access-control-allow-origin": "*"}, text="from behind")


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def outbox() -> Outbox:
    return Outbox(None)


@pytest.fixture
def door(
    gateway: Gateway, outbox: Outbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    client = httpx.AsyncClient(transport=httpx.MockTransport(gateway))
    upstream = Upstream("http://behind/rest/api", "http://behind/http/webhooks", "secret", client)

    async def deliver(body: dict[str, object]) -> bool:
        return await upstream.deliver(outbox, body)

    whatsapp = WhatsApp(outbox, {}, deliver)
    connect = Connect(Emulator(tmp_path_factory.getbasetemp(), state=None), "voice")
    phone = Phone(outbox, whatsapp, deliver, connect)
    app = Door(upstream, outbox, whatsapp, phone, lambda: {"ready": True}).app()
    with served(app) as made:
        yield made


def test_a_request_goes_through_byte_for_byte(door: httpx.Client, gateway: Gateway) -> None:
    raw = b'{"a":"\\u00e9\\/"}'
    headers = {"x-hub-signature-256": "sha256=00", "content-type": "application/json"}
    answer = door.post("/webhooks/whatsapp?a=%2F&b=1", content=raw, headers=headers)
    passed = gateway.requests[0]
    assert str(passed.url) == "http://behind/http/webhooks/whatsapp?a=%2F&b=1"
    assert (passed.content, passed.headers["x-hub-signature-256"]) == (raw, "sha256=00")
    assert answer.text == "from behind"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/api/..%2f..%2f_ministack/reset", "/api/%2e%2e/x", "/webhooks/a/../../b", "/api/"]
)
def test_there_is_no_way_around_the_two_apis(door: httpx.Client, gateway: Gateway, path: str) -> None:
    assert door.get(door.base_url.copy_with(raw_path=path.encode())).status_code == 404
    assert not gateway.requests


@pytest.mark.parametrize(
    "path", ["/_ministack/health", "/_aws/execute-api/x/api/me", "/2015-03-31/functions"]
)
def test_nothing_else_of_the_emulator_is_there(door: httpx.Client, gateway: Gateway, path: str) -> None:
    assert door.get(path).status_code == 404
    assert not gateway.requests


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


def test_what_a_browser_says_of_itself_ends_at_the_door(door: httpx.Client, gateway: Gateway) -> None:
    origin = str(door.base_url).rstrip("/")
    headers = {"origin": origin, "referer": f"{origin}/", "sec-fetch-site": "same-origin", "x-kept": "1"}
    assert door.post("/api/contacts/c/replies", json={}, headers=headers).status_code == 200
    passed = gateway.requests[0].headers
    assert not {"origin", "referer", "sec-fetch-site"}.intersection(passed)
    assert passed["x-kept"] == "1"


def test_a_body_that_the_gateway_would_not_take_is_refused(door: httpx.Client, gateway: Gateway) -> None:
    assert door.post("/webhooks/whatsapp", content=b"x" * (GATEWAY_LIMIT + 1)).status_code == 413
    assert not gateway.requests


def test_what_the_phone_writes_is_signed_as_meta_signs(
    door: httpx.Client, gateway: Gateway, outbox: Outbox
) -> None:
    wish = {"clinic": "boavista", "from": "+55 11 98765-4321", "name": "Zoë", "text": "a/b é 😀"}
    answer = door.post("/phone/whatsapp", json=wish)
    assert answer.status_code == 201
    raw = gateway.requests[0].content
    assert b"a\\/b \\u00e9 \\ud83d\\ude00" in raw
    assert gateway.requests[0].headers["x-hub-signature-256"] == meta.signature(raw, "secret")
    assert outbox.conversation("100000000000001", "5511987654321")[0]["text"] == "a/b é 😀"
    shown = door.get("/phone/whatsapp", params={"clinic": "boavista", "from": "5511987654321"}).json()[
        "items"
    ]
    assert [(item["direction"], item["text"]) for item in shown] == [("inbound", "a/b é 😀")]


@pytest.mark.parametrize(
    "wish",
    [{}, {"clinic": "boavista", "from": "x", "text": "y"}, {"clinic": "nobody", "from": "5511987654321"}],
)
def test_a_phone_that_makes_no_sense_is_told_so(door: httpx.Client, wish: dict[str, str]) -> None:
    assert door.post("/phone/whatsapp", json=wish).status_code == 400
    assert door.post("/phone/call", json=wish).status_code == 400


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b'{"entry":1}', b"[" * 100_000, b'{"entry":[{"changes":[{"value":1}]}]}']
)
def test_an_accepted_webhook_that_no_phone_would_send_opens_nothing(raw: bytes, outbox: Outbox) -> None:
    keep_inbound(outbox, raw)
    assert not outbox.conversation("100000000000001", "5511987654321")


def test_meta_calls_again_until_it_is_heard(gateway: Gateway, outbox: Outbox) -> None:
    gateway.status = 503

    async def run() -> bool:
        async with httpx.AsyncClient(transport=httpx.MockTransport(gateway)) as client:
            upstream = Upstream("", "http://behind", "secret", client, pause=0)
            return await upstream.deliver(
                outbox, meta.message(CLINICS[0], "5511987654321", "Zoë", {"type": "text"})
            )

    assert asyncio.run(run()) is False
    assert len(gateway.requests) == 5
    assert len({request.content for request in gateway.requests}) == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("+55 (11) 98765-4321", "5511987654321"), ("12", ""), (None, ""), ("0" * 9, "")]
)
def test_a_phone_number_is_its_digits(typed: str | None, meant: str) -> None:
    assert number(typed) == meant


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

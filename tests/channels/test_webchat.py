"""The chat on the clinic's page: who may say what, in whose name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from recado.channels import Outgoing, Received, Request, Secrets, Template, Unreadable, visitors, webchat
from recado.channels import Wire as ChannelWire
from recado.channels.http import Http
from recado.channels.requests import by_http
from recado.errors import Busy, Forged, SendFailed, TooLarge

from tests.channels.specimens import AT, Specimen
from tests.channels.wire import through

ACCOUNT = "pub-chat-1"
ORIGIN = "https://clinic.example"
KEY = "visitor-key-today"
VISITOR = "v" + "a" * 20
OTHER = "v" + "b" * 20
EVENTS = Path(__file__).parents[2] / "events"


def secrets(*keys: str) -> Secrets:
    return {"origins": [ORIGIN], "visitor_keys": list(keys or (KEY,))}


def sign(request: Request, key: str) -> Request:
    visitor = visitors.named(request.headers["authorization"].removeprefix("Bearer "))
    token = visitors.issued(visitor, request.account, key, AT)
    return request._replace(headers={**request.headers, "authorization": f"Bearer {token}", "origin": ORIGIN})


def asked(body: bytes | dict[str, Any], visitor: str | None = VISITOR, **headers: str) -> Request:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    token = {"authorization": f"Bearer {visitors.issued(visitor, ACCOUNT, KEY, AT)}"} if visitor else {}
    told = {"content-type": "application/json", "origin": ORIGIN, **token, **headers}
    return Request("POST", f"/webhooks/webchat/{ACCOUNT}", {}, told, raw, account=ACCOUNT, at=AT)


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=secrets,
    sign=sign,
    body_signed=False,
    unknown=asked({"type": "wave", "hand": "left"}),
    statuses=[asked({"type": "seen", "messages": ["c0ffee"]})],
    to=VISITOR,
)


def read(body: bytes | dict[str, Any], visitor: str | None = VISITOR) -> Received:
    (event,) = webchat.parse(asked(body, visitor))
    assert isinstance(event, Received), event
    return event


def written(text: str = "Olá", ident: str = "c-1", **more: Any) -> dict[str, Any]:
    return {"type": "message", "clientMsgId": ident, "text": text, **more}


def test_a_message_is_its_token_s_visitor_s_whatever_the_page_says() -> None:
    event = read(
        written(
            name="  Dr.\r\nHouse ",
            tenant="delsol",
            visitorId=OTHER,
            sender=OTHER,
            ts=1,
            page="https://clinic.example/x",
        )
    )
    assert event.sender == VISITOR
    assert event.identities == [("webchat", VISITOR)]
    assert event.account == ACCOUNT
    assert event.at == AT
    assert event.event["name"] == "Dr. House"
    assert event.event["origin"] == {"type": "page", "id": "", "url": "https://clinic.example/x"}


def test_the_same_message_again_has_the_same_key_and_another_visitor_s_of_that_name_its_own() -> None:
    assert read(written("um")).key == read(written("um, de novo")).key
    assert read(written()).key != read(written(), OTHER).key
    assert read(written()).event["provider_id"] != read(written(), OTHER).event["provider_id"]


def test_markup_is_text() -> None:
    assert read(written("<img src=x onerror=alert(1)>")).event["text"] == "<img src=x onerror=alert(1)>"


def test_a_pressed_button_says_what_it_carries() -> None:
    assert read(written("Confirmar", payload="confirm:a1:1")).event["payload"] == "confirm:a1:1"


@pytest.mark.parametrize("page", ["javascript:alert(1)", "https://a b", "", 5, None])
def test_only_an_address_is_one(page: object) -> None:
    assert read(written(page=page)).event["origin"] is None


def test_what_somebody_has_seen_is_a_receipt_of_each_once() -> None:
    events = webchat.parse(asked({"type": "seen", "messages": ["m1", "m2", "m1", 3, "", "x" * 300]}))
    assert [event.event["reference"] for event in events if isinstance(event, Received)] == ["m1", "m2"]
    assert all(
        isinstance(event, Received) and (event.kind, event.event["status"]) == ("receipt", "read")
        for event in events
    )


@pytest.mark.parametrize(
    "body",
    [
        written(ident=""),
        written(ident="c" * 300),
        written("a" * 4097),
        {"type": "message", "clientMsgId": "c-1", "text": 5},
        [],
        b"{",
        b"\xff",
    ],
)
def test_what_cannot_be_read_is_refused_and_kept(body: Any) -> None:
    request = asked(body if isinstance(body, bytes) else json.dumps(body).encode())
    (kept,) = webchat.parse(request)
    assert isinstance(kept, Unreadable)
    assert kept.account == ACCOUNT
    assert webchat.reply(request, secrets()).status == 400


def test_a_greeting_gives_a_token_and_is_no_event() -> None:
    hello = asked({"type": "hello"}, None)
    webchat.verify(hello, secrets())
    assert webchat.parse(hello) == []
    token = json.loads(webchat.reply(hello, secrets()).text)["token"]
    assert visitors.verify(token, ACCOUNT, [KEY], AT) != VISITOR


def test_who_greets_with_a_token_is_still_the_same_and_has_one_of_today_s_key() -> None:
    hello = asked({"type": "hello"})
    webchat.verify(hello, secrets("new-key", KEY))
    token = json.loads(webchat.reply(hello, secrets("new-key", KEY)).text)["token"]
    assert visitors.verify(token, ACCOUNT, ["new-key"], AT) == VISITOR


@pytest.mark.parametrize(
    "request_",
    [
        asked(written(), None),
        asked({"type": "seen", "messages": ["m1"]}, None),
        asked(b"{", None),
        asked(b'{"type": ["hello"]}', None),
        asked({"type": "hello"}, None, authorization="Bearer nonsense"),
        asked({"type": "hello"}, None, origin="https://evil.example"),
        asked(written(), origin="https://evil.example"),
        asked(written(), authorization="Basic dXNlcg=="),
        asked(written())._replace(account="pub-chat-2"),
        asked(written())._replace(at=""),
    ],
)
def test_without_a_token_or_from_another_page_only_nothing_is_said(request_: Request) -> None:
    with pytest.raises(Forged):
        webchat.verify(request_, secrets())


def looking(**headers: str) -> Request:
    path = f"/webhooks/webchat/{ACCOUNT}"
    return Request("GET", path, {}, headers, b"", account=ACCOUNT, at=AT)


def test_who_looks_in_is_known_by_their_token_even_where_a_browser_names_no_page() -> None:
    token = asked(b"").headers["authorization"]
    for page in ({}, {"origin": ORIGIN}, {"referer": f"{ORIGIN}/contato"}):
        request = looking(authorization=token, **page)
        webchat.verify(request, secrets())
        assert webchat.handshake(request, secrets()) == VISITOR
    for page in ({"origin": "https://evil.example"}, {"referer": "https://evil.example/"}):
        with pytest.raises(Forged):
            webchat.verify(looking(authorization=token, **page), secrets())
    with pytest.raises(Forged):
        webchat.verify(looking(origin=ORIGIN), secrets())
    with pytest.raises(Forged):
        webchat.verify(looking(), secrets())


def test_a_request_over_its_limit_is_not_read() -> None:
    with pytest.raises(TooLarge):
        webchat.verify(asked(b" " * 40_000), secrets())


def left(outgoing: Outgoing) -> tuple[str, Mapping[str, Any]]:
    box: list[tuple[str, Mapping[str, Any]]] = []
    wire = ChannelWire(Http(), lambda _: None, lambda address, item: box.append((address, item)))
    assert webchat.send(ACCOUNT, {}, outgoing, wire).provider_id == outgoing.reference
    return box[0]


def test_an_answer_is_left_for_its_visitor_under_our_own_reference() -> None:
    message = Outgoing("ref", VISITOR, "Até amanhã!", buttons=[("confirm", "Confirmar")], by_person=True)
    assert left(message) == (
        VISITOR,
        {"id": "ref", "text": "Até amanhã!", "buttons": [["confirm", "Confirmar"]], "person": True},
    )


def test_a_template_s_buttons_are_the_message_s() -> None:
    template = Template("booked", "es", {}, [("confirm:a1:1", "Confirmar")])
    assert left(Outgoing("ref", VISITOR, "Hola", template))[1]["buttons"] == [["confirm:a1:1", "Confirmar"]]


def test_what_could_not_be_left_may_be_left_again() -> None:
    def busy(*_: object) -> None:
        raise Busy

    wire = ChannelWire(Http(), lambda _: None, busy)
    with pytest.raises(SendFailed) as failed:
        webchat.send(ACCOUNT, {}, Outgoing("ref", VISITOR, "Hola"), wire)
    assert failed.value.outcome == "retry"


def test_what_is_too_long_is_never_left() -> None:
    with pytest.raises(SendFailed) as failed:
        webchat.send(ACCOUNT, {}, Outgoing("ref", VISITOR, "a" * 4097), through(Http()))
    assert failed.value.outcome == "fix_request"


@pytest.mark.parametrize("name", ["webchat_message", "webchat_seen"])
def test_the_samples_are_read(name: str) -> None:
    _, request = by_http(json.loads((EVENTS / f"{name}.json").read_text()))
    assert [one for one in webchat.parse(request) if isinstance(one, Received)]

"""Sending on Messenger and Instagram."""

from __future__ import annotations

from typing import Any

import pytest
from recado.channels import Channel, Media, Outgoing, Sent, Template, instagram, messenger
from recado.channels.http import Http, may_reach
from recado.channels.meta_send import request_body
from recado.errors import SendFailed

from tests.channels.wire import answer, through, wire

TOKEN = {"access_token": "token-1"}
HELLO = Outgoing(reference="c-1", to="7000000000000001", text="Olá")
ACCEPTED = {"recipient_id": "7000000000000001", "message_id": "m_out"}
PICTURE = Media("https://files.example/1", "image", "image/png", "1.png", "Mapa", lambda: b"")
BOTH: list[Channel] = [messenger, instagram]


def body(outgoing: Outgoing) -> Any:
    return request_body(outgoing, messenger.TRAITS.media)


def send(*answers: bytes, outgoing: Outgoing = HELLO, by: Channel = messenger) -> tuple[Sent, Any]:
    with wire(*answers) as provider:
        sent = by.send("300000000000001", TOKEN, outgoing, through(Http(provider.url)))
    return sent, provider.requests[0]


def failed(status: int, told: object) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        send(answer(status, told))
    return caught.value


def refused(outgoing: Outgoing, by: Channel = messenger) -> SendFailed:
    """Before anything leaves: there is nobody to take it."""
    with pytest.raises(SendFailed) as caught:
        by.send("300000000000001", TOKEN, outgoing, through(Http()))
    return caught.value


@pytest.mark.parametrize("by", BOTH)
def test_a_text_goes_with_the_token_and_our_reference(by: Channel) -> None:
    sent, (head, told) = send(answer(200, ACCEPTED), by=by)
    assert sent == Sent("m_out")
    assert head.startswith("POST /graph.facebook.com/v25.0/me/messages ")
    assert "authorization: Bearer token-1" in head
    assert told == {
        "recipient": {"id": "7000000000000001"},
        "messaging_type": "RESPONSE",
        "message": {"text": "Olá", "metadata": "c-1"},
    }


@pytest.mark.parametrize(
    ("by_person", "outside", "expected"),
    [
        (True, True, {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
        (True, False, {"messaging_type": "RESPONSE"}),
        (False, True, {"messaging_type": "RESPONSE"}),
    ],
)
def test_only_a_person_may_write_late(by_person: bool, outside: bool, expected: dict[str, str]) -> None:
    told = body(HELLO._replace(by_person=by_person, outside_window=outside))
    assert {key: told[key] for key in ("messaging_type", "tag") if key in told} == expected


def test_somebody_known_by_a_web_page_only_is_written_to_by_that() -> None:
    assert body(HELLO._replace(to="ref:u-1"))["recipient"] == {"user_ref": "u-1"}


@pytest.mark.parametrize("how", ["buttons", "template"])
def test_buttons_are_quick_replies(how: str) -> None:
    buttons = [("confirm:a1:1", "Confirmo"), ("cancel:a1:1", "Cancelo")]
    asked = HELLO._replace(buttons=buttons)
    if how == "template":
        asked = HELLO._replace(template=Template("t", "pt-BR", {}, buttons))
    assert body(asked)["message"]["quick_replies"] == [
        {"content_type": "text", "title": "Confirmo", "payload": "confirm:a1:1"},
        {"content_type": "text", "title": "Cancelo", "payload": "cancel:a1:1"},
    ]


@pytest.mark.parametrize(("kind", "called"), [("image", "image"), ("document", "file"), ("audio", "audio")])
def test_a_file_goes_by_its_address(kind: str, called: str) -> None:
    told = body(HELLO._replace(text="", media=[PICTURE._replace(kind=kind)]))
    assert told["message"] == {
        "attachment": {"type": called, "payload": {"url": "https://files.example/1", "is_reusable": False}},
        "metadata": "c-1",
    }


@pytest.mark.parametrize(
    ("by", "outgoing"),
    [
        (messenger, HELLO._replace(text="é" * 2001)),
        (instagram, HELLO._replace(text="é" * 501)),
        (messenger, HELLO._replace(text="")),
        (messenger, HELLO._replace(media=[PICTURE])),
        (messenger, HELLO._replace(text="", media=[PICTURE, PICTURE])),
        (messenger, HELLO._replace(text="", media=[PICTURE._replace(kind="sticker")])),
        (instagram, HELLO._replace(text="", media=[PICTURE._replace(kind="document")])),
        (messenger, HELLO._replace(buttons=[(str(n), str(n)) for n in range(14)])),
        (messenger, HELLO._replace(buttons=[("a", "t" * 21)])),
        (messenger, HELLO._replace(buttons=[("p" * 1001, "t")])),
        (messenger, HELLO._replace(buttons=[("", "t")])),
    ],
)
def test_what_is_over_a_limit_does_not_leave(by: Channel, outgoing: Outgoing) -> None:
    assert refused(outgoing, by).outcome == "fix_request"


@pytest.mark.parametrize(("by", "text"), [(messenger, "é" * 2000), (instagram, "é" * 500)])
def test_what_is_at_the_limit_does(by: Channel, text: str) -> None:
    sent, _ = send(answer(200, ACCEPTED), outgoing=HELLO._replace(text=text), by=by)
    assert sent == Sent("m_out")


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (400, {"code": 10, "error_subcode": 2018278}, "template_only"),
        (400, {"code": 551, "error_subcode": 1545041}, "bad_address"),
        (400, {"code": 551}, "bad_address"),
        (400, {"code": 100, "error_subcode": 2018001}, "bad_address"),
        (400, {"code": 2018001}, "bad_address"),
        (400, {"code": 100}, "fix_request"),
        (401, {"code": 190}, "fix_account"),
        (403, {"code": 10}, "fix_account"),
        (400, {"code": 4}, "retry"),
        (400, {"code": 613}, "retry"),
        (500, {"code": 613}, "retry"),
        (400, {"code": 2}, "retry"),
        (400, {"code": 1200}, "retry"),
        (500, {"code": 2}, "unknown"),
        (500, {"code": 424242}, "unknown"),
        (500, {}, "unknown"),
        (429, {"code": 424242}, "retry"),
        (400, {"code": 424242}, "fix_account"),
        (400, {}, "fix_request"),
        (200, {"code": 10, "error_subcode": 2018278}, "template_only"),
    ],
)
def test_the_code_decides_the_outcome(status: int, error: dict[str, Any], expected: str) -> None:
    failure = failed(status, {"error": {**error, "message": "to 7000000000000001"}})
    assert (failure.outcome, failure.provider_code) == (expected, error.get("code"))
    assert "7000000000000001" not in str(failure)


def test_accepted_without_an_id_is_unknown() -> None:
    assert failed(200, {"recipient_id": "1"}).outcome == "unknown"


@pytest.mark.parametrize("by", BOTH)
def test_without_a_token_nothing_leaves(by: Channel) -> None:
    with pytest.raises(SendFailed) as caught:
        by.send("1", {}, HELLO, through(Http()))
    assert caught.value.outcome == "fix_account"


CDN = "https://scontent-gru1-1.xx.fbcdn.net/v/1.jpg"


@pytest.mark.parametrize(
    "url",
    [
        CDN,
        "https://scontent.cdninstagram.com/v/1",
        "https://lookaside.fbsbx.com/1",
        "https://cdn.fbsbx.com/1",
    ],
)
def test_files_are_where_meta_keeps_them(url: str) -> None:
    assert may_reach(url)


@pytest.mark.parametrize(
    "url",
    ["https://fbcdn.net.example/1", "https://xfbcdn.net/1", "http://a.fbcdn.net/1", "https://fbcdn.net/1"],
)
def test_and_nowhere_else(url: str) -> None:
    assert not may_reach(url)


@pytest.mark.parametrize(
    ("by", "answered", "account"),
    [
        (messenger, {"id": "300000000000001"}, "300000000000001"),
        (instagram, {"instagram_business_account": {"id": "178"}, "id": "3"}, "178"),
    ],
)
def test_a_token_is_tried_for_whose_it_is(by: Channel, answered: object, account: str) -> None:
    with wire(answer(200, answered), answer(200, answered)) as provider:
        by.check(account, TOKEN, through(Http(provider.url)))
        with pytest.raises(SendFailed) as caught:
            by.check("another", TOKEN, through(Http(provider.url)))
    assert caught.value.outcome == "fix_account"
    assert "another account" in str(caught.value)


@pytest.mark.parametrize(
    ("status", "code", "outcome", "said"),
    [
        (401, 190, "fix_account", "connect the account again"),
        (400, 100, "fix_request", "no such account"),
        (400, 4, "retry", "try again"),
        (500, 1, "unknown", "try again"),
    ],
)
def test_an_administrator_is_told_what_is_wrong(status: int, code: int, outcome: str, said: str) -> None:
    with wire(answer(status, {"error": {"code": code}})) as provider, pytest.raises(SendFailed) as caught:
        messenger.check("1", TOKEN, through(Http(provider.url)))
    assert caught.value.outcome == outcome
    assert said in str(caught.value)

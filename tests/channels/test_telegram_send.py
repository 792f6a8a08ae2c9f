from __future__ import annotations

import traceback
from typing import Any

import pytest
from recado.channels import Media, Outgoing, Sent, telegram
from recado.channels.http import Http, may_reach
from recado.channels.telegram_send import API_URL, call
from recado.errors import Outcome, SendFailed

from tests.channels.wire import answer, through, wire

TOKEN = {"bot_token": "9001:AAsecret"}
HELLO = Outgoing(reference="c-1", to="7001", text="Hola")
ACCEPTED = {"ok": True, "result": {"message_id": 78, "chat": {"id": 7001}}}
PHOTO = Media("https://files.example/1", "image", "image/png", "a.png", "", bytes)


def body(**changed: Any) -> dict[str, Any]:
    return call(HELLO._replace(**changed))[1]


def failed(*answers: bytes) -> SendFailed:
    with wire(*answers) as provider, pytest.raises(SendFailed) as caught:
        telegram.send("9001", TOKEN, HELLO, through(Http(provider.url)))
    return caught.value


def refusal(status: int, description: str = "", **parameters: Any) -> bytes:
    told = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
    return answer(status, told)


def test_a_text_goes_to_its_chat() -> None:
    with wire(answer(200, ACCEPTED)) as provider:
        sent = telegram.send("9001", TOKEN, HELLO, through(Http(provider.url)))
    ((head, told),) = provider.requests
    assert sent == Sent("7001:78")
    assert head.startswith("POST /api.telegram.org/bot9001:AAsecret/sendMessage ")
    assert told == {"chat_id": 7001, "text": "Hola", "link_preview_options": {"is_disabled": True}}


def test_it_goes_to_telegram() -> None:
    assert may_reach(API_URL)


def test_options_are_keys_under_the_message() -> None:
    told = body(buttons=[("confirm:1", "Sí"), ("cancel:1", "No")])
    assert told["text"] == "Hola"
    assert told["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Sí", "callback_data": "confirm:1"}],
            [{"text": "No", "callback_data": "cancel:1"}],
        ]
    }


def test_options_too_long_for_a_key_are_written_under_the_text() -> None:
    told = body(buttons=[("é" * 33, "Sí")])
    assert told["text"] == "Hola\n\n1 Sí"
    assert "reply_markup" not in told


@pytest.mark.parametrize(
    ("reply_to", "number"),
    [("7001:70", 70), ("7001:70:501", 70), ("callback:41", None), ("x", None), ("", None)],
)
def test_an_answer_quotes_what_it_answers(reply_to: str, number: int | None) -> None:
    quoted = body(reply_to=reply_to).get("reply_parameters")
    assert quoted == (number and {"message_id": number, "allow_sending_without_reply": True})


def test_a_chat_of_a_business_account_is_answered_by_its_connection() -> None:
    told = body(to="bc-1:7001")
    assert (told["business_connection_id"], told["chat_id"]) == ("bc-1", 7001)


@pytest.mark.parametrize(
    ("kind", "method", "field"),
    [
        ("image", "sendPhoto", "photo"),
        ("video", "sendVideo", "video"),
        ("audio", "sendAudio", "audio"),
        ("voice", "sendVoice", "voice"),
        ("document", "sendDocument", "document"),
    ],
)
def test_a_file_goes_by_its_address_with_the_text_under_it(kind: str, method: str, field: str) -> None:
    named, told = call(HELLO._replace(media=[PHOTO._replace(kind=kind)]))
    assert (named, told[field], told["caption"]) == (method, PHOTO.url, "Hola")


@pytest.mark.parametrize(
    "changed",
    [
        {"media": [PHOTO, PHOTO]},
        {"media": [PHOTO], "text": "a" * 1025},
        {"media": [PHOTO._replace(kind="x")]},
    ],
)
def test_what_no_call_takes_is_not_sent(changed: dict[str, Any]) -> None:
    with pytest.raises(SendFailed) as caught:
        call(HELLO._replace(**changed))
    assert caught.value.outcome == "fix_request"


def test_a_group_that_has_moved_is_written_to_where_it_is() -> None:
    moved = refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100123)
    with wire(
        moved, answer(200, {"ok": True, "result": {"message_id": 1, "chat": {"id": -100123}}})
    ) as provider:
        sent = telegram.send("9001", TOKEN, HELLO, through(Http(provider.url)))
    assert [told["chat_id"] for _, told in provider.requests] == [7001, -100123]
    assert sent == Sent("-100123:1")


def test_it_moves_but_once() -> None:
    moved = refusal(400, "group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100123)
    assert failed(moved, moved).outcome == "fix_request"


@pytest.mark.parametrize(
    ("status", "description", "outcome"),
    [
        (429, "Too Many Requests: retry after 7", "retry"),
        (403, "Forbidden: bot was blocked by the user", "opted_out"),
        (403, "Forbidden: user is deactivated", "bad_address"),
        (403, "Forbidden: bot can't initiate conversation with a user", "bad_address"),
        (400, "Bad Request: chat not found", "bad_address"),
        (400, "Bad Request: message is too long", "fix_request"),
        (401, "Unauthorized", "fix_account"),
        (404, "Not Found", "fix_account"),
        (409, "Conflict", "fix_account"),
        (500, "Internal Server Error", "unknown"),
        (502, "Bad Gateway", "unknown"),
    ],
)
def test_what_a_refusal_means(status: int, description: str, outcome: Outcome) -> None:
    assert failed(refusal(status, description)).outcome == outcome


@pytest.mark.parametrize(
    ("description", "code"), [("bot was blocked by the user", 403), ("user is deactivated", "403 nobody")]
)
def test_only_who_blocked_the_bot_has_told_us_to_stop(description: str, code: int | str) -> None:
    assert failed(refusal(403, f"Forbidden: {description}")).provider_code == code


def test_a_wait_that_telegram_names_is_kept() -> None:
    assert failed(refusal(429, "Too Many Requests", retry_after=7)).retry_after == 7


@pytest.mark.parametrize("body", [{}, {"ok": True, "result": True}, []])
def test_an_answer_that_names_no_message_is_unknown(body: object) -> None:
    assert failed(answer(200, body)).outcome == "unknown"


@pytest.mark.parametrize("answers", [(b"",), (refusal(500),)])
def test_the_token_is_in_no_error(answers: tuple[bytes, ...]) -> None:
    assert "AAsecret" not in "".join(traceback.format_exception(failed(*answers)))


def test_nor_is_it_where_nobody_answers() -> None:
    with pytest.raises(SendFailed) as caught:
        telegram.send("9001", TOKEN, HELLO, through(Http("http://127.0.0.1:9")))
    assert caught.value.outcome == "retry"
    assert "AAsecret" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("token", ["", "9001", "9001:a/../b", "9001:a\nb", None])
def test_what_is_no_token_goes_into_no_address(token: object) -> None:
    with wire(answer(200, ACCEPTED)) as provider, pytest.raises(SendFailed) as caught:
        telegram.send("9001", {"bot_token": token}, HELLO, through(Http(provider.url)))
    assert caught.value.outcome == "fix_account"
    assert provider.requests == []


def test_a_file_is_found_and_fetched() -> None:
    found = answer(200, {"ok": True, "result": {"file_path": "photos/file_1.jpg"}})
    with wire(found, answer(200, {"the": "file"})) as provider:
        told = {"id": "f 1", "mime": "image/jpeg"}
        fetched = telegram.fetch("9001", TOKEN, told, through(Http(provider.url)))
    assert [head.split()[1] for head, _ in provider.requests] == [
        "/api.telegram.org/bot9001:AAsecret/getFile?file_id=f%201",
        "/api.telegram.org/file/bot9001:AAsecret/photos/file_1.jpg",
    ]
    assert (fetched.content, fetched.mime) == (b'{"the": "file"}', "image/jpeg")


@pytest.mark.parametrize("path", ["", "../x", "/etc/passwd", "a b", "https://evil.example/", 7])
def test_a_path_that_is_none_is_not_followed(path: object) -> None:
    found = answer(200, {"ok": True, "result": {"file_path": path} if path != 7 else 7})
    with wire(found) as provider, pytest.raises(SendFailed) as caught:
        telegram.fetch("9001", TOKEN, {"id": "f"}, through(Http(provider.url)))
    assert caught.value.outcome == "fix_request"


def me(number: int) -> bytes:
    return answer(200, {"ok": True, "result": {"id": number, "is_bot": True}})


def hook(url: str) -> bytes:
    return answer(200, {"ok": True, "result": {"url": url}})


def test_a_bot_that_works_is_silent() -> None:
    with wire(me(9001), hook("https://hooks.example/webhooks/telegram/9001")) as provider:
        telegram.check("9001", TOKEN, through(Http(provider.url)))


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ((me(9002), hook("https://hooks.example/webhooks/telegram/9001")), "fix_account"),
        ((me(9001), hook("")), "fix_account"),
        ((me(9001), hook("https://elsewhere.example/9001")), "fix_account"),
        ((refusal(401), refusal(401)), "fix_account"),
        ((refusal(500), refusal(500)), "unknown"),
    ],
)
def test_a_bot_that_does_not_is_told_of(answers: tuple[bytes, ...], outcome: Outcome) -> None:
    with wire(*answers) as provider, pytest.raises(SendFailed) as caught:
        telegram.check("9001", TOKEN, through(Http(provider.url)))
    assert caught.value.outcome == outcome

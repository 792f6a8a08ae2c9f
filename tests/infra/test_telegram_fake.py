"""The fake of Telegram refuses what the Bot API refuses, and tells who blocked the bot."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from infra.local.fakes.people import Person
from tests.infra.providers import PERSON, Stage, staged

CHAT = int(Person("Zoë", PERSON).chat)


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


def ask(stage: Stage, method: str, token: str = "", **request: Any) -> httpx.Response:
    token = token or stage.key("telegram", "bot_token")
    return stage.client.post(f"/wire/api.telegram.org/bot{token}/{method}", **request)


def send(stage: Stage, **message: Any) -> tuple[int, str]:
    """Send a text; the status and what Telegram says."""
    answer = ask(stage, "sendMessage", json={"chat_id": CHAT, "text": "Olá"} | message)
    return answer.status_code, answer.json().get("description", "")


def updates(stage: Stage) -> list[dict[str, Any]]:
    return [json.loads(request.body) for request in stage.webhooks]


ACCEPTED = (200, "")


def test_an_update_carries_the_secret_of_its_bot(stage: Stage) -> None:
    stage.writes("telegram", text="Olá")
    (request,) = stage.webhooks
    known = stage.site.keys["telegram", stage.account("telegram")].webhook["secret_tokens"]
    assert request.headers["x-telegram-bot-api-secret-token"] == known[0]
    assert request.account == stage.account("telegram")
    assert updates(stage)[0]["message"]["chat"]["id"] == CHAT


def test_a_wrong_token_is_no_bot(stage: Stage) -> None:
    answer = ask(stage, "getMe", token="7100000001:wrong")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")


def test_a_bot_cannot_begin_a_conversation_nor_go_on_with_who_blocked_it(stage: Stage) -> None:
    assert send(stage) == (403, "Forbidden: bot can't initiate conversation with a user")
    stage.writes("telegram")
    assert send(stage) == ACCEPTED
    stage.writes("telegram", action="stop")
    assert updates(stage)[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert send(stage) == (403, "Forbidden: bot was blocked by the user")
    stage.writes("telegram", action="start")
    assert updates(stage)[-1]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert send(stage) == ACCEPTED


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"text": " "}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"chat_id": 7000000000}, "Bad Request: chat not found"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "Sim", "callback_data": "é" * 33}]]}},
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
def test_what_the_bot_api_does_not_take(stage: Stage, message: dict[str, Any], said: str) -> None:
    stage.writes("telegram")
    assert send(stage, **message) == (400, said)


def test_who_sends_too_fast_is_told_when_to_try_again(stage: Stage) -> None:
    stage.writes("telegram")
    answers = (ask(stage, "sendMessage", json={"chat_id": CHAT, "text": str(n)}) for n in range(200))
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.status_code == 429
    assert refused.json()["parameters"]["retry_after"] >= 1


def test_a_pressed_button_comes_back_as_a_query_about_its_message(stage: Stage) -> None:
    stage.writes("telegram")
    keyboard = {"inline_keyboard": [[{"text": "Sim", "callback_data": "confirm:1"}]]}
    assert send(stage, reply_markup=keyboard) == ACCEPTED
    (item,) = stage.outbox.outbound()
    stage.writes("telegram", button={"payload": "confirm:1", "text": "Sim"}, reply_to=item["id"])
    query = updates(stage)[-1]["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("confirm:1", item["message_id"])
    assert stage.screen("telegram")[-1]["text"] == "Sim"
    assert ask(stage, "answerCallbackQuery", json={"callback_query_id": query["id"]}).json()["ok"]


@pytest.mark.parametrize(("file", "start"), [("photo", b"\x89PNG"), ("voice", b"OggS")])
def test_a_file_is_found_by_its_id_then_by_its_path(stage: Stage, file: str, start: bytes) -> None:
    stage.writes("telegram", file=file)
    message = updates(stage)[0]["message"]
    ident = message["photo"][-1]["file_id"] if file == "photo" else message["voice"]["file_id"]
    path = ask(stage, "getFile", json={"file_id": ident}).json()["result"]["file_path"]
    token = stage.key("telegram", "bot_token")
    got = stage.client.get(f"/wire/api.telegram.org/file/bot{token}/{path}")
    assert got.content.startswith(start)
    assert stage.client.get(f"/wire/api.telegram.org/file/botwrong/{path}").status_code == 401


def test_a_picture_may_come_as_a_form(stage: Stage) -> None:
    stage.writes("telegram")
    form = {"chat_id": str(CHAT), "caption": "Mapa", "photo": "https://files.example/map.png"}
    assert ask(stage, "sendPhoto", data=form).json()["ok"]
    assert stage.screen("telegram")[-1]["text"] == "Mapa"


def test_it_can_be_told_to_fail(stage: Stage) -> None:
    stage.writes("telegram")
    stage.client.post("/fake/telegram/faults", json={"kind": "refuse", "code": 403, "status": 403})
    assert send(stage)[0] == 403
    stage.client.post("/fake/telegram/faults", json={"kind": "lost"})
    assert ask(stage, "sendMessage", json={"chat_id": CHAT, "text": "x"}).status_code == 503
    assert [item["text"] for item in stage.outbox.outbound()] == ["x"], "the answer was lost, not the message"

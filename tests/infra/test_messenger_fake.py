"""The fakes of Messenger and Instagram refuse what Meta refuses, and echo what they accept."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from recado.channels import meta as verifier

from infra.local.fakes.people import Person
from tests.infra.providers import PERSON, SECRET, Stage, staged, until

WHO = Person("Zoë", PERSON)
PATH = "/wire/graph.facebook.com/v25.0/me/messages"


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


def send(stage: Stage, channel: str = "messenger", token: str | None = None, **body: Any) -> Any:
    """Send; the HTTP status, the error's code and its sub-code."""
    to = WHO.page_scoped if channel == "messenger" else WHO.instagram_scoped
    content = {"recipient": {"id": to}, "messaging_type": "RESPONSE", "message": {"text": "Olá"}} | body
    bearer = stage.key(channel, "access_token") if token is None else token
    answer = stage.client.post(PATH, json=content, headers={"authorization": f"Bearer {bearer}"})
    error = answer.json().get("error", {})
    return answer.status_code, error.get("code"), error.get("error_subcode")


def events(stage: Stage) -> list[dict[str, Any]]:
    """What the webhooks told, one event each."""
    entries = [json.loads(request.body)["entry"][0] for request in stage.webhooks]
    return [event for entry in entries for event in entry["messaging"]]


ACCEPTED = (200, None, None)


@pytest.mark.parametrize("channel", ["messenger", "instagram"])
def test_a_message_from_the_phone_is_signed_and_names_the_account(stage: Stage, channel: str) -> None:
    stage.writes(channel, text="Olá/!")
    verifier.verify(stage.webhooks[0], {"app_secrets": [SECRET]})
    body = json.loads(stage.webhooks[0].body)
    assert body["object"] == {"messenger": "page", "instagram": "instagram"}[channel]
    assert body["entry"][0]["id"] == stage.account(channel)
    assert [item["text"] for item in stage.screen(channel)] == ["Olá/!"]


def test_the_token_says_whose_message_it_is(stage: Stage) -> None:
    stage.writes("messenger")
    assert send(stage, token="wrong")[:2] == (401, 190)
    assert send(stage) == ACCEPTED
    assert stage.outbox.outbound()[0]["account"] == stage.account("messenger")


def test_nobody_is_written_to_who_has_not_written(stage: Stage) -> None:
    assert send(stage) == (400, 100, 2018001)


def test_after_a_day_only_a_person_s_answer_may_go_and_after_a_week_none(stage: Stage) -> None:
    stage.writes("messenger")
    item = stage.outbox.conversation(stage.account("messenger"), WHO.page_scoped, "messenger")[0]
    tag = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
    for days, answers in ((2, (True, False)), (8, (False, False))):
        item["at"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        assert (send(stage, **tag) == ACCEPTED, send(stage) == ACCEPTED) == answers
    assert send(stage) == (400, 10, 2018278)


def test_who_blocked_the_page_is_not_there(stage: Stage) -> None:
    stage.writes("messenger")
    stage.writes("messenger", action="stop")
    assert send(stage) == (400, 551, 1545041)
    stage.writes("messenger", action="start")
    assert send(stage) == ACCEPTED


def test_texts_and_replies_have_their_limits(stage: Stage) -> None:
    stage.writes("messenger")
    stage.writes("instagram")
    assert send(stage, message={"text": "é" * 2000}) == ACCEPTED
    assert send(stage, message={"text": "é" * 2001})[:2] == (400, 100)
    assert send(stage, "instagram", message={"text": "é" * 500}) == ACCEPTED
    assert send(stage, "instagram", message={"text": "é" * 501})[:2] == (400, 100)
    replies = [{"content_type": "text", "title": f"{n}", "payload": f"{n}"} for n in range(14)]
    assert send(stage, message={"text": "?", "quick_replies": replies[:13]}) == ACCEPTED
    assert send(stage, message={"text": "?", "quick_replies": replies})[:2] == (400, 100)


def test_our_own_message_comes_back_as_an_echo_then_delivered_then_read(stage: Stage) -> None:
    stage.writes("messenger")
    assert send(stage, message={"text": "Olá", "metadata": "ours"}) == ACCEPTED
    until(lambda: len(events(stage)) == 3)
    stage.client.get("/phone/messenger", params={"clinic": "boavista", "from": PERSON})
    until(lambda: len(events(stage)) == 4)
    _, echo, delivery, read = events(stage)
    assert (echo["message"]["is_echo"], echo["message"]["metadata"]) == (True, "ours")
    assert echo["sender"]["id"] == stage.account("messenger")
    assert delivery["delivery"]["mids"] == [echo["message"]["mid"]]
    assert read["read"]["watermark"] >= delivery["delivery"]["watermark"]


def test_a_quick_reply_comes_back_with_its_payload(stage: Stage) -> None:
    stage.writes("messenger", button={"payload": "CONFIRM", "text": "Sim"})
    assert events(stage)[0]["message"]["quick_reply"] == {"payload": "CONFIRM"}


def test_a_picture_is_at_an_address_of_meta_s(stage: Stage) -> None:
    stage.writes("instagram", file="photo")
    url = events(stage)[0]["message"]["attachments"][0]["payload"]["url"]
    assert stage.client.get(url.replace("https://", "/wire/")).headers["content-type"] == "image/png"


def test_they_can_be_told_to_fail_each_for_itself(stage: Stage) -> None:
    stage.writes("messenger")
    stage.writes("instagram")
    wish = {"kind": "refuse", "code": 613}
    assert stage.client.post("/fake/messenger/faults", json=wish).status_code == 200
    assert send(stage, "instagram") == ACCEPTED
    assert send(stage)[:2] == (400, 613)
    assert send(stage) == ACCEPTED

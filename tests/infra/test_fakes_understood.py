"""What the fakes tell, the package takes: signed as it verifies, in the form that it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from recado.channels import Received, Request, Unreadable, channel

from tests.infra.providers import PERSON, SECRET, Stage, staged

BY_WEBHOOK = ("whatsapp", "messenger", "instagram", "telegram", "twilio_sms", "twilio_whatsapp")
BY_TOPIC = ("aws_sms", "aws_social", "email")


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


def secrets(stage: Stage, name: str) -> dict[str, object]:
    """What intake verifies this channel's requests with."""
    if name in BY_TOPIC:
        return {"topics": [stage.site.post.topics[name]]}
    known = stage.site.keys[name, stage.account(name)].webhook
    return dict(known) or {"app_secrets": [SECRET], "verify_token": "any"}


def requests(stage: Stage, name: str) -> list[Request]:
    """What intake gets of it."""
    if name not in BY_TOPIC:
        return stage.webhooks
    headers = {"x-sns-message-id": "1", "x-sns-timestamp": "2026-11-22T10:00:00.000Z"}
    topic = stage.site.post.topics[name]
    return [Request("SNS", topic, {}, headers, json.dumps(told).encode()) for told in stage.told(name)]


def read(stage: Stage, name: str) -> list[Received]:
    """Every event, verified. Nothing may be unreadable."""
    module, events = channel(name), []
    for request in requests(stage, name):
        module.verify(request, secrets(stage, name))
        events += module.parse(request)
    assert not [one for one in events if isinstance(one, Unreadable)]
    return [one for one in events if isinstance(one, Received)]


@pytest.mark.parametrize("name", [*BY_WEBHOOK, *BY_TOPIC])
def test_a_text_from_the_phone_is_a_message_to_its_account(stage: Stage, name: str) -> None:
    stage.writes(name, text="Olá/é 😀", subject="Consulta")
    (event,) = read(stage, name)
    assert (event.kind, event.channel, event.account) == ("message", name, stage.account(name))
    assert event.event["text"] == "Olá/é 😀" or name == "email"


@pytest.mark.parametrize("name", [one for one in (*BY_WEBHOOK, *BY_TOPIC) if one != "aws_sms"])
@pytest.mark.parametrize("file", ["photo", "voice"])
def test_a_file_from_the_phone_is_attached_to_one(stage: Stage, name: str, file: str) -> None:
    stage.writes(name, file=file)
    (event,) = read(stage, name)
    assert event.kind == "message"
    assert len(event.event["attachments"]) == 1 or name == "email"


@pytest.mark.parametrize("name", ["whatsapp", "telegram", "twilio_sms"])
def test_who_stops_is_told_of_as_a_wish(stage: Stage, name: str) -> None:
    stage.writes(name)
    stage.writes(name, action="stop")
    assert [one.event["action"] for one in read(stage, name) if one.kind == "consent"] == ["stop"]


@pytest.mark.parametrize("name", ["whatsapp", "twilio_sms", "twilio_whatsapp", "aws_sms", "aws_social"])
def test_the_phone_s_person_is_known_by_number_where_the_app_knows_it(stage: Stage, name: str) -> None:
    stage.writes(name)
    (event,) = read(stage, name)
    assert ("phone", f"+{PERSON}") in [tuple(one) for one in event.identities]

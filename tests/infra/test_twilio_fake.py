"""The fake of Twilio refuses what Twilio refuses, remembers who stopped, and signs as Twilio does."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from recado.channels import twilio as verifier

from infra.local.fakes.twilio_contents import content_sid
from tests.infra.providers import PERSON, PUBLIC, Stage, staged, until


@pytest.fixture
def stage() -> Iterator[Stage]:
    with staged() as made:
        yield made


def create(stage: Stage, channel: str = "twilio_sms", token: str = "", **form: str) -> httpx.Response:
    prefix = "whatsapp:" if channel == "twilio_whatsapp" else ""
    sid, auth = stage.key(channel, "account_sid"), token or stage.key(channel, "auth_token")
    callback = f"{PUBLIC}/webhooks/{channel}/{stage.account(channel)}?reference=r%2F1"
    ends = {
        "To": f"{prefix}+{PERSON}",
        "From": f"{prefix}+{stage.account(channel)}",
        "StatusCallback": callback,
    }
    path = f"/wire/api.twilio.com/2010-04-01/Accounts/{sid}/Messages.json"
    return stage.client.post(path, data={**ends, "Body": "Olá", **form}, auth=(sid, auth))


def code(answer: httpx.Response) -> tuple[int, int | None]:
    return answer.status_code, answer.json().get("code")


def fields(stage: Stage) -> list[dict[str, str]]:
    """The forms that the webhooks got."""
    return [
        {name: values[0] for name, values in parse_qs(one.body.decode()).items()} for one in stage.webhooks
    ]


ACCEPTED = (201, None)


@pytest.mark.parametrize("channel", ["twilio_sms", "twilio_whatsapp"])
def test_what_the_phone_writes_is_signed_as_twilio_signs(stage: Stage, channel: str) -> None:
    stage.writes(channel, text="Olá & até já + 1")
    (request,) = stage.webhooks
    verifier.verify(request, stage.site.keys[channel, stage.account(channel)].webhook)
    assert fields(stage)[0]["Body"] == "Olá & até já + 1"
    assert [item["text"] for item in stage.screen(channel)] == ["Olá & até já + 1"]


def test_what_becomes_of_a_message_is_told_where_it_asked(stage: Stage) -> None:
    assert code(create(stage)) == ACCEPTED
    until(lambda: len(stage.webhooks) == 2)
    assert [form["MessageStatus"] for form in fields(stage)] == ["sent", "delivered"]
    for request in stage.webhooks:
        assert request.url.endswith("?reference=r%2F1")
        verifier.verify(request, stage.site.keys["twilio_sms", stage.account("twilio_sms")].webhook)


@pytest.mark.parametrize(
    ("form", "refusal"),
    [
        ({"To": "12"}, (400, 21211)),
        ({"To": "+5511999990000"}, (400, 21614)),
        ({"From": "+15550000001"}, (400, 21606)),
        ({"Body": "x" * 1601}, (400, 21617)),
        ({"Body": " "}, (400, 21619)),
    ],
)
def test_what_twilio_does_not_take(stage: Stage, form: dict[str, str], refusal: tuple[int, int]) -> None:
    assert code(create(stage, **form)) == refusal


def test_a_wrong_token_is_refused(stage: Stage) -> None:
    assert code(create(stage, token="wrong")) == (401, 20003)


def test_who_wrote_stop_is_not_written_to_until_they_write_start(stage: Stage) -> None:
    stage.writes("twilio_sms", text="Stop ")
    assert fields(stage)[0]["OptOutType"] == "STOP"
    assert code(create(stage)) == (400, 21610)
    stage.writes("twilio_sms", action="start")
    assert code(create(stage)) == ACCEPTED


def test_outside_the_window_whatsapp_fails_afterwards_and_a_content_does_not(stage: Stage) -> None:
    answer = create(stage, "twilio_whatsapp")
    assert code(answer) == ACCEPTED
    until(lambda: stage.webhooks)
    assert (fields(stage)[0]["MessageStatus"], fields(stage)[0]["ErrorCode"]) == ("undelivered", "63016")
    content = {"ContentSid": content_sid("missed_call", "pt-BR"), "Body": ""}
    variables = json.dumps({"1": "Clínica Boa Vista"})
    assert code(create(stage, "twilio_whatsapp", **content, ContentVariables=variables)) == ACCEPTED
    assert "Clínica Boa Vista" in stage.screen("twilio_whatsapp")[-1]["text"]
    assert code(create(stage, "twilio_whatsapp", **content, ContentVariables="{}")) == (400, 21656)
    assert code(create(stage, "twilio_whatsapp", ContentSid="HX" + "0" * 32)) == (404, 21655)


def test_media_are_elsewhere_and_credentials_do_not_follow(stage: Stage) -> None:
    stage.writes("twilio_sms", file="photo")
    url = fields(stage)[0]["MediaUrl0"].replace("https://", "/wire/")
    auth = (stage.key("twilio_sms", "account_sid"), stage.key("twilio_sms", "auth_token"))
    assert stage.client.get(url).status_code == 401
    moved = stage.client.get(url, auth=auth)
    assert moved.status_code == 307
    target = moved.headers["location"].replace("https://", "/wire/")
    assert stage.client.get(target, auth=auth).status_code == 400
    assert stage.client.get(target).content.startswith(b"\x89PNG")


def test_a_lost_answer_can_be_looked_up(stage: Stage) -> None:
    stage.client.post("/fake/twilio_sms/faults", json={"kind": "lost"})
    answer: Any = create(stage)
    assert answer.status_code == 503
    sid, auth = stage.key("twilio_sms", "account_sid"), stage.key("twilio_sms", "auth_token")
    path = f"/wire/api.twilio.com/2010-04-01/Accounts/{sid}/Messages.json"
    listed = stage.client.get(path, params={"To": f"+{PERSON}"}, auth=(sid, auth)).json()["messages"]
    assert [one["body"] for one in listed] == ["Olá"]


def test_it_can_be_told_to_fail_afterwards(stage: Stage) -> None:
    stage.client.post("/fake/twilio_sms/faults", json={"kind": "undeliverable", "code": 30005})
    assert code(create(stage)) == ACCEPTED
    until(lambda: stage.webhooks)
    assert fields(stage)[0]["ErrorCode"] == "30005"

"""Amazon Connect's door, as our own client finds it: it refuses what Connect refuses."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import boto3
import pytest
from botocore.config import Config
from recado.channels import Outgoing, Wire, connect, voice
from recado.errors import Outcome, SendFailed
from starlette.applications import Starlette

from infra.local.fakes.connect import ConnectApi, Exchange, Rung
from infra.local.fakes.limits import Limit
from infra.local.rings import Rings
from tests.infra.serving import served

NUMBER, MARIA = "+551130000000", "+5511987654321"
INSTANCE = "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-4333-8444-555555555555"
FLOW = f"{INSTANCE}/contact-flow/99999999-2222-4333-8444-555555555555"


class Stage:
    """Connect with one flow and one number, at a clock that stands."""

    def __init__(self) -> None:
        self.rung: list[Rung] = []
        self.exchange = Exchange(FLOW, {NUMBER}, Limit(2, 5, lambda: 0.0))
        self.client: Any = None

    async def ring(self, rung: Rung) -> None:
        self.rung.append(rung)

    def send(self, to: str = MARIA, reference: str = "ours", account: str = NUMBER) -> str:
        wire = Wire(http=None, aws=lambda _: self.client, leave=lambda *_: None)  # type: ignore[arg-type]
        return voice.send(account, {}, Outgoing(reference, to, "Olá"), wire).provider_id


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    routes = ConnectApi(made.exchange, made.ring).routes()
    with served(Starlette(routes=routes)) as http, patch.dict(os.environ, REMINDER_FLOW=FLOW):
        session = boto3.Session("id", "secret", region_name="us-east-1")
        config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
        url = str(http.base_url.join("/aws/connect"))
        made.client = session.client("connect", endpoint_url=url, config=config)
        yield made


def test_connect_calls_with_our_reference_and_the_same_token_rings_once_while_it_rings(stage: Stage) -> None:
    first = stage.send()
    assert stage.send() == first
    (rung,) = stage.rung
    assert (rung.source, rung.to, rung.attributes) == (NUMBER, MARIA, {"reference": "ours"})
    stage.exchange.over(rung)
    assert stage.send() != first


@pytest.mark.parametrize(
    ("how", "outcome", "code"),
    [
        ({"to": "987654321"}, "bad_address", None),
        ({"to": "+5511999990000"}, "bad_address", "DestinationNotAllowedException"),
        ({"account": "+15550000001"}, "fix_account", "ResourceNotFoundException"),
        ({"reference": "x" * 501}, "fix_request", "InvalidParameterException"),
    ],
)
def test_what_cannot_be_called_says_why(
    stage: Stage, how: dict[str, str], outcome: Outcome, code: str | None
) -> None:
    with pytest.raises(SendFailed) as caught:
        stage.send(**how)
    assert (caught.value.outcome, caught.value.provider_code) == (outcome, code)
    assert not stage.rung


def test_too_many_at_once_come_later(stage: Stage) -> None:
    for number in range(5):
        stage.send(reference=f"r{number}")
    with pytest.raises(SendFailed) as caught:
        stage.send(reference="r6")
    assert caught.value.outcome == "retry"


def test_where_no_flow_is_deployed_or_another_nobody_is_called(stage: Stage) -> None:
    unknown = "ResourceNotFoundException"
    for flow, code in (("", None), (FLOW[:-1] + "0", unknown), (FLOW.replace("1111-", "1112-"), unknown)):
        with patch.dict(os.environ, REMINDER_FLOW=flow), pytest.raises(SendFailed) as caught:
            stage.send()
        assert caught.value.outcome == "fix_account"
        assert caught.value.provider_code == code


WRONG: dict[str, Callable[[dict[str, Any]], object]] = {
    "a ring that is too short": lambda told: told.update(RingTimeoutInSeconds=5),
    "a traffic that there is not": lambda told: told.update(TrafficType="X"),
    "a machine detected without a campaign": lambda told: told.update(
        AnswerMachineDetectionConfig={"EnableAnswerMachineDetection": True}
    ),
    "an attribute's name with a space": lambda told: told.update(Attributes={"a b": "c"}),
    "a flow by its ARN": lambda told: told.update(ContactFlowId=FLOW),
    "no number to call from": lambda told: told.pop("SourcePhoneNumber"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_connect_does_not_take(stage: Stage, wrong: str) -> None:
    told = voice.parameters(NUMBER, Outgoing("ours", MARIA, "Olá"))
    WRONG[wrong](told)
    with pytest.raises(stage.client.exceptions.ClientError):
        stage.client.start_outbound_voice_contact(**told)
    assert not stage.rung


@pytest.mark.parametrize(
    ("does", "asked", "reason"),
    [("1", ["ring", "pressed"], None), ("voicemail", ["ring"], None), ("busy", [], "TELECOM_BUSY")],
)
def test_the_network_tells_us_of_a_call_as_connect_would(
    does: str, asked: list[str], reason: str | None
) -> None:
    heard: list[Any] = []

    async def invoke(event: dict[str, Any]) -> Any:
        heard.append(event)
        return {"status": "ok"}

    async def play() -> None:
        exchange = Exchange(FLOW, {NUMBER})
        rings = Rings(exchange, invoke, pause=0)
        rings.pick_up(MARIA, does)
        with patch.dict(os.environ, REMINDER_FLOW=FLOW):
            rung, _ = exchange.start(voice.parameters(NUMBER, Outgoing("ours", MARIA, "")))
        await rings.ring(rung)
        await asyncio.gather(*rings._tasks)

    asyncio.run(play())
    *questions, event, records = heard
    read = [connect.parse(one) for one in questions]
    assert [one.step for one in read if isinstance(one, connect.Asked)] == asked
    told = connect.parse(json.loads(base64.b64decode(records["Records"][0]["kinesis"]["data"])))
    soon = connect.parse(event)
    assert isinstance(told, connect.Report)
    assert isinstance(soon, connect.Report)
    assert (told.initiation, told.reference, told.dialled, told.caller) == ("API", "ours", NUMBER, MARIA)
    assert bool(told.connected_at) == bool(soon.connected_at) == (reason is None)
    assert reason in (None, told.disconnect_reason)

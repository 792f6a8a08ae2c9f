"""A hosted model is asked where the clinic wants it and ours is unsure; whatever befalls it, ours decides."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from botocore.stub import Stubber
from recado.actions import read_intent as adapter
from recado.actions.read_intent import read_intent
from recado.rules.intents import recognise
from recado.rules.intents.hosted import MOST_A_DAY, request
from recado.store import tenants
from recado.store.clients import client

from tests.cloud import Cloud
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("clinic")

MODEL = "amazon.nova-micro-v1:0"
PRICE = json.dumps({"intent": "price", "confidence": 0.93})
VAGUE = "queria entender uma coisa sobre aquilo"
LOCAL = recognise(VAGUE, "pt-BR")


@pytest.fixture(autouse=True)
def bedrock(clinic: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """The wire to Bedrock, by its own model of requests and answers."""
    monkeypatch.setenv("INTENT_MODEL", MODEL)
    adapter.forget()
    switched("on")
    with Stubber(client("bedrock-runtime")) as stub:
        yield stub
    adapter.forget()


def switched(state: str) -> None:
    known = tenants.fresh("boavista")
    tenants.save_tenant("boavista", known.model_copy(update={"hosted_intents": state}))
    tenants.forget()


def will_say(stub: Stubber, text: str) -> None:
    content = {"message": {"role": "assistant", "content": [{"text": text}]}}
    answer: dict[str, Any] = {
        "output": content,
        "stopReason": "end_turn",
        "usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2},
        "metrics": {"latencyMs": 1},
    }
    stub.add_response("converse", answer, {"modelId": MODEL, **request(VAGUE)})


def read(now: Any = NOW, text: str = VAGUE) -> tuple[str, float]:
    return read_intent("boavista", text, "pt-BR", now)


def test_where_ours_is_unsure_the_hosted_one_may_say(bedrock: Stubber) -> None:
    assert not LOCAL.sure
    will_say(bedrock, PRICE)
    assert read() == ("price", 0.93)


def test_one_that_says_cancel_is_not_heard(bedrock: Stubber) -> None:
    will_say(bedrock, json.dumps({"intent": "cancel", "confidence": 1}))
    assert read() == LOCAL


@pytest.mark.parametrize("code", ["ThrottlingException", "AccessDeniedException", "ModelTimeoutException"])
def test_a_failure_leaves_ours_and_a_minute_of_rest(
    bedrock: Stubber, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    bedrock.add_client_error("converse", code)
    assert read() == LOCAL
    assert read(NOW + timedelta(seconds=30)) == LOCAL
    will_say(bedrock, PRICE)
    assert read(NOW + timedelta(seconds=61)) == ("price", 0.93)
    assert VAGUE not in caplog.text


def test_who_has_asked_enough_today_asks_no_more_until_tomorrow(bedrock: Stubber, cloud: Cloud) -> None:
    will_say(bedrock, PRICE)
    assert read() == ("price", 0.93)
    (row,) = cloud.items("idempotency")
    row["requests"] = {"N": str(MOST_A_DAY)}
    client("dynamodb").put_item(TableName=os.environ["IDEMPOTENCY_TABLE"], Item=row)
    assert read() == LOCAL
    will_say(bedrock, PRICE)
    assert read(NOW + timedelta(days=1)) == ("price", 0.93)


def test_what_is_sure_is_not_counted(cloud: Cloud) -> None:
    read(text="quero cancelar minha consulta")
    assert cloud.items("idempotency") == []


@pytest.mark.parametrize(("state", "model"), [("off", MODEL), ("on", "")])
def test_by_default_nothing_leaves(
    bedrock: Stubber, monkeypatch: pytest.MonkeyPatch, state: str, model: str
) -> None:
    switched(state)
    monkeypatch.setenv("INTENT_MODEL", model)
    assert read() == LOCAL
    bedrock.assert_no_pending_responses()


def test_what_is_sure_or_urgent_or_speaks_to_a_machine_is_not_sent(bedrock: Stubber) -> None:
    for text in ("quero cancelar minha consulta", "estou com dor forte no peito", f"<x> {VAGUE}"):
        read(text=text)
    bedrock.assert_no_pending_responses()

"""Amazon Bedrock's door, as our own client finds it: it refuses what Bedrock refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import httpx
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from recado.channels import bedrock
from recado.rules.intents.deciding import Intent
from recado.rules.intents.hosted import judged, request
from starlette.applications import Starlette

from infra.local.fakes import aws
from infra.local.fakes.bedrock import MODEL, Bedrock
from tests.infra.serving import served

UNSURE = Intent("oos", 0.4)
QUESTION = request("mi servirebbe qualcuno per la schiena")


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with served(Starlette(routes=Bedrock().routes())) as client:
        yield client


def client(http: httpx.Client, region: str = "us-east-1") -> Any:
    """One that is told only where to go, as the deployed functions' are."""
    place = aws.endpoints(str(http.base_url).rstrip("/"))["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"]
    config = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
    session = boto3.Session("id", "secret", region_name=region)
    return session.client("bedrock-runtime", endpoint_url=place, config=config)


def test_it_says_what_it_was_told_to_and_to_all_else_nothing_of_use(http: httpx.Client) -> None:
    assert judged(UNSURE, bedrock.ask(client(http), MODEL, QUESTION)) == UNSURE
    told = {"words": "schiena", "says": '{"intent": "book", "confidence": 0.95}'}
    assert http.post("/fake/bedrock", json=told).is_success
    assert judged(UNSURE, bedrock.ask(client(http), MODEL, QUESTION)) == ("book", 0.95)
    assert http.get("/fake/bedrock").json()["items"][-1]["body"] == QUESTION


@pytest.mark.parametrize(
    ("model", "more", "code"),
    [
        ("amazon.nova-nano-v1:0", {}, "ValidationException"),
        (f"eu.{MODEL}", {}, "AccessDeniedException"),
        (MODEL, {"messages": []}, "ValidationException"),
        (MODEL, {"messages": [{"role": "assistant", "content": [{"text": "{"}]}]}, "ValidationException"),
        (MODEL, {"messages": [{"role": "user", "content": [{"text": " "}]}]}, "ValidationException"),
        (MODEL, {"inferenceConfig": {"maxTokens": 10**6}}, "ValidationException"),
        (MODEL, {"inferenceConfig": {"temperature": 2}}, "ValidationException"),
        (MODEL, {"system": [{"text": 7}]}, "ValidationException"),
    ],
)
def test_what_bedrock_refuses_is_refused(
    http: httpx.Client, model: str, more: dict[str, Any], code: str
) -> None:
    place, asked = client(http), {**QUESTION, **more}
    with pytest.raises(ClientError) as caught:
        place.converse(modelId=model, **asked)
    assert caught.value.response["Error"]["Code"] == code


def test_without_a_signature_for_this_region_nothing_is_said(http: httpx.Client) -> None:
    with pytest.raises(ClientError, match="valid region"):
        client(http, "eu-west-1").converse(modelId=MODEL, **QUESTION)
    answer = http.post(f"/aws/bedrock-runtime/model/{MODEL}/converse", json=QUESTION)
    assert (answer.status_code, answer.json()["__type"]) == (403, "MissingAuthenticationTokenException")

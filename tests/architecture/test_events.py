"""`events/`: samples that their handler accepts, one at least for each; payloads that their channel reads."""

import importlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from recado.channels import MODULES, Request, Unreadable, channel
from recado.channels.requests import by_http
from recado.store.clients import client

from infra.local.places import ROOT
from tests.cloud import TEMPLATE, Cloud
from tests.provider import Provider

EVENTS = sorted((ROOT / "events").glob("*.json"))
HANDLERS = {
    one["Properties"]["Handler"].partition(".")[0]: one["Properties"]["Handler"]
    for one in TEMPLATE["Resources"].values()
    if one["Type"] == "AWS::Serverless::Function"
}


class Context:
    """What Lambda tells of an invocation."""

    function_name = "recado-test"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:us-east-1:123456789012:function:recado-test"
    aws_request_id = "request"

    def get_remaining_time_in_millis(self) -> int:
        """As at the start of an invocation."""
        return 50_000


def owner(path: Path) -> str:
    """The handler or the channel whose name the file's begins with."""
    known = [name for name in (*HANDLERS, *MODULES) if f"{path.stem}_".startswith(f"{name}_")]
    return max(known, key=len, default=path.stem)


def samples(*owners: str) -> pytest.MarkDecorator:
    """The files of these handlers or channels."""
    found = [path for path in EVENTS if owner(path) in owners]
    return pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in found])


def store_what_streamed(event: dict[str, Any]) -> None:
    """A stream tells of rows that are there."""
    for record in event.get("Records", ()):
        if "dynamodb" in record:
            row = record["dynamodb"]["NewImage"]
            client("dynamodb").put_item(TableName=os.environ["CONTACTS_TABLE"], Item=row)


def test_every_sample_belongs_to_a_handler_or_a_channel_and_each_of_them_has_one() -> None:
    assert {owner(path) for path in EVENTS} == set(HANDLERS) | set(MODULES)


@samples(*HANDLERS)
def test_a_handler_accepts_its_samples(path: Path, clinic: Cloud, provider: Provider) -> None:
    *modules, name = HANDLERS[owner(path)].split(".")
    handler = getattr(importlib.import_module(".".join(modules)), name)
    event = json.loads(path.read_text())
    store_what_streamed(event)
    answer = handler(event, Context())
    told = answer if isinstance(answer, dict) else {}
    assert told.get("batchItemFailures", []) == []
    # A sample holds no token that lasts: the API's is signed in as nobody.
    assert told.get("statusCode", 200) in (200, 401, 404)
    assert told.get("status", "ok") == "ok"


@samples(*MODULES)
def test_a_channel_reads_its_samples(path: Path) -> None:
    """A sample is a body, or a whole request where more than its body says what it is."""
    body = path.read_bytes()
    document = json.loads(body)
    whole = isinstance(document, dict) and "rawPath" in document
    request = by_http(document)[1] if whole else Request("POST", "/", {}, {}, body, account="sample")
    events = channel(owner(path)).parse(request)
    assert events
    assert not [one for one in events if isinstance(one, Unreadable)]

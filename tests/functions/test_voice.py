"""The voice function's three events."""

from __future__ import annotations

import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import voice
from recado.store import contacts, unreadable
from recado.store.calls import find as find_call
from recado.store.clients import client

from tests import calls
from tests.calls import ABANDONED, CALL
from tests.cloud import Cloud

EVENTS = Path(__file__).parents[2] / "events"


def handle(event: dict[str, Any]) -> Any:
    return voice.handler(event, SimpleNamespace())


def kept() -> list[str]:
    return [one.reason for one in unreadable.listing(None)]


@pytest.mark.usefixtures("clinic")
def test_the_sample_events_tell_the_story_of_a_missed_call() -> None:
    told = [
        json.loads((EVENTS / f"voice_{name}.json").read_text())
        for name in ("lookup", "contact_event", "contact_records")
    ]
    answer, nothing, failures = [handle(event) for event in told]
    assert answer["status"] == "ok"
    assert nothing is None
    assert failures == {"batchItemFailures": []}
    call = find_call("boavista", CALL)
    assert call is not None
    assert call.outcome == "abandoned_in_queue"
    assert len(contacts.open_contacts("boavista")[0]) == 1


@pytest.mark.usefixtures("cloud")
def test_a_flow_is_always_answered_even_when_nobody_has_the_number() -> None:
    assert handle(calls.flow()) == {"status": "error"}


@pytest.mark.parametrize("details", [None, {}, [], {"ContactData": None}, {"ContactData": {"ContactId": 5}}])
@pytest.mark.usefixtures("clinic")
def test_a_flow_is_always_answered_whatever_it_says(details: object) -> None:
    assert handle({"Name": "ContactFlowEvent", "Details": details}) == {"status": "error"}


@pytest.mark.usefixtures("clinic")
@pytest.mark.parametrize("table", ["TENANTS_TABLE", "PATIENTS_TABLE", "CONTACTS_TABLE"])
def test_a_flow_is_answered_when_a_table_is_gone(table: str) -> None:
    client("dynamodb").delete_table(TableName=os.environ[table])
    assert handle(calls.flow()) == {"status": "error"}


@pytest.mark.usefixtures("clinic")
def test_a_failed_lookup_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    handle({"Name": "ContactFlowEvent"})
    assert "CallerLookupFailed" in capsys.readouterr().out


@pytest.mark.usefixtures("clinic")
def test_of_a_batch_only_what_failed_comes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    good, other = calls.record(ABANDONED), calls.record(ABANDONED, call="other")
    monkeypatch.delenv("UNREADABLE_BUCKET")
    batch = calls.records(good, b"not JSON, and no place to keep it", other)
    assert handle(batch) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert find_call("boavista", CALL) is not None
    assert find_call("boavista", "other") is not None


@pytest.mark.usefixtures("clinic")
def test_what_nobody_understands_is_kept_and_never_raised() -> None:
    agent_event = {"EventType": "HEART_BEAT", "AgentARN": "arn", "Version": "2017-10-01"}
    assert handle(calls.records(agent_event, b"\xff\xfe", b"[" * 100_000)) == {"batchItemFailures": []}
    handle({"detail-type": "Something New", "detail": {"a": 1}})
    assert len(kept()) == 4


@pytest.mark.usefixtures("clinic")
def test_a_call_to_a_number_of_nobody_is_kept() -> None:
    handle(calls.event("DISCONNECTED", ABANDONED, tags={"aws:connect:systemEndpoint": "+5511999999999"}))
    assert kept() == ["no clinic has this number"]


@pytest.mark.usefixtures("clinic")
def test_chats_and_tasks_are_not_calls(cloud: Cloud) -> None:
    handle(calls.event("DISCONNECTED", ABANDONED, channel="CHAT"))
    assert cloud.items("contacts") == []
    assert kept() == []


@pytest.mark.usefixtures("clinic")
def test_no_number_gets_into_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    for event in (
        calls.flow(),
        *calls.events(ABANDONED),
        calls.records(calls.record(ABANDONED)),
        calls.flow(SystemEndpoint={"Address": "+5511999999999"}),
    ):
        handle(event)
    logged = capsys.readouterr()
    for number in ("11987654321", "1130000000", "11999999999"):
        assert number not in logged.out + logged.err

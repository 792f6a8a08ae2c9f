"""Calls as Amazon Connect tells of them: payloads written from the documented fields, for tests."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import Any

from recado.model.record import iso

from tests.samples import BOAVISTA, NOW

CALLER = "+5511987654321"
CALL = "c0ffee00-0000-4000-8000-000000000001"
INSTANCE = "arn:aws:connect:us-east-1:123456789012:instance/11111111-2222-4333-8444-555555555555"
FLOW = f"{INSTANCE}/contact-flow/99999999-2222-4333-8444-555555555555"
NOT_YET = "1970-01-01T00:00:00.001Z"

Times = dict[str, timedelta]
QUEUED = timedelta(seconds=20)
ANSWERED = timedelta(seconds=33)
ENDED = timedelta(seconds=95)


def flow(step: str = "lookup", caller: str | None = CALLER, call: str = CALL, **extra: Any) -> dict[str, Any]:
    """What a flow invokes the voice function with."""
    contact = {
        "Attributes": {},
        "Channel": "VOICE",
        "ContactId": call,
        "InitialContactId": call,
        "InitiationMethod": "INBOUND",
        "InstanceARN": INSTANCE,
        "CustomerEndpoint": {"Address": caller, "Type": "TELEPHONE_NUMBER"} if caller else None,
        "SystemEndpoint": {"Address": BOAVISTA.phone, "Type": "TELEPHONE_NUMBER"},
        "MediaStreams": {"Customer": {"Audio": None}},
        "Queue": None,
        **extra,
    }
    return {
        "Name": "ContactFlowEvent",
        "Details": {"ContactData": contact, "Parameters": {"step": step}},
    }


def event(kind: str, times: Times, call: str = CALL, start: datetime = NOW, **detail: Any) -> dict[str, Any]:
    """A contact event; `times` says what had happened by then (queued, answered, ended after the start)."""
    known: dict[str, Any] = {}
    if "queued" in times:
        known["queueInfo"] = {"queueType": "STANDARD", "enqueueTimestamp": iso(start + times["queued"])}
    if "answered" in times:
        known["agentInfo"] = {"connectedToAgentTimestamp": iso(start + times["answered"])}
    if "ended" in times:
        known["disconnectTimestamp"] = iso(start + times["ended"])
    return {
        "version": "0",
        "id": f"{call}-{kind}",
        "detail-type": "Amazon Connect Contact Event",
        "source": "aws.connect",
        "account": "123456789012",
        "time": iso(start + max(times.values(), default=timedelta())),
        "region": "us-east-1",
        "resources": [INSTANCE],
        "detail": {
            "eventType": kind,
            "contactId": call,
            "channel": "VOICE",
            "instanceArn": INSTANCE,
            "initiationMethod": "INBOUND",
            "initiationTimestamp": iso(start),
            "tags": {"aws:connect:systemEndpoint": BOAVISTA.phone},
            **known,
            **detail,
        },
    }


def events(times: Times, call: str = CALL, start: datetime = NOW) -> list[dict[str, Any]]:
    """Every contact event of a call, each with what was known by then."""
    kinds = {"queued": "QUEUED", "answered": "CONNECTED_TO_AGENT", "ended": "DISCONNECTED"}
    told = [event("INITIATED", {}, call, start)]
    so_far: Times = {}
    for what, kind in kinds.items():
        if what in times:
            so_far = so_far | {what: times[what]}
            told.append(event(kind, so_far, call, start))
    return [*told, event("COMPLETED", so_far, call, start)]


def record(
    times: Times, caller: str | None = CALLER, call: str = CALL, start: datetime = NOW, **extra: Any
) -> dict[str, Any]:
    """The contact record of the same call, 100 s after its end."""
    queue, agent = None, None
    if "queued" in times:
        queue = {"Name": "Reception", "EnqueueTimestamp": iso(start + times["queued"])}
    if "answered" in times:
        agent = {
            "ConnectedToAgentTimestamp": iso(start + times["answered"]),
            "AgentInteractionDuration": int((times["ended"] - times["answered"]).total_seconds()),
        }
    return {
        "AWSContactTraceRecordFormatVersion": "2017-03-10",
        "Agent": agent,
        "Attributes": {},
        "Channel": "VOICE",
        "ContactId": call,
        "CustomerEndpoint": {"Address": caller, "Type": "TELEPHONE_NUMBER"} if caller else None,
        "DisconnectReason": "CUSTOMER_DISCONNECT",
        "DisconnectTimestamp": iso(start + times["ended"]),
        "InitialContactId": None,
        "InitiationMethod": "INBOUND",
        "InitiationTimestamp": iso(start),
        "InstanceARN": INSTANCE,
        "LastUpdateTimestamp": iso(start + times["ended"] + timedelta(seconds=100)),
        "NextContactId": None,
        "Queue": queue,
        "Recordings": None,
        "SystemEndpoint": {"Address": BOAVISTA.phone, "Type": "TELEPHONE_NUMBER"},
        **extra,
    }


def records(*told: dict[str, Any] | bytes) -> dict[str, Any]:
    """A Kinesis batch of these contact records."""
    return {
        "Records": [
            {
                "eventSource": "aws:kinesis",
                "eventVersion": "1.0",
                "eventID": f"shardId-000000000000:{number}",
                "eventName": "aws:kinesis:record",
                "awsRegion": "us-east-1",
                "eventSourceARN": "arn:aws:kinesis:us-east-1:123456789012:stream/recado-test-contact-records",
                "kinesis": {
                    "kinesisSchemaVersion": "1.0",
                    "partitionKey": CALL,
                    "sequenceNumber": str(number),
                    "approximateArrivalTimestamp": NOW.timestamp(),
                    "data": base64.b64encode(
                        one if isinstance(one, bytes) else json.dumps(one).encode()
                    ).decode(),
                },
            }
            for number, one in enumerate(told)
        ]
    }


ABANDONED = {"queued": QUEUED, "ended": ENDED}
ABANDONED_IN_MENU = {"ended": timedelta(seconds=14)}
ANSWERED_CALL = {"queued": QUEUED, "answered": ANSWERED, "ended": timedelta(seconds=213)}

"""A first call to each function before anybody watches: it starts the process and imports what there is.

The events concern nobody: they are read, found to be about a clinic that does not exist, and forgotten. An
event that makes a handler raise would be no use, since the emulator then ends the process.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infra.local.emulator import Emulator

NOBODY = "warm-up"


def warm_up(emulator: Emulator, resources: dict[str, str]) -> None:
    """Call every function once; `resources` gives their physical names."""
    client = emulator.client("lambda")

    def call(name: str) -> None:
        client.invoke(FunctionName=resources[name], Payload=json.dumps(EVENTS[name]).encode())

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(call, EVENTS))


def _sqs(body: dict[str, Any]) -> dict[str, Any]:
    record = {
        "messageId": NOBODY,
        "receiptHandle": NOBODY,
        "body": json.dumps(body),
        "attributes": {"MessageGroupId": NOBODY},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:warm-up.fifo",
        "awsRegion": "us-east-1",
    }
    return {"Records": [record]}


_MESSAGE = {
    "tenant": NOBODY,
    "channel": "whatsapp",
    "account": NOBODY,
    "kind": "message",
    "key": NOBODY,
    "sender": NOBODY,
    "identities": [["phone", "+10000000000"]],
    "at": "2026-01-01T00:00:00Z",
    "event": {"provider_id": NOBODY, "type": "text", "text": ""},
    "raw": {},
}

# A row of a kind that nobody follows.
_CHANGE = {
    "Records": [
        {
            "eventID": NOBODY,
            "eventName": "INSERT",
            "eventSource": "aws:dynamodb",
            "dynamodb": {
                "Keys": {"pk": {"S": NOBODY}, "sk": {"S": "X"}},
                "NewImage": {"pk": {"S": NOBODY}, "sk": {"S": "X"}},
                "SequenceNumber": "1",
            },
        }
    ]
}

_CALL = {
    "Name": "ContactFlowEvent",
    "Details": {
        "ContactData": {
            "Channel": "VOICE",
            "ContactId": NOBODY,
            "CustomerEndpoint": None,
            "SystemEndpoint": {"Address": "+10000000000", "Type": "TELEPHONE_NUMBER"},
        },
        "Parameters": {"step": "lookup"},
    },
}

EVENTS: dict[str, dict[str, Any]] = {
    "IntakeFunction": {
        "rawPath": "/webhooks/whatsapp",
        "headers": {},
        "pathParameters": {"channel": "whatsapp"},
        "requestContext": {"http": {"method": "GET"}},
    },
    "FeedFunction": {"pathParameters": {}, "headers": {}},
    "DedupeFunction": _sqs(_MESSAGE),
    "RoutingFunction": _CHANGE,
    "DeliveryFunction": _sqs({"tenant": NOBODY, "communication": NOBODY}),
    "MetricsFunction": _CHANGE,
    "VoiceFunction": _CALL,
    "RemindersFunction": {},
    "ApiFunction": {
        "path": "/me",
        "headers": {},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
        "requestContext": {"resourcePath": "/me", "httpMethod": "GET", "path": "/me"},
    },
}

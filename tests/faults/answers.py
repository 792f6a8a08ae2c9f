"""What AWS seems to answer when a fault befalls one attempt of a call: made up below the SDK's own retry."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

WRITES = {f"dynamodb.{name}" for name in ("TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem")}
SOFT = {"sqs.SendMessageBatch", "dynamodb.BatchGetItem", "dynamodb.BatchWriteItem", "dynamodb.Query"}
"""Operations that answer 200 though they did not do all of it."""

Answer = tuple[tuple[AWSResponse, dict[str, Any]] | None, Exception | None]
"""As botocore's Endpoint gives it: the response and what it parses to, or why there is none."""

_THROTTLED = {"s3": ("SlowDown", 503), "sqs": ("RequestThrottled", 403)}


class _Raw(BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()


def attempt(
    fault: str | None, first: bool, request: Any, operation: str, perform: Callable[[], Answer]
) -> Answer | None:
    """The answer to one attempt; none when the fault does not befall it."""
    if first and fault in ("lost_response", "http500_after"):
        perform()
    if fault == "lost_request":
        return None, ConnectTimeoutError(endpoint_url=request.url)
    if fault == "lost_response":
        return (None, ReadTimeoutError(endpoint_url=request.url)) if first else None
    if fault == "http500_after":
        return _error(request, "InternalServerError", 500)
    return _refused(fault, first, request, operation, perform)


def _refused(
    fault: str | None, first: bool, request: Any, operation: str, perform: Callable[[], Answer]
) -> Answer | None:
    if fault == "throttled":
        service = request.url.split("//")[1].split(".")[0]
        return _error(request, *_THROTTLED.get(service, ("ThrottlingException", 400)))
    if fault == "conflict":
        return _conflict(request, operation)
    if fault == "soft" and first:
        return _soft(request, operation, perform)
    return None


def transaction_token(request: Any, operation: str) -> str | None:
    """By what DynamoDB knows a repeated transaction: the SDK's own repeat of it changes nothing."""
    if operation != "TransactWriteItems":
        return None
    token = json.loads(request.body).get("ClientRequestToken")
    return str(token) if token else None


def sent(request: Any, provider_id: str, called: str = "MessageId") -> Answer:
    """A service that sends has taken a message, and `called` it so."""
    parsed = {called: provider_id, "ResponseMetadata": {"HTTPStatusCode": 200, "HTTPHeaders": {}}}
    return (_response(request, 200), parsed), None


def _error(request: Any, code: str, status: int, **more: Any) -> Answer:
    parsed = {
        "Error": {"Code": code, "Message": "made up"},
        "ResponseMetadata": {"HTTPStatusCode": status, "HTTPHeaders": {}},
        **more,
    }
    return (_response(request, status), parsed), None


def _response(request: Any, status: int) -> AWSResponse:
    return AWSResponse(request.url, status, {}, _Raw(b""))


def _conflict(request: Any, operation: str) -> Answer | None:
    if operation == "TransactWriteItems":
        items = json.loads(request.body)["TransactItems"]
        reasons = [
            {"Code": "TransactionConflict", "Message": "made up"},
            *({"Code": "None"} for _ in items[1:]),
        ]
        return _error(request, "TransactionCanceledException", 400, CancellationReasons=reasons)
    if f"dynamodb.{operation}" in WRITES:
        return _error(request, "TransactionConflictException", 400)
    return None


def _soft(request: Any, operation: str, perform: Callable[[], Answer]) -> Answer | None:
    body = json.loads(request.body) if operation in ("SendMessageBatch", "BatchGetItem", "Query") else {}
    if operation == "SendMessageBatch":
        refused = body["Entries"].pop(0)
        failed = [{"Id": refused["Id"], "SenderFault": False, "Code": "InternalError"}]
        return _partly(
            request, body if body["Entries"] else None, perform, {"Successful": [], "Failed": failed}
        )
    if operation == "BatchGetItem":
        ((table, asked),) = body["RequestItems"].items()
        keys = asked["Keys"]
        asked["Keys"], left = keys[: len(keys) // 2], keys[len(keys) // 2 :]
        unprocessed = {"UnprocessedKeys": {table: {**asked, "Keys": left}}}
        return _partly(
            request, body if asked["Keys"] else None, perform, {"Responses": {table: []}, **unprocessed}
        )
    if operation == "Query" and body.get("Limit") != 1:
        return _partly(request, {**body, "Limit": 1}, perform, {})
    return None


def _partly(
    request: Any, body: dict[str, Any] | None, perform: Callable[[], Answer], rest: dict[str, Any]
) -> Answer:
    """Do what is left of the request, if anything, and add to its answer what is said of the rest."""
    if body is None:
        parsed = {"ResponseMetadata": {"HTTPStatusCode": 200, "HTTPHeaders": {}}, **rest}
        return (_response(request, 200), parsed), None
    request.body = json.dumps(body).encode()
    request.headers["Content-Length"] = str(len(request.body))
    done, error = perform()
    return (done and (done[0], {**rest, **done[1], **_refusals(rest)})), error


def _refusals(rest: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rest.items() if name in ("Failed", "UnprocessedKeys")}

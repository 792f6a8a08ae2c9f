"""Provider webhook → inbound queue. The smallest and fastest function: a provider waits for its answer."""

from __future__ import annotations

import base64
from typing import Any

from aws_lambda_powertools import Logger
from recado.actions.receive import greet, receive
from recado.channels import Request
from recado.errors import RecadoError

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer an HTTP API request (payload format 2.0) to `/webhooks/{channel}`."""
    channel = event["pathParameters"]["channel"]
    request = _request(event)
    try:
        if request.method == "GET":
            return _answer(200, greet(channel, request))
        logger.info("received", channel=channel, events=receive(channel, request))
        return _answer(200, "")
    except RecadoError as error:
        logger.warning("refused", channel=channel, code=error.code)
        return _answer(error.status, str(error))


def _request(event: dict[str, Any]) -> Request:
    body = event.get("body") or ""
    raw = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")
    method, query = event["requestContext"]["http"]["method"], event.get("queryStringParameters") or {}
    return Request(method, event["rawPath"], query, event["headers"], raw)


def _answer(status: int, text: str) -> dict[str, Any]:
    # A handshake's text is the caller's own: never HTML, never sniffed.
    headers = {"content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff"}
    return {"statusCode": status, "headers": headers, "body": text}

"""What AWS hands to the webhook function → a Request, whichever way it came."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from typing import Any

from recado.channels import Request
from recado.channels.events import time_if_any


def by_http(event: dict[str, Any], now_ms: int = 0) -> tuple[str, Request]:
    """A request of an HTTP API (payload format 2.0) with its channel.

    Its address is the configured one, else the gateway's.
    """
    body = event.get("body") or ""
    raw = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8", "surrogatepass")
    context = event["requestContext"]
    base = os.environ.get("PUBLIC_URL") or f"https://{context.get('domainName', '')}"
    query = event.get("rawQueryString") or ""
    request = Request(
        method=context["http"]["method"],
        path=event["rawPath"],
        query=event.get("queryStringParameters") or {},
        headers=event["headers"],
        body=raw,
        url=f"{base}{event['rawPath']}{'?' + query if query else ''}",
        account=event["pathParameters"].get("account", ""),
        source=context["http"].get("sourceIp", ""),
        at=time_if_any(context.get("timeEpoch", now_ms)),
    )
    return _channel(event), request


def _channel(event: dict[str, Any]) -> str:
    """Named by the route's parameter; by the path, where a channel has a route of its own."""
    told = event["pathParameters"].get("channel")
    return str(told or event["rawPath"].partition("/webhooks/")[2].partition("/")[0])


def by_sns(event: dict[str, Any]) -> Iterator[tuple[str, Request]]:
    """Each notification with the channel whose topic it came from. A topic that is none's has channel ""."""
    names = {
        arn: name[: -len("_TOPIC")].lower() for name, arn in os.environ.items() if name.endswith("_TOPIC")
    }
    for record in event["Records"]:
        told = record["Sns"]
        headers = {"x-sns-message-id": told["MessageId"], "x-sns-timestamp": told["Timestamp"]}
        topic, message = told["TopicArn"], told["Message"]
        body = message.encode("utf-8", "surrogatepass")
        yield names.get(topic, ""), Request("SNS", topic, {}, headers, body)

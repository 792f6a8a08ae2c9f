"""Provider webhook → inbound queue. The smallest and fastest function: a provider waits for its answer."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from recado.actions.receive import greet, receive
from recado.channels import Reply
from recado.channels.requests import by_http, by_sns
from recado.errors import RecadoError

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer `/webhooks/{channel}` and `/webhooks/{channel}/{account}`, or take what SNS brings."""
    return _answer(_called(event) if "rawPath" in event else _told(event))


def _called(event: dict[str, Any]) -> Reply:
    """A request of the HTTP API (payload format 2.0)."""
    channel, request = event["pathParameters"]["channel"], by_http(event)
    try:
        if request.method == "GET":
            return Reply(200, greet(channel, request))
        events, reply = receive(channel, request)
    except RecadoError as error:
        logger.warning("refused", channel=channel, code=error.code)
        return Reply(error.status, str(error))
    logger.info("received", channel=channel, events=events)
    return reply


def _told(event: dict[str, Any]) -> Reply:
    """Notifications by SNS; one that fails comes again, and at last goes where failures are kept."""
    for channel, request in by_sns(event):
        events, _ = receive(channel, request)
        logger.info("received", channel=channel, events=events)
    return Reply()


def _answer(reply: Reply) -> dict[str, Any]:
    # A handshake's text is the caller's own: never HTML, never sniffed.
    headers = {"content-type": f"{reply.kind}; charset=utf-8", "x-content-type-options": "nosniff"}
    return {"statusCode": reply.status, "headers": {**headers, **reply.headers}, "body": reply.text}

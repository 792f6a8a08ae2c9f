"""Provider webhook → inbound queue. The smallest and fastest function: a provider waits for its answer."""

from __future__ import annotations

import time
from typing import Any

from aws_lambda_powertools import Logger
from recado.actions.receive import greet, receive
from recado.channels import Reply, Request
from recado.channels.requests import by_http, by_sns
from recado.errors import RecadoError
from recado.store.clients import client

logger = Logger()
client("secretsmanager")  # while it starts, a function has a whole core


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer `/webhooks/{channel}` with or without `/{account}`, or take in what SNS brings."""
    if "rawPath" not in event:
        # One that fails comes again, and at last goes where failures are kept.
        return {"taken": [_taken(*told).status for told in by_sns(event)]}
    channel, request = by_http(event, int(time.time() * 1000))
    try:
        reply = greet(channel, request) if request.method == "GET" else _taken(channel, request)
    except RecadoError as error:
        logger.warning("refused", channel=channel, code=error.code)
        reply = Reply(error.status, str(error))
    # A handshake's text is the caller's own: never HTML, never sniffed.
    headers = {"content-type": f"{reply.kind}; charset=utf-8", "x-content-type-options": "nosniff"}
    return {"statusCode": reply.status, "headers": {**headers, **reply.headers}, "body": reply.text}


def _taken(channel: str, request: Request) -> Reply:
    events, reply = receive(channel, request)
    logger.info("received", channel=channel, events=events)
    return reply

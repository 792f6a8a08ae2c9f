"""A practitioner's calendar → whoever has its address. It may read agendas, and nothing of any patient."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from recado.actions.serve_feed import serve_feed
from recado.errors import NotFound, RecadoError

logger = Logger()
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Answer `/webhooks/calendar/{clinic}/{practitioner}/{secret}`; 404 for whatever is not right of it."""
    asked = event["pathParameters"]
    clinic, who, secret = (str(asked.get(name) or "") for name in ("clinic", "practitioner", "secret"))
    headers = {"content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff"}
    try:
        if not all(_ID.fullmatch(one) for one in (clinic, who, secret)):
            raise NotFound
        served = serve_feed(clinic, who, secret.removesuffix(".ics"), datetime.now(UTC))
    except RecadoError as error:
        logger.warning("refused", code=error.code)
        told = error if error.retryable else NotFound()
        return {"statusCode": told.status, "headers": headers, "body": str(told)}
    tag = f'"{served.tag}"'
    headers |= {"etag": tag, "cache-control": "private, max-age=300"}
    if event["headers"].get("if-none-match") == tag:
        return {"statusCode": 304, "headers": headers, "body": ""}
    headers["content-type"] = "text/calendar; charset=utf-8"
    return {"statusCode": 200, "headers": headers, "body": served.content}

"""Inbound queue → one message, one patient, one open contact, exactly once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from recado import batches
from recado.actions.record import record
from recado.channels import Received

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Store each message of the batch; those that failed come again."""
    now = datetime.now(UTC)

    def store(body: dict[str, Any]) -> None:
        # A newer version may have queued more than this one knows: it must not fail on that.
        received = Received(**{name: body[name] for name in Received._fields if name in body})
        record(body["tenant"], received, now)
        logger.info("recorded", tenant=body["tenant"], channel=received.channel, kind=received.kind)

    return batches.queued(event, store, lambda error: logger.error("failed", error=error))

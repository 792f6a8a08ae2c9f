"""Outbound queue → provider, with one effect at most; files → our bucket; notices → clinics' systems."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from recado import batches
from recado.actions.deliver import deliver
from recado.actions.fetch_media import fetch_media
from recado.store.clients import client

logger = Logger()
client("secretsmanager")  # while it starts, a function has a whole core


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Send each communication or notice of the batch, or fetch a file; what failed here comes again."""
    now = datetime.now(UTC)
    # No message waits for somebody's file, or for a clinic's own system.
    event["Records"].sort(key=lambda record: '"fetch"' in record["body"] or '"notice"' in record["body"])

    def send(job: dict[str, Any]) -> None:
        if "notice" in job:
            from recado.actions.send_notice import send_notice  # noqa: PLC0415 - few clinics need it

            send_notice(job["tenant"], job["subscription"], job["notice"], now)
            logger.info("noticed", tenant=job["tenant"], notice=job["notice"])
            return
        (fetch_media if "fetch" in job else deliver)(job["tenant"], job["communication"], now)
        logger.info("handled", tenant=job["tenant"], communication=job["communication"])

    return batches.queued(event, send, lambda error: logger.error("failed", error=error))

"""Inbound queue → one message, one patient, one open contact, exactly once; files of patients, in slices."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from recado import batches
from recado.actions.record import record
from recado.channels import Received

logger = Logger()

SPARE_MS = 10_000
"""No row of a file is begun with less time than this: half of the time-out."""


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Store each message of the batch; those that failed come again. Files wait until people are heard."""
    now = datetime.now(UTC)

    def store(body: dict[str, Any]) -> None:
        if "import" in body:
            from recado.actions.import_rows import import_rows  # noqa: PLC0415 - heavy, and seldom

            has_time = lambda: context.get_remaining_time_in_millis() > SPARE_MS  # noqa: E731
            import_rows(body["tenant"], body["import"], now, has_time)
            return
        # A newer version may have queued more than this one knows: it must not fail on that.
        received = Received(**{name: body[name] for name in Received._fields if name in body})
        record(body["tenant"], received, now)
        logger.info("recorded", tenant=body["tenant"], channel=received.channel, kind=received.kind)

    people_first = sorted(event["Records"], key=lambda one: one["body"].startswith('{"import":'))
    return batches.queued({"Records": people_first}, store, lambda error: logger.error("failed", error=error))

"""Contacts stream → self-service, or the right agent; what is to be sent → outbound queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from recado import batches
from recado.actions.follow import follow
from recado.store.stream import change, new_notice

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Do what each change asks for; from the first failure on, the changes come again."""
    now = datetime.now(UTC)

    def carry_on(record: Mapping[str, Any]) -> None:
        changed = change(record)
        if changed is not None:
            follow(changed, now)
        elif told := new_notice(record, now):
            from recado.actions.queue_notices import queue_notices  # noqa: PLC0415 - few clinics need it

            queue_notices(told[0], [told[1:]], now)

    return batches.changed(event, carry_on, lambda error: logger.error("failed", error=error))

"""Amazon Connect: a flow asks who is calling; contact events and contact records say how calls ended."""

import json
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger, metrics
from recado import batches
from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import answer_flow
from recado.channels import connect

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> Any:
    """Answer a flow, or store what a contact event or a batch of contact records says."""
    now = datetime.now(UTC)
    if event.get("Name") == "ContactFlowEvent":
        return _answer(event, now)
    if "Records" not in event:
        logger.info("heard", extra=hear_call(json.dumps(event).encode(), now))
        return None

    def store(record: bytes) -> None:
        logger.info("heard", extra=hear_call(record, now))

    return batches.streamed(event, store, lambda error: logger.error("failed", error=error))


def _answer(event: dict[str, Any], now: datetime) -> dict[str, str]:
    try:
        return answer_flow(event, now)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller has to reach a person now
        logger.error("lookup failed", error=type(error).__name__)  # noqa: TRY400 - a traceback may hold values
        with metrics.single_metric("CallerLookupFailed", metrics.MetricUnit.Count, 1):
            return connect.FAILED

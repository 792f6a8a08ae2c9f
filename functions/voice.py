"""Amazon Connect: a flow asks who is calling; contact events and contact records say how calls ended."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.kinesis_stream_event import KinesisStreamRecord
from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import FAILED, answer_flow

logger = Logger()
processor = BatchProcessor(EventType.KinesisDataStreams)


def handler(event: dict[str, Any], context: Any) -> Any:
    """Answer a flow, or store what a contact event or a batch of contact records says."""
    now = datetime.now(UTC)
    if event.get("Name") == "ContactFlowEvent":
        return _answer(event, now)
    if "Records" in event:

        def store(record: KinesisStreamRecord) -> None:
            logger.info("heard", extra=hear_call(record.kinesis.data_as_bytes(), now))

        return process_partial_response(event, store, processor, context)
    logger.info("heard", extra=hear_call(json.dumps(event).encode(), now))
    return None


def _answer(event: dict[str, Any], now: datetime) -> dict[str, str]:
    try:
        return answer_flow(event, now)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller has to reach a person now
        logger.error("lookup failed", error=type(error).__name__)  # noqa: TRY400 - a traceback may hold values
        with single_metric(name="CallerLookupFailed", unit=MetricUnit.Count, value=1):
            return FAILED

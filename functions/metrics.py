"""Contacts stream → what happened, and every interval it touched counted anew."""

from __future__ import annotations

from datetime import date
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from recado.actions.measure import Touched, measure, note
from recado.actions.measure_again import measure_again
from recado.store.stream import change

logger = Logger()


def handler(event: dict[str, Any], context: Any) -> Any:
    """Answer a batch of the stream with the records that could not be noted.

    Should an interval not be counted, the whole batch fails and comes again: noting twice is noting once.
    A batch that was given up on even so sets off an alarm; an operator then invokes this function with
    `{"tenant": "<clinic>", "day": "2026-11-23"}` (UTC), for each clinic and day that it may have held.
    """
    if "Records" not in event:
        return {"intervals": measure_again(event["tenant"], date.fromisoformat(event["day"]))}
    touched: set[Touched] = set()

    def keep(record: DynamoDBRecord) -> None:
        seen = change(record.raw_event)
        touched.update(note(seen) if seen else ())

    processor = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    answer = process_partial_response(event, keep, processor, context)
    for _, error, _ in processor.exceptions:
        logger.error("failed", error=type(error).__name__)  # its text may hold a patient's words
    for tenant, start in sorted(touched):
        measure(tenant, start)
    logger.info("measured", records=len(event["Records"]), intervals=len(touched))
    return answer

"""Contacts stream → self-service, or the right agent; and what is to be sent → outbound queue."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from recado.actions.follow import follow
from recado.store.stream import change

logger = Logger()
processor = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)


def handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse:
    """Do what each change asks for; from the first failure on, the changes come again."""
    now = datetime.now(UTC)

    def carry_on(record: DynamoDBRecord) -> None:
        changed = change(record.raw_event)
        if changed is not None:
            follow(changed, now)

    answer = process_partial_response(event, carry_on, processor, context)
    for _, error, _ in processor.exceptions:
        logger.error("failed", error=type(error).__name__)  # its text may hold a patient's words
    return answer

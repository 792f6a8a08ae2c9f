"""Outbound queue → provider, with one effect at most."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from recado.actions.deliver import deliver

logger = Logger()
# A failure holds back the same person's later messages, and nobody else's.
processor = SqsFifoPartialProcessor(skip_group_on_error=True)
processor.raise_on_entire_batch_failure = False  # its text would go to the log


def handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse:
    """Send each communication of the batch; those that failed on our side come again."""
    now = datetime.now(UTC)

    def send(record: SQSRecord) -> None:
        job = json.loads(record.body)
        deliver(job["tenant"], job["communication"], now)
        logger.info("handled", tenant=job["tenant"], communication=job["communication"])

    answer = process_partial_response(event, send, processor, context)
    for _, error, _ in processor.exceptions:
        logger.error("failed", error=type(error).__name__)  # its text may hold a patient's words
    return answer

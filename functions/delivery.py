"""Outbound queue → provider, with one effect at most; and files from providers → our bucket."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from recado.actions.deliver import deliver
from recado.actions.fetch_media import fetch_media

logger = Logger()
# A failure holds back the same person's later messages, and nobody else's.
processor = SqsFifoPartialProcessor(skip_group_on_error=True)
processor.raise_on_entire_batch_failure = False  # its text would go to the log


def handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse:
    """Send each communication of the batch, or fetch a file of it; what failed on our side comes again."""
    now = datetime.now(UTC)
    # No message waits for somebody's file.
    event["Records"].sort(key=lambda record: "fetch" in json.loads(record["body"]))

    def send(record: SQSRecord) -> None:
        job = json.loads(record.body)
        (fetch_media if "fetch" in job else deliver)(job["tenant"], job["communication"], now)
        logger.info("handled", tenant=job["tenant"], communication=job["communication"])

    answer = process_partial_response(event, send, processor, context)
    for _, error, _ in processor.exceptions:
        logger.error("failed", error=type(error).__name__)  # its text may hold a patient's words
    return answer

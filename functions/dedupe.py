"""Inbound queue → one message, one patient, one open contact, exactly once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import SqsFifoPartialProcessor, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from recado.actions.record import record as keep
from recado.channels import Received

logger = Logger()
# A failure holds back its own sender's later messages, and nobody else's.
processor = SqsFifoPartialProcessor(skip_group_on_error=True)
processor.raise_on_entire_batch_failure = False  # its text would go to the log


def handler(event: dict[str, Any], context: Any) -> PartialItemFailureResponse:
    """Store each message of the batch; those that failed come again."""
    now = datetime.now(UTC)

    def store(record: SQSRecord) -> None:
        body = json.loads(record.body)
        tenant = body.pop("tenant")
        # A newer version may have queued more than this one knows: it must not fail on that.
        received = Received(**{name: body[name] for name in Received._fields if name in body})
        keep(tenant, received, now)
        logger.info("recorded", tenant=tenant, channel=received.channel, kind=received.kind)

    answer = process_partial_response(event, store, processor, context)
    for _, error, _ in processor.exceptions:
        logger.error("failed", error=type(error).__name__)  # its text may hold a patient's words
    return answer

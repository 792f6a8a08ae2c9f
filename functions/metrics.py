"""Streams of contacts and of visits → what happened, and every interval it touched counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger
from recado import batches
from recado.actions.measure import Touched, measure, note
from recado.actions.note_visit import note_visit
from recado.actions.recount import recount
from recado.store.stream import change, visit_change

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> Any:
    """Answer a batch of a stream with the records that could not be noted.

    Should an interval not be counted, the whole batch fails and comes again: noting twice is noting once. A
    batch that was given up on even so sets off an alarm; an operator then has it counted again (`recount`).
    """
    if "Records" not in event:
        return recount(event["tenant"], day=event.get("day"), month=event.get("month"))
    touched: set[Touched] = set()

    def keep(record: Mapping[str, Any]) -> None:
        if visit := visit_change(record):
            note_visit(*visit)
        elif seen := change(record):
            touched.update(note(seen))

    answer = batches.changed(event, keep, lambda error: logger.error("failed", error=error))
    for tenant, start in sorted(touched):
        measure(tenant, start)
    logger.info("measured", records=len(event["Records"]), intervals=len(touched))
    return answer

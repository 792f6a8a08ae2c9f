"""Contacts stream → what happened, and every interval it touched counted anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from aws_lambda_powertools import Logger
from recado import batches
from recado.actions.measure import Touched, measure, note
from recado.actions.measure_again import measure_again
from recado.store.stream import change

logger = Logger()


def handler(event: dict[str, Any], _context: object) -> Any:
    """Answer a batch of the stream with the records that could not be noted.

    Should an interval not be counted, the whole batch fails and comes again: noting twice is noting once.
    A batch that was given up on even so sets off an alarm; an operator then invokes this function with
    `{"tenant": "<clinic>", "day": "2026-11-23"}` (UTC), for each clinic and day that it may have held.
    """
    if "Records" not in event:
        return {"intervals": measure_again(event["tenant"], date.fromisoformat(event["day"]))}
    touched: set[Touched] = set()

    def keep(record: Mapping[str, Any]) -> None:
        seen = change(record)
        touched.update(note(seen) if seen else ())

    answer = batches.changed(event, keep, lambda error: logger.error("failed", error=error))
    for tenant, start in sorted(touched):
        measure(tenant, start)
    logger.info("measured", records=len(event["Records"]), intervals=len(touched))
    return answer

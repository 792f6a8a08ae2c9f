"""Every minute → what is due: reminders, and whatever the stream left behind."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from recado.actions.remind import Reminded, remind
from recado.actions.sweep import sweep
from recado.errors import Unavailable
from recado.store import tenants

logger = Logger()
metrics = Metrics()

SPARE_MS = 15_000
"""No page is begun with less time than this: what is left stays due, and the next minute goes on."""


@metrics.log_metrics
def handler(_event: dict[str, Any], context: Any) -> None:
    """See to every clinic, a page at a time in turns: none waits for another's ten thousand, or its failure.

    Raises Unavailable, after all the others were seen to, when a clinic could not be: its alarm is ours.
    """
    now = datetime.now(UTC)
    broken: set[str] = set()
    turns: deque[tuple[str, Mapping[str, Any] | None]] = deque((one, None) for one in tenants.everyone())
    while turns and context.get_remaining_time_in_millis() > SPARE_MS:
        tenant, after = turns.popleft()
        if after is None:
            with apart(tenant, broken):
                sweep(tenant, now)
        with apart(tenant, broken):
            page = remind(tenant, now, after)
            count(tenant, page)
            turns.extend([(tenant, page.next)] if page.next else [])
    metrics.add_metric("ClinicsLeft", MetricUnit.Count, len(turns))
    if broken:
        raise Unavailable


@contextmanager
def apart(tenant: str, broken: set[str]) -> Iterator[None]:
    """Whatever goes wrong with this clinic stays with it. Only the kind is logged: errors may name people."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the other clinics' patients must not miss a reminder for it
        broken.add(tenant)
        logger.error(  # noqa: TRY400 - no traceback: see above
            "clinic failed", tenant=tenant, error=type(error).__name__
        )


def count(tenant: str, page: Reminded) -> None:
    """What operators see of a page."""
    metrics.add_metric("RemindersSent", MetricUnit.Count, page.sent)
    metrics.add_metric("RemindersFailed", MetricUnit.Count, len(page.failed))
    if page.due:
        logger.info("reminded", tenant=tenant, due=page.due, sent=page.sent, failed=page.failed)

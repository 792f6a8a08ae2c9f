"""Every minute → what is due: reminders, and whatever the stream left behind."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from recado.actions.take_turns import take_turns
from recado.errors import Unavailable

logger = Logger()
metrics = Metrics()

SPARE_MS = 15_000
"""No page is begun with less time than this."""


@metrics.log_metrics
def handler(_event: dict[str, Any], context: Any) -> None:
    """See to every clinic.

    Raises Unavailable, for its alarm, when a clinic could not be seen to; all the others were by then.
    """
    minute = take_turns(datetime.now(UTC), lambda: context.get_remaining_time_in_millis() > SPARE_MS)
    metrics.add_metric("RemindersSent", MetricUnit.Count, minute.sent)
    metrics.add_metric("RemindersFailed", MetricUnit.Count, len(minute.failed))
    metrics.add_metric("ClinicsLeft", MetricUnit.Count, minute.left)
    metrics.add_metric("RowsUnreadable", MetricUnit.Count, len(minute.unreadable))
    metrics.add_metric("ChannelsNeglected", MetricUnit.Count, len(minute.neglected))
    metrics.add_metric("ContactsUnsettled", MetricUnit.Count, len(minute.unsettled))
    if minute.due or minute.broken or minute.neglected or minute.unsettled:
        logger.info("swept", **minute._asdict())
    if minute.broken:
        raise Unavailable

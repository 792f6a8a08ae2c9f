"""Notices that are due → the outbound queue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from recado.store import queues


def queue_notices(tenant: str, keys: Iterable[tuple[str, str]], now: datetime) -> None:
    """Queue the notices of these rows (see store.notices) for delivery. Raises Unavailable.

    One group for each subscription: its notices go in order, and a receiver that is slow or dead holds up one
    worker at most. The key holds the minute, as that of a message to a patient (actions.send_out).
    """
    queues.send("outbound", [_job(tenant, one, now) for one in keys])


def _job(tenant: str, row: tuple[str, str], now: datetime) -> queues.Job:
    subscription, notice = row[0].rpartition("#")[2], row[1].removeprefix("N#")
    return queues.Job(
        group=(tenant, "notices", subscription),
        key=(tenant, subscription, notice, now.strftime("%Y%m%d%H%M")),
        body={"tenant": tenant, "subscription": subscription, "notice": notice},
    )

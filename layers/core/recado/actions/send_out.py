"""Communications that are to be sent → the outbound queue, where delivery takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recado.model.communication import Communication
from recado.store import queues


def send_out(tenant: str, communications: Sequence[Communication], now: datetime) -> None:
    """Queue the delivery of these communications. Raises Unavailable."""
    queues.send("outbound", [_job(tenant, one, now) for one in communications])


def _job(tenant: str, communication: Communication, now: datetime) -> queues.Job:
    """One group for each person keeps their messages in order.

    The key holds the minute, so that the queue drops the sweep's repeat of what the stream has just sent and
    not the sweep's next try.
    """
    return queues.Job(
        group=(tenant, communication.account, communication.address),
        key=(tenant, communication.id, str(communication.attempts), now.strftime("%Y%m%d%H%M")),
        body={"tenant": tenant, "communication": communication.id},
    )

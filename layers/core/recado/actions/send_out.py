"""Communications that are to be sent, or whose files are to be fetched → the outbound queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from recado.model.communication import Communication
from recado.rules import files
from recado.store import queues


def send_out(tenant: str, communications: Sequence[Communication], now: datetime) -> None:
    """Queue these communications for delivery, which also fetches files. Raises Unavailable."""
    queues.send("outbound", [_job(tenant, one, now) for one in communications])


def _job(tenant: str, communication: Communication, now: datetime) -> queues.Job:
    """One group for each person keeps their messages in order; a file to fetch waits for none, and holds up
    none.

    The key holds the minute, so that the queue drops the sweep's repeat of what the stream has just sent and
    not the sweep's next try.
    """
    left = files.waiting(communication)
    fetches = left > 0
    address = (communication.account, communication.address)
    tried = (str(communication.attempts), *([str(left)] if fetches else []))
    return queues.Job(
        group=(tenant, "files", communication.id) if fetches else (tenant, *address),
        key=(tenant, communication.id, *tried, now.strftime("%Y%m%d%H%M")),
        body={"tenant": tenant, "communication": communication.id, **({"fetch": True} if fetches else {})},
    )

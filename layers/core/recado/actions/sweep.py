"""The guarantee behind the stream: whatever was left behind is done now (reliability.md F10, F19)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from recado.actions.record_call import settle_overdue
from recado.actions.respond import respond
from recado.actions.route import route_waiting
from recado.model.communication import Communication
from recado.store import contacts, queues


def sweep(tenant: str, now: datetime) -> int:
    """Look at every row of a clinic that is due by now; how many there were.

    A row that is looked at in vain stays due and is looked at again a minute later; contacts that wait for
    an agent do so as long as they wait, so all pages are read, lest they hide what is behind them.
    """
    seen, waiting = 0, False
    after: Mapping[str, Any] | None = None
    while True:
        page = contacts.due(tenant, now, after)
        _see_to(tenant, page, now)
        waiting = waiting or bool(page.contacts)
        seen += len(page.contacts) + len(page.communications) + len(page.calls)
        after = page.following
        if after is None:
            break
    if waiting:
        route_waiting(tenant, now)
    return seen


def _see_to(tenant: str, page: contacts.Due, now: datetime) -> None:
    queues.send("outbound", [outbound_job(tenant, one, now) for one in page.communications])
    for contact in page.contacts:
        if contact.pending:
            respond(tenant, contact.id, now)
    for call in page.calls:
        settle_overdue(tenant, call, now)


def outbound_job(tenant: str, communication: Communication, now: datetime) -> queues.Job:
    """The delivery of a communication as a job: one group for each person keeps their messages in order.

    The key holds the minute, so that the queue drops the sweep's repeat of what the stream has just sent and
    not the sweep's next try.
    """
    return queues.Job(
        group=(tenant, communication.account, communication.address),
        key=(tenant, communication.id, str(communication.attempts), now.strftime("%Y%m%d%H%M")),
        body={"tenant": tenant, "communication": communication.id},
    )

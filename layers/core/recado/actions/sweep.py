"""The guarantee behind the stream: whatever was left behind is done now (reliability.md F10, F19)."""

from __future__ import annotations

from datetime import datetime

from recado.actions.record_call import settle_overdue
from recado.actions.respond import respond
from recado.actions.route import route_waiting
from recado.model.communication import Communication
from recado.store import contacts, queues


def sweep(tenant: str, now: datetime) -> int:
    """Look at every row of a clinic that is due by now; how many there were.

    A row that is looked at in vain stays due and is looked at again a minute later.
    """
    due_contacts, communications, calls = contacts.due(tenant, now)
    for contact in due_contacts:
        if contact.pending:
            respond(tenant, contact.id, now)
    if due_contacts:
        route_waiting(tenant, now)
    queues.send("outbound", [outbound_job(tenant, one, now) for one in communications])
    for call in calls:
        settle_overdue(tenant, call, now)
    return len(due_contacts) + len(communications) + len(calls)


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

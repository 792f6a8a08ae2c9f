"""A provider calls: verify, read, queue, answer. Nothing is stored here but what cannot be read.

Depends on the queue and on cached settings only, so that intake works while all else is down.
"""

from __future__ import annotations

from recado import channels
from recado.channels import Channel, Received, Request, Unreadable
from recado.errors import TooLarge
from recado.store import directory, queues, secrets, unreadable

LIMIT = 3 * 1024 * 1024
"""Bytes; Meta sends at most 3 MB (channels.md section 1)."""


def greet(name: str, request: Request) -> str:
    """The answer to a provider that checks our address. Raises NotFound, Forged."""
    channel = channels.channel(name)
    return channel.handshake(request, secrets.webhook(channel.PROVIDER))


def receive(name: str, request: Request) -> int:
    """Queue every event of a webhook, each for its own clinic; how many there were.

    Raises NotFound for a channel that we do not have, TooLarge, Forged, and Unavailable when not everything
    could be queued or kept: then the provider has to call again.
    """
    channel = channels.channel(name)
    if len(request.body) > LIMIT:
        raise TooLarge
    channel.verify(request, secrets.webhook(channel.PROVIDER))
    events = channel.parse(request.body)
    queues.send("inbound", [job for event in events for job in _jobs(channel, event)])
    return len(events)


def _jobs(channel: Channel, event: Received | Unreadable) -> list[queues.Job]:
    """One job for an event of a clinic's account; what is not, or cannot be read, is kept for an operator."""
    tenant = directory.clinic(channel.NAME, event.account) if event.account else None
    if isinstance(event, Unreadable):
        unreadable.keep(tenant, event.channel, event.reason, event.raw)
        return []
    if tenant is None:
        unreadable.keep_event(None, event.channel, "no clinic has this account", event.raw)
        return []
    group = (tenant, event.channel, event.account, event.sender)
    return [queues.Job(group, (tenant, event.key), {"tenant": tenant, **event._asdict()})]

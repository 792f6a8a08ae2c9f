"""A provider calls: verify, read, queue, answer. Nothing is stored here but what cannot be read.

Depends on the queue and on cached settings only, so that intake works while all else is down.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from recado import channels
from recado.channels import Channel, Received, Reply, Request, Secrets, Unreadable, pages
from recado.errors import Forged, Misconfigured, TooLarge
from recado.store import directory, queues, secrets, unreadable

LIMIT = 3 * 1024 * 1024
"""Bytes; Meta sends at most 3 MB."""

Event = Received | Unreadable
Place = tuple[str | None, bool]
"""An account, and whether what came is a notice, which may be about a whole business."""
Clinics = dict[Place, str | None]
"""Whose each account of one request is; none: no clinic's."""


def greet(name: str, request: Request) -> Reply:
    """The answer to a provider that checks our address, or to a person who looks for ours in a live channel.

    Raises NotFound, Forged, TooMany, Unavailable.
    """
    channel = channels.channel(name)
    known = _secrets(channel, request)
    if not channel.TRAITS.live:
        return Reply(200, channel.handshake(request, known))
    channel.verify(request, known)
    _limit(channel, request, "looks", channel.TRAITS.looks_per_caller)
    return _look_in(channel, channel.handshake(request, known), request)


def _look_in(channel: Channel, address: str, request: Request) -> Reply:
    from recado.actions.look_in import look_in  # noqa: PLC0415 - needs models, and no other channel does

    tenant = directory.clinic(channel.NAME, request.account)
    if tenant is None:
        raise Forged
    return look_in(tenant, channel.NAME, address, request)


def receive(name: str, request: Request) -> tuple[int, Reply]:
    """Queue every event of a webhook, each for its own clinic; how many there were, and what to answer.

    Raises NotFound for a channel that we do not have, TooLarge, TooMany, Forged, and Unavailable when not
    everything could be queued or kept: then the provider has to call again.
    """
    channel = channels.channel(name)
    if len(request.body) > LIMIT:
        raise TooLarge
    known = _secrets(channel, request)
    if channel.TRAITS.per_caller:
        pages.from_own_page(request, known)  # costs nothing, which a count does and a CAPTCHA, too
        _limit(channel, request, "", channel.TRAITS.per_caller)
    channel.verify(request, known)
    events = [_of_path(event, request.account) for event in channel.parse(request)]
    clinics = _clinics(channel.NAME, events)
    _keep(channel.NAME, events, clinics)
    queues.send("inbound", _jobs(events, clinics))
    return len(events), channel.reply(request, known)


def _limit(channel: Channel, request: Request, what: str, most: int) -> None:
    """Where anybody may call, nobody may too often; `what` is counted by itself. Raises TooMany."""
    tenant = directory.clinic(channel.NAME, request.account)
    if tenant is None:
        return
    from recado.store import limits  # noqa: PLC0415 - few channels need it

    line = f"{channel.NAME}/{request.account}/{what}".rstrip("/")
    limits.count(tenant, line, request.source, most, datetime.fromisoformat(request.at))


def _of_path(event: Event, account: str) -> Event:
    """A signature by one account's secret says nothing of another's: where the path names one, it is the
    only one."""
    if not account or event.account == account:
        return event
    if isinstance(event, Unreadable):
        return event._replace(account=account)
    return Unreadable(event.channel, "of another account", json.dumps(event.raw).encode(), account)


def _secrets(channel: Channel, request: Request) -> Secrets:
    """A platform's secrets are of all its accounts; else they are those of the account in the path.

    Raises Forged for an account that is no clinic's, which must look like a wrong signature.
    """
    if channel.PROVIDER == "aws":
        return secrets.topics(channel.NAME)
    if channel.PROVIDER:
        return secrets.webhook(channel.PROVIDER)
    tenant = directory.clinic(channel.NAME, request.account) if request.account else None
    if tenant is None:
        raise Forged
    try:
        return secrets.webhook_of(tenant, channel.NAME, request.account)
    except Misconfigured:
        raise Forged from None


def _clinics(channel: str, events: Iterable[Event]) -> Clinics:
    """Each account is looked up once for all its events: the provider waits."""
    places = {_place(event) for event in events}
    return {(account, told): _clinic(channel, account, told) for account, told in places}


def _place(event: Event) -> Place:
    return event.account, isinstance(event, Received) and event.kind == "notice"


def _clinic(channel: str, account: str | None, told: bool) -> str | None:
    """A notice may name the provider's account of the whole business only; nothing that people write does."""
    if not account:
        return None
    found = directory.clinic(channel, account)
    return directory.clinic(directory.business(channel), account) if told and found is None else found


def _keep(channel: str, events: Iterable[Event], clinics: Clinics) -> None:
    """For an operator: what cannot be read or is no clinic's, one object for each clinic and reason.

    Its lines are the events, in their order.
    """
    kept: defaultdict[tuple[str | None, str], list[bytes]] = defaultdict(list)
    for event in events:
        tenant = clinics[_place(event)]
        if isinstance(event, Unreadable):
            kept[tenant, event.reason].append(event.raw)
        elif tenant is None:
            kept[None, "no clinic has this account"].append(_nobodys(event))
    for (tenant, reason), lines in kept.items():
        unreadable.keep(tenant, channel, reason, b"\n".join(lines))


def _nobodys(event: Received) -> bytes:
    """The event itself does not say to whose account it came."""
    return json.dumps({"account": event.account, "event": event.raw}, sort_keys=True).encode()


def _jobs(events: Iterable[Event], clinics: Clinics) -> list[queues.Job]:
    """One job for each event of a clinic's account. Whoever is told of stays in order.

    An event about nobody waits for nothing: its group is its own.
    """
    return [
        queues.Job(
            (tenant, event.channel, event.account, event.sender or event.key),
            (tenant, event.key),
            {"tenant": tenant, **event._asdict()},
        )
        for event in events
        if isinstance(event, Received) and (tenant := clinics[_place(event)])
    ]

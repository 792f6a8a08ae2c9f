"""The guarantee behind the stream: whatever was left behind is done now (reliability.md F10, F19)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from recado.actions.again import insist
from recado.actions.meet import meet
from recado.actions.record_call import settle_overdue
from recado.actions.respond import respond
from recado.actions.route import route_as_seen, route_page
from recado.actions.send_out import send_out
from recado.model.contact import Contact
from recado.model.erasure import Erasure
from recado.rules.follow_ups import is_unjudged
from recado.store import contacts, tenants


class Swept(NamedTuple):
    """What became of a page of due rows."""

    due: int
    failed: tuple[str, ...]
    """The kinds of the errors of what could not be done; it stays due. Only kinds: errors may name people."""
    next: Mapping[str, Any] | None
    """Where the next page begins; none: that was all."""
    unreadable: tuple[str, ...] = ()
    """Rows that this version cannot read, by their ids; they stay due."""


def sweep(tenant: str, now: datetime, after: Mapping[str, Any] | None = None) -> Swept:
    """Look at a page of a clinic's rows that are due by now, longest overdue first; ask on with `next`.

    A row that is looked at in vain stays due and is looked at again a minute later: contacts that wait for an
    agent do so as long as they wait, and must not hide what is behind them. One that fails does not stop the
    others. Raises Unavailable when the page cannot be read.
    """
    page = contacts.due(tenant, now, after)
    failures = [failure for step in _steps(tenant, page, now) if (failure := _done(step))]
    due = len(page.contacts) + len(page.communications) + len(page.calls) + len(page.erasures)
    due += len(page.unreadable) + len(page.notices)
    return Swept(due, tuple(failures), page.following, page.unreadable)


def _done(step: Callable[[], object]) -> str | None:
    """What a step failed with. The rows behind one that fails every minute must not wait for it for ever."""
    try:
        step()
    except Exception as failure:  # noqa: BLE001 - told when all the others have been seen to
        return type(failure).__name__
    return None


def _steps(tenant: str, page: contacts.Due, now: datetime) -> Iterator[Callable[[], object]]:
    if page.communications:
        # In the order of the timeline: the first of somebody's messages may have been put off.
        in_order = sorted(page.communications, key=lambda one: one.moment)
        yield partial(send_out, tenant, in_order, now)
    if page.notices:
        yield partial(_queue, tenant, page.notices, now)
    # By itself: whom it fails for is routed all the same. Insisted on, since nobody comes back to it.
    yield from (partial(insist(meet), tenant, one, now) for one in page.contacts if one.state == "new")
    yield from (partial(respond, tenant, one.id, now) for one in page.contacts if one.pending)
    yield from (partial(settle_overdue, tenant, one, now) for one in page.calls)
    yield from (partial(_forget, tenant, one, now) for one in page.erasures)
    yield from (partial(_gather, tenant, one.id, now) for one in page.contacts if one.merged_into)
    yield from (partial(_resume, tenant, one.id, now) for one in page.contacts if _is_followed(one))
    served = [one for one in page.contacts if one.is_served and not one.pending]
    yield from (partial(_leave, tenant, one.id, now) for one in served)
    unowned = [one for one in page.contacts if not one.pending]
    yield from (partial(route_as_seen, tenant, one, now) for one in unowned if one.state == "new")
    if any(one.state == "waiting" for one in unowned):
        yield partial(_route, tenant, [one for one in unowned if one.state == "waiting"], now)


def _queue(tenant: str, keys: tuple[tuple[str, str], ...], now: datetime) -> None:
    from recado.actions.queue_notices import queue_notices  # noqa: PLC0415 - few clinics have subscribers

    queue_notices(tenant, keys, now)


def _forget(tenant: str, erasure: Erasure, now: datetime) -> None:
    from recado.actions.forget import forget  # noqa: PLC0415 - seldom needed

    forget(tenant, erasure, now)


def _leave(tenant: str, contact_id: str, now: datetime) -> None:
    from recado.actions.end_dialogue import end_dialogue  # noqa: PLC0415 - few minutes need it

    end_dialogue(tenant, contact_id, now)


def _gather(tenant: str, contact_id: str, now: datetime) -> None:
    from recado.actions.attribute import gather  # noqa: PLC0415 - few minutes need it

    gather(tenant, contact_id, now)


def _is_followed(contact: Contact) -> bool:
    return contact.state == "scheduled" or is_unjudged(contact)


def _resume(tenant: str, contact_id: str, now: datetime) -> None:
    from recado.actions.resume_contact import resume_contact  # noqa: PLC0415 - few minutes need it

    resume_contact(tenant, contact_id, now)


def _route(tenant: str, waiting: list[Contact], now: datetime) -> None:
    route_page(tenant, waiting, tenants.agents(tenant), now)

"""The guarantee behind the stream: whatever was left behind is done now (reliability.md F10, F19)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from recado.actions.record_call import settle_overdue
from recado.actions.respond import respond
from recado.actions.route import route_waiting
from recado.actions.send_out import send_out
from recado.store import contacts


def sweep(tenant: str, now: datetime) -> int:
    """Look at every row of a clinic that is due by now; how many there were.

    A row that is looked at in vain stays due and is looked at again a minute later; contacts that wait for
    an agent do so as long as they wait, so all pages are read, lest they hide what is behind them. A row that
    fails does not stop the others; its error is raised when all of them have been looked at.
    """
    seen, waiting = 0, False
    failure: Exception | None = None
    after: Mapping[str, Any] | None = None
    while True:
        page = contacts.due(tenant, now, after)
        for step in _steps(tenant, page, now):
            failure = _done(step) or failure
        waiting = waiting or bool(page.contacts)
        seen += len(page.contacts) + len(page.communications) + len(page.calls)
        after = page.following
        if after is None:
            break
    if waiting:
        route_waiting(tenant, now)
    if failure:
        raise failure
    return seen


def _done(step: Callable[[], object]) -> Exception | None:
    """What a step failed with. The rows behind one that fails every minute must not wait for it for ever."""
    try:
        step()
    except Exception as failure:  # noqa: BLE001 - raised when all the others have been seen to
        return failure
    return None


def _steps(tenant: str, page: contacts.Due, now: datetime) -> Iterator[Callable[[], object]]:
    if page.communications:
        # In the order of the timeline: a page comes in none, and the first may have been put off.
        in_order = sorted(page.communications, key=lambda one: one.moment)
        yield partial(send_out, tenant, in_order, now)
    yield from (partial(respond, tenant, one.id, now) for one in page.contacts if one.pending)
    yield from (partial(settle_overdue, tenant, one, now) for one in page.calls)

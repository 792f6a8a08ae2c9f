"""The guarantee behind the stream: whatever was left behind is done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from recado.actions.send_out import send_out
from recado.model.call import Call
from recado.model.erasure import Erasure
from recado.store import due


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
    page = due.page(tenant, now, after)
    failures = [failure for step in _steps(tenant, page, now) if (failure := _done(step))]
    seen = len(page.contacts) + len(page.communications) + len(page.calls) + len(page.erasures)
    seen += len(page.unreadable) + len(page.notices)
    return Swept(seen, tuple(failures), page.following, page.unreadable)


def _done(step: Callable[[], object]) -> str | None:
    """What a step failed with. The rows behind one that fails every minute must not wait for it for ever."""
    try:
        step()
    except Exception as failure:  # noqa: BLE001 - told when all the others have been seen to
        return type(failure).__name__
    return None


def _steps(tenant: str, page: due.Page, now: datetime) -> Iterator[Callable[[], object]]:
    if page.communications:
        # In the order of the timeline: the first of somebody's messages may have been put off.
        in_order = sorted(page.communications, key=lambda one: one.moment)
        yield partial(send_out, tenant, in_order, now)
    if page.notices:
        yield partial(_queue, tenant, page.notices, now)
    yield from (partial(_settle, tenant, one, now) for one in page.calls)
    yield from (partial(_forget, tenant, one, now) for one in page.erasures)
    if page.contacts:
        from recado.actions.sweep_contacts import sweep_contacts  # noqa: PLC0415 - idle minutes have none

        yield from sweep_contacts(tenant, page.contacts, now)


def _settle(tenant: str, call: Call, now: datetime) -> None:
    from recado.actions.record_call import settle_overdue  # noqa: PLC0415 - few minutes need it

    settle_overdue(tenant, call, now)


def _queue(tenant: str, keys: tuple[tuple[str, str], ...], now: datetime) -> None:
    from recado.actions.queue_notices import queue_notices  # noqa: PLC0415 - few clinics have subscribers

    queue_notices(tenant, keys, now)


def _forget(tenant: str, erasure: Erasure, now: datetime) -> None:
    from recado.actions.forget import forget  # noqa: PLC0415 - seldom needed

    forget(tenant, erasure, now)

"""What is due → exactly one message for each visit, schedule and step; or none, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, Protocol

from recado.errors import Busy, Misconfigured, RecadoError, Unavailable
from recado.store import appointments

PAGE = 100


class Reminded(NamedTuple):
    """What became of a page of what is due."""

    due: int
    sent: int
    failed: tuple[str, ...]
    """Appointments, and whatever else, that could not be seen to; they stay due."""
    next: Mapping[str, Any] | None
    """Where the next page begins; none: that was all."""
    unreadable: tuple[str, ...] = ()
    """Appointments that this version cannot read; they stay due."""


class SeeTo(Protocol):
    """What is done about something that is due; whether a message was written."""

    def __call__(self) -> bool: ...


def remind(tenant: str, now: datetime, after: Mapping[str, Any] | None = None) -> Reminded:
    """See to a page of a clinic's due visits, and of what else is due, longest overdue first; ask on with
    `next`.

    Safe to call twice, late, and by two at once: each message is one transaction with what it is about. One
    failure does not stop the others. Raises Unavailable.
    """
    page = appointments.due(tenant, now, PAGE, after)
    sent, failed = 0, []
    for own_id, see_to in _steps(tenant, page, now):
        try:
            sent += see_to()
        except RecadoError as error:
            if isinstance(error, Unavailable) and not isinstance(error, Busy):
                raise
            failed.append(own_id)
    due = len(page.appointments) + len(page.unreadable) + len(page.others)
    return Reminded(due, sent, tuple(failed), page.following, page.unreadable)


def _steps(tenant: str, page: appointments.Due, now: datetime) -> Iterator[tuple[str, SeeTo]]:
    """To the same person one message at a time: the next one knows of it a minute later."""
    if page.appointments:
        from recado.actions.remind_visit import remind_visit  # noqa: PLC0415 - most minutes have none due

        told: set[str] = set()
        for visit in page.appointments:
            if visit.patient not in told:
                yield visit.id, partial(remind_visit, tenant, visit, now, told)
    for kind, own_id in page.others:
        yield own_id, partial(_see_to, kind, tenant, own_id, now)


def _see_to(kind: str, tenant: str, own_id: str, now: datetime) -> bool:
    """By the kind of its row."""
    if kind == "U":
        from recado.actions.reach_out import reach_out  # noqa: PLC0415 - few minutes have any

        return reach_out(tenant, own_id, now)
    if kind == "O":
        from recado.actions.fill_opening import fill_opening  # noqa: PLC0415

        return fill_opening(tenant, own_id, now)
    if kind == "W":
        from recado.actions.leave_waiting import expire_entry  # noqa: PLC0415

        return expire_entry(tenant, own_id, now)
    if kind == "C":
        from recado.actions.run_campaign import run_campaign  # noqa: PLC0415 - few minutes have any

        return run_campaign(tenant, own_id, now)
    raise Misconfigured("Nothing is known to be done about this.")

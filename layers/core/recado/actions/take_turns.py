"""The minute's work for every clinic."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from recado.actions.remind import remind
from recado.actions.sweep import sweep
from recado.store import tenants


class Minute(NamedTuple):
    """What was done, and what was not."""

    due: int
    sent: int
    failed: tuple[str, ...]
    """Appointments that could not be seen to, `<tenant>/<appointment>`; they stay due."""
    left: int
    """Clinics that there was no time for: what is due stays due, and the next minute goes on."""
    broken: Mapping[str, str]
    """Clinic → the kind of error that ended its turn. Only the kind: errors may name people."""


def take_turns(now: datetime, has_time: Callable[[], bool]) -> Minute:
    """Sweep each clinic and remind its patients, a page at a time, in turns.

    No clinic waits for another's ten thousand reminders, or for its failure.
    """
    turns: deque[tuple[str, Mapping[str, Any] | None]] = deque((one, None) for one in tenants.everyone())
    broken: dict[str, str] = {}
    due, sent, failed = 0, 0, list[str]()
    while turns and has_time():
        tenant, after = turns.popleft()
        if after is None:
            with _apart(tenant, broken):
                sweep(tenant, now)
        with _apart(tenant, broken):
            page = remind(tenant, now, after)
            due, sent = due + page.due, sent + page.sent
            failed += [f"{tenant}/{one}" for one in page.failed]
            turns.extend([(tenant, page.next)] if page.next else [])
    return Minute(due, sent, tuple(failed), len(turns), broken)


@contextmanager
def _apart(tenant: str, broken: dict[str, str]) -> Iterator[None]:
    """Whatever goes wrong with this clinic stays with it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the other clinics' patients must not miss a reminder for it
        broken[tenant] = type(error).__name__

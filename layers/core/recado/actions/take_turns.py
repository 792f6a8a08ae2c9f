"""The minute's work for every clinic."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple

from recado.actions.find_neglected import Watched, watch
from recado.actions.remind import Reminded, remind
from recado.actions.sweep import Swept, sweep
from recado.rules import health
from recado.store import tenants

GOLDEN: Final = 0.6180339887
"""Steps of this share of a circle come near every point of it soonest, however few they are."""


class Minute(NamedTuple):
    """What was done, and what was not."""

    due: int
    sent: int
    failed: tuple[str, ...]
    """Appointments that could not be seen to, `<tenant>/<appointment>`; they stay due."""
    left: int
    """Clinics for whose work there was not time enough: it stays due, and a later minute begins with them."""
    broken: Mapping[str, str]
    """Clinic → the kind of error that ended its turn, or that some of its rows failed with. Only the kind:
    errors may name people."""
    unreadable: tuple[str, ...]
    """Rows that this version cannot read, `<tenant>/<id>`; they stay due."""
    neglected: tuple[str, ...]
    """Channels that somebody should look at, `<tenant>/<channel>: <problem>`; each clinic's, once an hour."""
    unsettled: tuple[str, ...] = ()
    """Contacts that are neither settled nor anybody's, `<tenant>/<contact>: <problem>`; once a night."""


Page = Swept | Reminded | Watched


class _Turn(NamedTuple):
    """A clinic's next page of its due rows, or of its due reminders; or a look at its channels."""

    tenant: str
    work: Callable[[str, datetime, Mapping[str, Any] | None], Page]
    after: Mapping[str, Any] | None


def take_turns(now: datetime, has_time: Callable[[], bool]) -> Minute:
    """Sweep each clinic and remind its patients, a page at a time, in turns.

    No clinic waits for another's ten thousand reminders, or for its failure. Each minute begins with another
    clinic, so that where a minute is not enough for all, it is not always the same ones that are left.
    """
    clinics = begun_elsewhere(tenants.everyone(), now)
    turns = deque(_Turn(tenant, work, None) for tenant in clinics for work in (sweep, remind))
    looked_at = [tenant for tenant in clinics if health.is_due(tenant, now)]
    hourly = (watch, _look_through, _foresee)
    turns.extend(_Turn(tenant, work, None) for tenant in looked_at for work in hourly)
    pages: list[tuple[str, Page]] = []
    broken: dict[str, str] = {}
    while turns and has_time():
        tenant, work, after = turns.popleft()
        with _apart(tenant, broken):
            page = work(tenant, now, after)
            pages.append((tenant, page))
            turns.extend([_Turn(tenant, work, page.next)] if page.next else [])
    return _minute(pages, broken, len({turn.tenant for turn in turns}))


def _look_through(tenant: str, now: datetime, after: Mapping[str, Any] | None) -> Watched:
    from recado.actions.look_through import look_through  # noqa: PLC0415 - once an hour for each clinic

    return look_through(tenant, now, after)


def _foresee(tenant: str, now: datetime, after: Mapping[str, Any] | None) -> Watched:
    from recado.actions.foresee import foresee  # noqa: PLC0415 - once an hour for each clinic

    return foresee(tenant, now, after)


def _minute(pages: Sequence[tuple[str, Page]], broken: Mapping[str, str], left: int) -> Minute:
    swept = [(tenant, page) for tenant, page in pages if isinstance(page, Swept)]
    watched = [(tenant, page) for tenant, page in pages if isinstance(page, Watched)]
    reminded = [(tenant, page) for tenant, page in pages if isinstance(page, Reminded)]
    return Minute(
        due=sum(page.due for _, page in pages),
        sent=sum(page.sent for _, page in reminded),
        failed=tuple(f"{tenant}/{one}" for tenant, page in reminded for one in page.failed),
        left=left,
        broken={**broken, **{tenant: page.failed[0] for tenant, page in swept if page.failed}},
        unreadable=tuple(f"{tenant}/{one}" for tenant, page in pages for one in page.unreadable),
        neglected=tuple(f"{tenant}/{one}" for tenant, page in watched for one in page.neglected),
        unsettled=tuple(f"{tenant}/{one}" for tenant, page in watched for one in page.unsettled),
    )


def begun_elsewhere(clinics: list[str], now: datetime) -> list[str]:
    """The same clinics in the same order, beginning with another one each minute."""
    minute = int(now.timestamp()) // 60
    first = int(len(clinics) * (minute * GOLDEN % 1))
    return clinics[first:] + clinics[:first]


@contextmanager
def _apart(tenant: str, broken: dict[str, str]) -> Iterator[None]:
    """Whatever goes wrong with this clinic stays with it."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the other clinics' patients must not miss a reminder for it
        broken[tenant] = type(error).__name__

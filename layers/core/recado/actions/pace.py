"""Each account, and each person, is sent no more than its provider takes; counted in each process."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from recado import channels
from recado.rules.rates import LONGEST_WAIT, WORKERS, Bucket, taken
from recado.rules.reach import Route

KEPT: Final = 5000
"""Buckets that a process remembers; they are forgotten together, which only lets a burst through."""

_buckets: dict[tuple[str, ...], Bucket] = {}


class _Limit(NamedTuple):
    key: tuple[str, ...]
    rate: float
    burst: float


def pace(tenant: str, route: Route, now: datetime) -> float:
    """Seconds until a message may go by this route. Up to LONGEST_WAIT its place is taken, beyond it is not:
    whoever has to wait longer asks again."""
    if len(_buckets) > KEPT:
        _buckets.clear()
    next_ones: dict[tuple[str, ...], Bucket] = {}
    wait = 0.0
    for limit in _limits(tenant, route):
        held = _buckets.get(limit.key)
        next_ones[limit.key], more = taken(held, now.timestamp(), rate=limit.rate, burst=limit.burst)
        wait = max(wait, more)
    if wait <= LONGEST_WAIT:
        _buckets.update(next_ones)
    return wait


def forget() -> None:
    """Empty this process's buckets."""
    _buckets.clear()


def _limits(tenant: str, route: Route) -> list[_Limit]:
    traits = channels.channel(route.channel).TRAITS
    account = (tenant, route.channel, route.account)
    found = []
    if traits.per_second:
        found.append(_Limit(account, traits.per_second / WORKERS, max(1.0, traits.burst / WORKERS)))
    if traits.recipient_s:
        person = (*account, route.address)
        found.append(_Limit(person, 1 / traits.recipient_s, max(1, traits.recipient_burst)))
    return found

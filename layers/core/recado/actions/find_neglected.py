"""Which of a clinic's channels nobody looks after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from recado.actions.walk_open import walk_open
from recado.rules.health import WINDOW, Neglect, neglected
from recado.store import tenants


class Watched(NamedTuple):
    """What an hourly look at a clinic found: urgent neglect, each as `<channel>: <problem>`; and what a
    nightly one did (look_through), each as `<contact>: <problem>`."""

    neglected: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    due: int = 0
    unreadable: tuple[str, ...] = ()
    next: Mapping[str, Any] | None = None


def find_neglected(tenant: str, now: datetime) -> list[Neglect]:
    """What is wrong with its open accounts (see `rules.health`): some twenty reads. Raises Unavailable."""
    from recado.store import intervals  # noqa: PLC0415 - a model more, for a look once an hour

    totals = intervals.totals(tenant, now - WINDOW, now)
    accounts = tenants.accounts(tenant)
    return neglected(tenants.get(tenant), accounts, list(walk_open(tenant)), totals, now)


def watch(tenant: str, now: datetime, _after: Mapping[str, Any] | None = None) -> Watched:
    """The same, for an operator's alarm. Without accounts' ids: these are addresses and numbers."""
    urgent = [one for one in find_neglected(tenant, now) if one.is_urgent]
    paused = _paused(tenant) if tenants.get(tenant).notifies else ()
    return Watched((*(f"{one.channel}: {one.problem}" for one in urgent), *paused))


def _paused(tenant: str) -> tuple[str, ...]:
    """Other systems of the clinic's that Recado tells nothing any more."""
    from recado.store import notices, subscriptions  # noqa: PLC0415 - few clinics have any

    lines = [notices.line(tenant, one.id) for one in subscriptions.listing(tenant)]
    return tuple(f"subscription: {one.reason}" for one in lines if one.paused_by == "recado")

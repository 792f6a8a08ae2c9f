"""Once a night: does everything that came in have an end, or an owner?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from recado.actions.count_attempts import count_attempts
from recado.actions.find_neglected import Watched
from recado.model.contact import Contact
from recado.rules.settled import is_night, standing
from recado.store import contacts, tenants


def look_through(tenant: str, now: datetime, after: Mapping[str, Any] | None = None) -> Watched:
    """A page of the clinic's open contacts, and with the last one what was opened yesterday (UTC): those that
    are neither settled nor owed by anybody, for an operator to see to (R5). Nothing but in its own night.

    Raises Unavailable.
    """
    if after is None and not is_night(tenants.get(tenant), now):
        return Watched()
    page, more = contacts.open_contacts(tenant, after=after["after"] if after else None)
    if more is not None:
        return Watched(unsettled=_unsettled(tenant, page, now), next={"after": more})
    yesterday = (now - timedelta(days=1)).date().isoformat()
    closed = [one for one in contacts.contacts_of_day(tenant, yesterday) if one.state == "closed"]
    count_attempts(tenant, now)
    return Watched(unsettled=_unsettled(tenant, [*page, *closed], now))


def _unsettled(tenant: str, some: Iterable[Contact], now: datetime) -> tuple[str, ...]:
    clinic, agents = tenants.get(tenant), tenants.agents(tenant)
    judged = ((one, standing(clinic, agents, one, now).problem) for one in some)
    return tuple(f"{one.id}: {problem}" for one, problem in judged if problem)

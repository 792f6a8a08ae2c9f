"""A visit gives time back: that is noted, to be offered to those who wait."""

from __future__ import annotations

from datetime import datetime

from recado.model.appointment import Appointment
from recado.rules import openings as rules
from recado.store import openings, schedules
from recado.store.rows import Transaction


def note_freed(
    tenant: str, before: Appointment | None, after: Appointment, now: datetime, within: Transaction
) -> None:
    """Note the time that a change gives back, if it is that of somebody with a schedule, and still to come.

    The minute finds it at once. The transaction raises Stale where the same time is given back by another.
    """
    freed = rules.given_back(before, after, now)
    schedule = schedules.recent(tenant).schedules.get(freed.practitioner) if freed else None
    if freed is None or schedule is None:
        return
    own_id = rules.opening_id(tenant, freed.practitioner, freed.begins)
    known = openings.find_opening(tenant, own_id)
    opening = rules.opened(known, own_id, freed, capacity=schedule.capacity, now=now)
    openings.save_opening(tenant, opening, within)

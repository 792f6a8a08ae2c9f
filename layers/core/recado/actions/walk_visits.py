"""All visits of a stretch of days, a month at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from recado.model.appointment import Appointment
from recado.store import appointments


def walk_visits(tenant: str, first: date, latest: date) -> Iterator[Appointment]:
    """The visits of the clinic's calendar from a day to another one, the latest first; a query for each
    month, and a read for each hundred visits. Raises Unavailable."""
    while first <= latest:
        begins = max(first, latest.replace(day=1))
        yield from reversed(appointments.of_days(tenant, begins.isoformat(), latest.isoformat()))
        latest = begins - timedelta(days=1)

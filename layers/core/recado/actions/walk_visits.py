"""All visits of a stretch of days, a day at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from recado.model.appointment import Appointment
from recado.store import appointments


def walk_visits(tenant: str, latest: date, days: int) -> Iterator[Appointment]:
    """The visits of so many days of the clinic's calendar, the latest day first; a query for each day, and a
    read for each hundred visits. Raises Unavailable."""
    for back in range(days):
        yield from appointments.of_day(tenant, (latest - timedelta(days=back)).isoformat())

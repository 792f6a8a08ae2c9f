"""Whether somebody would be in two places at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from recado.model.appointment import Appointment

LONGEST = timedelta(days=1)
"""Of a visit: one that began earlier than this is over."""


def is_busy(visits: Iterable[Appointment], begins: datetime, minutes: int, *, but: str = "") -> bool:
    """Whether one of these visits of somebody's is on while another of so many minutes would be; one that is
    cancelled or missed is not. `but`: a visit that is to be moved is not in its own way."""
    ends = begins + timedelta(minutes=minutes)
    return any(
        one.id != but
        and one.status in ("booked", "arrived")
        and one.start < ends
        and begins < one.start + timedelta(minutes=one.minutes)
        for one in visits
    )

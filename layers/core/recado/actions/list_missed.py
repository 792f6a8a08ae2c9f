"""Whom nobody reminded, since it would have come too late?"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.model.appointment import Appointment
from recado.model.missed import Missed, Outage
from recado.store import appointments, missed

PAGE = 100


class Listed(NamedTuple):
    """A step that was missed, and the visit as it is now."""

    missed: Missed
    visit: Appointment


class MissedPage(NamedTuple):
    """`outage` is the latest one; none: there never was any."""

    outage: Outage | None
    listed: list[Listed]
    following: str | None


def list_missed(tenant: str, since: datetime, after: str | None = None) -> MissedPage:
    """A page of what was found out from then on, oldest first: a visit that was erased is none any more."""
    found, following = missed.since(tenant, since, PAGE, after)
    visits = {one.id: one for one in appointments.some(tenant, [one.appointment for one in found])}
    kept = [Listed(one, visits[one.appointment]) for one in found if one.appointment in visits]
    listed = [one for one in kept if one.visit.erased_at is None]
    return MissedPage(missed.outage(tenant), listed, following)

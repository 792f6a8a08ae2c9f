"""Whom nobody reminded, since it would have come too late?"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from recado.model.appointment import Appointment
from recado.model.missed import Missed, Outage
from recado.store import appointments, missed, patients

PAGE = 100


class Listed(NamedTuple):
    """A step that was missed, the visit as it is now, and at which number its patient is called; none: we
    know none."""

    missed: Missed
    visit: Appointment
    phone: str | None


class MissedPage(NamedTuple):
    """`outage` is the latest one; none: there never was any."""

    outage: Outage | None
    listed: list[Listed]
    following: str | None


def list_missed(tenant: str, since: datetime, after: str | None = None) -> MissedPage:
    """A page of what was found out from then on, oldest first: a visit that was erased is none any more."""
    found, following = missed.since(tenant, since, PAGE, after)
    visits = {one.id: one for one in appointments.some(tenant, list({one.appointment for one in found}))}
    kept = [one for one in found if one.appointment in visits and visits[one.appointment].erased_at is None]
    people = {visits[one.appointment].patient for one in kept}
    phones = {one.id: one.phone for one in patients.some(tenant, people)}
    listed = [Listed(one, visit := visits[one.appointment], phones.get(visit.patient)) for one in kept]
    return MissedPage(missed.outage(tenant), listed, following)

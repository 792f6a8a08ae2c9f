"""Whom to call about their visit first?"""

from __future__ import annotations

from datetime import datetime

from recado.actions.list_appointments import list_appointments
from recado.model.appointment import Appointment
from recado.model.risk import Risk
from recado.store import risks


def list_risks(
    tenant: str, now: datetime, *, day: str | None = None
) -> list[tuple[Appointment, Risk | None]]:
    """The booked visits of a day on the clinic's calendar, today's without one: the likeliest missed first,
    and last those of which nothing is predicted. Raises Invalid that names `day`."""
    visits = [one for one in list_appointments(tenant, now, day=day) if one.status == "booked"]
    known = risks.risks(tenant, [one.id for one in visits])
    in_order = sorted(visits, key=lambda one: -known[one.id].probability if one.id in known else 1)
    return [(one, known.get(one.id)) for one in in_order]

"""Who came: what may become of a visit on its day. Pure.

The states are FHIR's AppointmentStatus (R4): `booked` becomes `arrived` when the patient is there,
`fulfilled` when they were seen, `noshow` when they did not come.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from recado.errors import Conflict
from recado.model.appointment import Appointment, AppointmentStatus
from recado.rules import plans, reminders, times

Outcome = Literal["arrived", "fulfilled", "noshow"]

FROM: Final[Mapping[Outcome, frozenset[AppointmentStatus]]] = {
    "arrived": frozenset({"booked"}),
    "fulfilled": frozenset({"booked", "arrived"}),
    "noshow": frozenset({"booked"}),
}
"""Which states may become so; everything else is first put right (`reopened`)."""

REGRET: Final = timedelta(hours=24)
"""So long what was noted by mistake is taken back; then reports and others rely on it."""


def noted(visit: Appointment, outcome: Outcome, now: datetime) -> Appointment:
    """The visit after somebody came, was seen, or did not come; nothing is left to remind of.

    Raises Conflict where its state does not allow it, for a visit of a later day, and for one that was missed
    before it began.
    """
    if visit.status not in FROM[outcome]:
        raise Conflict("This appointment is not in a state that allows this.", field="status")
    if times.wall(now, visit.timezone).date() < times.wall(visit.start, visit.timezone).date():
        raise Conflict("This appointment is on a later day.", field="status")
    if outcome == "noshow" and now < visit.start:
        raise Conflict("This appointment has not begun yet.", field="status")
    ended = visit.model_copy(update={"status": outcome})
    return reminders.with_reminders(ended, plans.withdrawn(visit.reminders, outcome))


def reopened(visit: Appointment, now: datetime) -> Appointment:
    """The visit booked again, after its outcome was noted by mistake; what was withdrawn for it and is still
    to come, is planned again, and what was to follow it is not.

    Raises Conflict for one that has no outcome, or has had it for longer than a day.
    """
    since = max((one.at for one in visit.history if one.what == visit.status), default=None)
    if visit.status not in FROM or since is None:
        raise Conflict("This appointment has no outcome to take back.", field="status")
    if now - since > REGRET:
        raise Conflict("This was noted more than a day ago.", field="status")
    again = {"state": "planned", "reason": None}
    steps = [
        one.model_copy(update=again) if one.reason in FROM and now < one.due_at else one
        for one in visit.reminders
        if one.state != "planned"
    ]
    return reminders.with_reminders(visit.model_copy(update={"status": "booked"}), steps)

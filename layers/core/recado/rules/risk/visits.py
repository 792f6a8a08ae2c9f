"""A visit as the risk of missing it is reckoned: no name, no number, no reason for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from recado.model.appointment import Appointment
from recado.rules import times


class Visit(NamedTuple):
    """`booked_at` and `day` are on the clinic's clocks; `hour` is when it begins, where that is known.

    `place`: with whom or where it is; `reminded`: whether a reminder went out before its day (None: nobody
    noted it); `came`: None while it is open, and for what was called off.
    """

    id: str
    patient: str
    place: str
    booked_at: datetime
    day: date
    hour: int | None
    age: int | None
    reminded: bool | None
    came: bool | None

    @property
    def lead(self) -> int:
        """Days from its booking to its day."""
        return max(0, self.day.toordinal() - self.booked_at.toordinal())

    @property
    def known_at(self) -> datetime:
        """When it is predicted: as its day begins, or as it is booked."""
        return max(self.booked_at, datetime.combine(self.day, datetime.min.time()))


def visit_of(appointment: Appointment, age: int | None) -> Visit:
    """A visit of the clinic; `age` in years, where it is known."""
    wall = datetime.fromisoformat(appointment.local_start)
    booked = times.wall(appointment.created_at, appointment.timezone).replace(tzinfo=None)
    outcome = {"fulfilled": True, "arrived": True, "noshow": False}
    return Visit(
        id=appointment.id,
        patient=appointment.patient,
        place=appointment.practitioner_id or appointment.practitioner,
        booked_at=booked,
        day=wall.date(),
        hour=wall.hour,
        age=age,
        reminded=_reminded(appointment, wall),
        came=outcome.get(appointment.status),
    )


def age_at(born: date | None, appointment: Appointment) -> int | None:
    """The patient's age in years on the day of a visit."""
    if born is None:
        return None
    day = datetime.fromisoformat(appointment.local_start).date()
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def _reminded(appointment: Appointment, wall: datetime) -> bool:
    """By the night before: what goes out on the day itself is not known when its risk is."""
    sent = [one.due_at for one in appointment.reminders if one.state == "sent"]
    return any(times.wall(one, appointment.timezone).date() < wall.date() for one in sent)


def others_of(visit: Visit, visits: Sequence[Visit]) -> list[Visit]:
    """The same patient's other visits that were booked when this one is predicted."""
    return [one for one in visits if one.id != visit.id and one.booked_at <= visit.known_at]

"""Is a time of a practitioner's free, and for how long?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from recado.model.schedule import LONGEST_BUFFER, Agenda, AppointmentType, Practitioner, Schedule, Taken
from recado.model.tenant import Tenant
from recado.rules import agendas as rules
from recado.rules import slots
from recado.store import agendas, schedules, tenants

LONGEST = timedelta(days=1, minutes=LONGEST_BUFFER)
"""Of a visit, with the buffer after it."""


class Ground(NamedTuple):
    """Where a visit would be put: whose time, by which schedule, and what is taken of it."""

    clinic: Tenant
    practitioner: Practitioner
    schedule: Schedule
    types: dict[str, AppointmentType]
    agendas: dict[date, Agenda]

    @property
    def taken(self) -> list[Taken]:
        """All of it, each once for each day that it lies in."""
        return [one for agenda in self.agendas.values() for one in agenda.taken]

    def takes(self, kind: AppointmentType, begins: datetime, now: datetime) -> bool:
        """Whether the schedule allows a visit of this type then, and nothing is in its way."""
        ends = begins + timedelta(minutes=kind.minutes + kind.buffer)
        free = rules.is_free(begins, ends, self.taken, self.schedule.capacity, now)
        return free and slots.is_within(self.clinic, self.schedule, kind, begins)


def look_at_time(tenant: str, practitioner: str, begins: datetime) -> Ground | None:
    """What is known of a time, agendas as they are now; none: it is nobody's of the clinic's who has a
    schedule."""
    practice = schedules.recent(tenant)
    who, schedule = practice.practitioners.get(practitioner), practice.schedules.get(practitioner)
    if who is None or schedule is None:
        return None
    days = list(rules.days(begins, begins + LONGEST))
    known = {one.day: one for one in agendas.some(tenant, practitioner, days[0], days[-1])}
    blank = {day: Agenda(practitioner=practitioner, day=day) for day in days}
    return Ground(tenants.get(tenant), who, schedule, practice.types, blank | known)

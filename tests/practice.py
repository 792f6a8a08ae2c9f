"""Practitioners with schedules at Boa Vista, for tests."""

from __future__ import annotations

from typing import Any

from recado.actions.place_visit import Visit
from recado.model.schedule import AppointmentType, Practitioner, Schedule, WeeklySpan
from recado.store import schedules

HELENA = Practitioner(id="helena", name="Dra. Helena Prado")
CAIO = Practitioner(id="caio", name="Dr. Caio Menezes")
CONSULTA = AppointmentType(id="consulta", name="Consulta", minutes=30, bookable=True)
RETORNO = AppointmentType(id="retorno", name="Retorno", minutes=15, practitioners=("caio",))

SLOT = Visit("2026-11-30T09:30", practitioner_id="helena", type_id="consulta")
"""A Monday, a week after NOW, in the morning of both."""


def morning(practitioner: str, **more: Any) -> Schedule:
    """Weekdays from nine to twelve, every half hour."""
    weekly = tuple(WeeklySpan(weekday=day, begins="09:00", ends="12:00") for day in range(5))
    return Schedule(practitioner=practitioner, weekly=weekly, **{"grid": 30, "entered": True, **more})


def opened(tenant: str = "boavista", **more: Any) -> None:
    """Both practitioners, what they do and when."""
    for who in (HELENA, CAIO):
        schedules.save_practitioner(tenant, who)
        schedules.save_schedule(tenant, morning(who.id, **more))
    for kind in (CONSULTA, RETORNO):
        schedules.save_type(tenant, kind)

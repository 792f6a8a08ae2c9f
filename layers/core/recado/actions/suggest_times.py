"""Other times for a visit whose time is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from recado.actions.find_slots import free_times
from recado.model.appointment import Appointment
from recado.model.record import iso
from recado.model.schedule import AppointmentType
from recado.rules import slots, times
from recado.rules.overlaps import is_busy
from recado.store import schedules, tenants

BEFORE: Final = timedelta(days=3)
AFTER: Final = timedelta(days=14)
"""So far around the time that was asked for we look."""
COUNT: Final = 3
"""So many are named: more are no help to somebody who chooses by ear or on a small screen."""


def suggest_times(
    tenant: str,
    practitioner: str,
    kind: AppointmentType,
    start: datetime,
    now: datetime,
    *,
    moves: str = "",
    theirs: Sequence[Appointment] = (),
) -> list[dict[str, str]]:
    """Free starts of the same practitioner, those nearest to `start`, which patients may book, too: each
    with `practitioner_id`, `start` (UTC), `local_start` and `timezone`. `moves` as in find_slots.Wanted;
    `theirs`: visits of the patient's, at which they cannot come."""
    schedule, clinic = schedules.recent(tenant).schedules.get(practitioner), tenants.get(tenant)
    if schedule is None:
        return []
    around = start - BEFORE, start + AFTER
    found = free_times(tenant, clinic, schedule, kind, around, now=now, by_patient=True, moves=moves)
    free = [slot for slot in found if not is_busy(theirs, slot.begins, kind.minutes, but=moves)]
    return [
        {
            "practitioner_id": practitioner,
            "start": iso(slot.begins),
            "local_start": times.shown(slot.wall),
            "timezone": slots.zone_of(clinic, schedule),
        }
        for slot in slots.nearest(free, start, COUNT)
    ]

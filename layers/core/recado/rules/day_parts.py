"""The parts of a day in which somebody may be called, by the clinic's own clock. Pure."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final, NamedTuple

from recado.model.follow_up import DayPart
from recado.rules import times

PARTS: Final[dict[DayPart, tuple[time, time]]] = {
    "morning": (time(8), time(12)),
    "midday": (time(12), time(15)),
    "afternoon": (time(15), time(18)),
    "evening": (time(18), time(21)),
}
"""When each begins and ends; a call before or after all of them counts for the nearest."""


class Slot(NamedTuple):
    """A part of a weekday (0 is Monday): no two attempts to reach somebody share one (R43)."""

    weekday: int
    part: DayPart

    @property
    def name(self) -> str:
        """As counts know it: `0/morning`."""
        return f"{self.weekday}/{self.part}"


def slot_of(moment: datetime, timezone: str) -> Slot:
    """The slot in which a moment lies."""
    wall = times.wall(moment, timezone)
    parts = (part for part, (_, ends) in PARTS.items() if wall.time() < ends)
    return Slot(wall.weekday(), next(parts, "evening"))

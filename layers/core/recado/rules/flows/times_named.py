"""Which of the times that were offered an answer means: by its day, its hour or a part of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from recado.rules.callback_times import LONGEST, NOON, Clock, Said, understood

PARTS: Final = {"morning": (0, 12), "midday": (12, 14), "afternoon": (12, 19), "evening": (18, 24)}
"""The hours in which a time that is offered is in this part of a day. Those of `callback_words`, in which
somebody is called, are fewer."""


def fitting(text: str, walls: Iterable[datetime], today: date) -> list[datetime]:
    """Those of these wall times that an answer may mean: all that fit where it names but a day or a part of
    it, and none where it says anything else besides."""
    said = understood(text) if len(text) <= LONGEST else None
    if said is None or said.shape not in ("at", "part"):
        return []
    return [wall for wall in walls if _means(said, wall, today)]


def _means(said: Said, wall: datetime, today: date) -> bool:
    if said.days is not None and wall.date() != today + timedelta(days=said.days):
        return False
    if said.weekday is not None and wall.weekday() != said.weekday:
        return False
    begins, ends = PARTS[said.part] if said.part else (0, 24)
    return begins <= wall.hour < ends and all(_shows(clock, wall) for clock in said.clocks)


def _shows(clock: Clock, wall: datetime) -> bool:
    """Whether a time as it was written is this one, or may be."""
    later = (clock.hour % NOON) + NOON
    hours = {clock.hour, later} if clock.plain else {clock.hour}
    if clock.side:
        hours = {later if clock.side == "pm" else later - NOON}
    return wall.hour in hours and wall.minute == clock.minute

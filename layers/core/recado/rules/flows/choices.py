"""What is chosen from a list that self-service found: wall time and an id in one value, so that it can be
told and looked up."""

from __future__ import annotations

from datetime import datetime


def choice(wall: datetime, own_id: str) -> str:
    """The value of a visit at this time, or of a free time with this practitioner."""
    return f"{wall:%Y-%m-%dT%H:%M}|{own_id}"


def chosen(value: str) -> tuple[str, str]:
    """Wall time and id of what was chosen; both "" where nothing was."""
    wall, _, own_id = value.partition("|")
    return wall, own_id

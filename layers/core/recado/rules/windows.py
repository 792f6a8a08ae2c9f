"""How long after a person's last message a channel takes free text. Pure; decided at claim time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

Allowance = Literal["open", "person", "shut"]
"""`person`: only what a person of the clinic wrote may go by now, and it has to say so."""


def open_until(heard_at: datetime | None, hours: int) -> datetime | None:
    """When a window of so many hours shuts; none: it is shut, nobody has written on this line."""
    return heard_at + timedelta(hours=hours) if heard_at else None


def allowance(
    heard_at: datetime | None, now: datetime, *, hours: int, staff_hours: int = 0, by_person: bool = False
) -> Allowance:
    """Whether free text may go on a line where the other side was last heard at `heard_at`.

    `hours` without limit is 0; `staff_hours` is the longer time that some providers give a person
    (Messenger's HUMAN_AGENT: seven days). Source: Meta, WhatsApp Cloud API and Messenger Platform.
    """
    if not hours or _open(heard_at, now, hours):
        return "open"
    return "person" if by_person and _open(heard_at, now, staff_hours) else "shut"


def _open(heard_at: datetime | None, now: datetime, hours: int) -> bool:
    until = open_until(heard_at, hours)
    return until is not None and now < until

"""When people of a clinic are reached."""

from __future__ import annotations

from pydantic import Field

from recado.model.record import Record


class SlotCount(Record):
    """What came of attempts in one part of one weekday."""

    tried: int = 0
    reached: int = 0


class Reachability(Record):
    """What came of a clinic's attempts, by `<weekday>/<part>` of its own wall time; counted each night."""

    slots: dict[str, SlotCount] = Field(default_factory=dict)

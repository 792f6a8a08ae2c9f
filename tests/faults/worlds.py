"""All situations that the enumerator goes through."""

from __future__ import annotations

from tests.faults import (
    worlds_calls,
    worlds_desk,
    worlds_inbound,
    worlds_outbound,
    worlds_visits,
    worlds_ways,
)
from tests.faults.enumerate import World

ALL: tuple[World, ...] = (
    *worlds_inbound.WORLDS,
    *worlds_outbound.WORLDS,
    *worlds_ways.WORLDS,
    *worlds_calls.WORLDS,
    *worlds_visits.WORLDS,
    *worlds_desk.WORLDS,
)

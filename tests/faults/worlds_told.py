"""Situations in which another system tells us of a visit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from recado.store import appointments

from tests.api.desk import VISIT
from tests.faults.enumerate import Situation, World
from tests.faults.stage import Stage, rest
from tests.faults.worlds_desk import SOON, asked, call_api

CONFIRMED = [{**VISIT["participant"][0], "status": "accepted"}, VISIT["participant"][1]]


def _tells(moment: str, **changes: Any) -> dict[str, Any]:
    told = {"lastUpdated": f"2026-11-23T{moment}:00Z"}
    at = {"start": "2026-11-30T09:30:00-03:00", "meta": told}
    return asked("/fhir/Appointment", json.dumps({**VISIT, **at, **changes}), role="admin")


def _told(stage: Stage) -> None:
    stage.deliver(rest, call_api, _tells("10:00"))
    stage.carry()


def _books(_stage: Stage) -> Situation:
    return Situation(_tells("10:00", participant=CONFIRMED), {"boavista": ()})


def _moves(stage: Stage) -> Situation:
    _told(stage)
    return Situation(_tells("11:00", start="2026-12-01T11:00:00-03:00"), {"boavista": ()})


def _calls_off(stage: Stage) -> Situation:
    _told(stage)
    return Situation(_tells("11:00", status="cancelled"), {"boavista": ()})


def _seen(day: str, status: str, confirmation: str = "none") -> Iterator[str]:
    found = [(one.status, one.confirmation) for one in appointments.of_day("boavista", day)]
    if found != [(status, confirmation)]:
        yield f"the visits of that day are {found}"


def _booked(_stage: Stage) -> Iterator[str]:
    yield from _seen("2026-11-30", "booked", "confirmed")


def _moved(_stage: Stage) -> Iterator[str]:
    yield from _seen("2026-12-01", "booked")


def _called_off(_stage: Stage) -> Iterator[str]:
    yield from _seen("2026-11-30", "cancelled")


WORLDS = (
    World("api", "another system books a visit", call_api, rest, _books, _booked, late=SOON),
    World("api", "another system moves a visit", call_api, rest, _moves, _moved, late=SOON),
    World("api", "another system calls a visit off", call_api, rest, _calls_off, _called_off, late=SOON),
)

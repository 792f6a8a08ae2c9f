"""Situations in which another system of the clinic's is told of a visit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import delivery
import reminders
import routing
from recado.actions.queue_notices import queue_notices
from recado.actions.subscribe import Wanted, subscribe
from recado.model.notice import Notice
from recado.store import tenants

from tests import visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import told
from tests.faults.stage import Stage, queue, rest, schedule, stream
from tests.faults.worlds_desk import MARIA, SOON, asked, call_api

EHR = Wanted("https://ehr.example/recado", fields=("start", "end", "patient", "patient.name"))


def _subscribed(stage: Stage) -> None:
    subscribe("boavista", EHR, stage.now, author="role:admin")
    tenants.forget()


def _booked(stage: Stage) -> None:
    _subscribed(stage)
    visits.booked()


def _new(stage: Stage) -> Situation:
    _booked(stage)
    return Situation(stage.cloud.streamed(), {"boavista": ()})


def _queued(stage: Stage) -> Situation:
    _booked(stage)
    stage.cloud.streamed()
    (notice,) = told(stage)
    queue_notices("boavista", [(f"T#boavista#N#{notice.subscription}", f"N#{notice.id}")], stage.now)
    return Situation(stage.cloud.queued("outbound"), {"boavista": ()})


def _lost(stage: Stage) -> Situation:
    """The stream gave up on the record."""
    _booked(stage)
    stage.cloud.streamed()
    stage.pass_time(timedelta(minutes=1))
    return Situation({}, {"boavista": ()})


def _books(stage: Stage) -> Situation:
    _subscribed(stage)
    visit = {"start": "2026-11-30T09:30", "practitioner": "Dra. Costa", "type": "consulta", "minutes": 30}
    return Situation(asked("/appointments", json.dumps({**MARIA, **visit})), {"boavista": ()})


def _told_of_it(stage: Stage) -> Iterator[str]:
    seen: list[Notice] = told(stage)
    if [(one.event, one.state) for one in seen] != [("appointment.booked", "sent")]:
        yield f"the notices are {[(one.event, one.state) for one in seen]}"
    if not all(stage.provider.copies()[one.id] for one in seen):
        yield "the other system has not heard of the visit"


WORLDS = (
    World("routing", "a visit that another system is told of", routing.handler, stream, _new, _told_of_it),
    World("delivery", "a notice to another system", delivery.handler, queue, _queued, _told_of_it),
    World("reminders", "a notice that was left behind", reminders.handler, schedule, _lost, _told_of_it),
    World("api", "a booking that another system is told of", call_api, rest, _books, _told_of_it, late=SOON),
)

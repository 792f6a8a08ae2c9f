"""Situations in which a practitioner's time is taken and given back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import routing
from recado.actions.book import book
from recado.actions.record_attendance import record_attendance
from recado.model.appointment import Appointment
from recado.model.schedule import Agenda
from recado.store import appointments

from tests import visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest, stream
from tests.faults.worlds_desk import MARIA, SOON, asked, call_api
from tests.faults.worlds_inbound import queued
from tests.practice import SLOT, opened
from tests.samples import text_message
from tests.samples import webhook as body_of


def by_slot(stage: Stage) -> Appointment:
    """Maria's visit with somebody who has a schedule."""
    opened()
    visit = book("boavista", visits.MARIA, SLOT, stage.now, author="agent:ana")
    stage.carry()
    return visit


def disagreements(stage: Stage) -> Iterator[str]:
    """Where agendas and visits do not say the same: each visit that is not cancelled has its time, once."""
    items = [item for item in stage.items("appointments") if item["pk"]["S"].startswith("T#boavista#")]
    bodies = [(item["pk"]["S"], item["body"]["S"]) for item in items]
    found = [Appointment.model_validate_json(body) for pk, body in bodies if "#A#" in pk]
    agendas = [Agenda.model_validate_json(body) for pk, body in bodies if "#G#" in pk]
    noted = sorted((one.practitioner, taken.by, taken.begins) for one in agendas for taken in one.taken)
    due = sorted(
        (one.practitioner_id, one.id, one.start)
        for one in found
        if one.practitioner_id and one.status != "cancelled"
    )
    if noted != due:
        yield f"agendas say {noted}, visits {due}"


def _told(stage: Stage, template: str) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").communications if one.template]
    if sum(one.template.name == template for one in seen if one.template) != 1:
        yield f"{template} was not written once"


def _book(_stage: Stage) -> Situation:
    opened()
    visit = {"start": SLOT.start, "practitioner_id": "helena", "type_id": "consulta"}
    return Situation(asked("/appointments", json.dumps({**MARIA, **visit})), {"boavista": ()})


def _has(stage: Stage, **expected: object) -> Iterator[str]:
    """There is one visit, which is so, and agendas agree."""
    yield from disagreements(stage)
    found = [one for day in ("2026-11-30", "2026-12-01") for one in appointments.of_day("boavista", day)]
    said = [{name: getattr(one, name) for name in expected} for one in found]
    if said != [expected]:
        yield f"the visits are {said}"


def _booked(stage: Stage) -> Iterator[str]:
    yield from _has(stage, status="booked", practitioner_id="helena", schedule=1)
    yield from _told(stage, "booked")


def _move(stage: Stage) -> Situation:
    """To another day and another practitioner: two agendas."""
    body = json.dumps({"start": "2026-12-01T10:00", "practitioner_id": "caio"})
    return Situation(asked(f"/appointments/{by_slot(stage).id}/move", body), {"boavista": ()})


def _moved(stage: Stage) -> Iterator[str]:
    yield from _has(stage, local_start="2026-12-01T10:00", practitioner_id="caio", schedule=2)
    yield from _told(stage, "moved")


def _call_off(stage: Stage) -> Situation:
    return Situation(asked(f"/appointments/{by_slot(stage).id}/cancel", "{}"), {"boavista": ()})


def _off(stage: Stage) -> Iterator[str]:
    yield from _has(stage, status="cancelled")


def _patient_cancels(stage: Stage) -> Situation:
    by_slot(stage)
    stage.move_to(visits.FIRST)
    stage.sweep()
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message("2"))))
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1",)})


def _comes(stage: Stage) -> Situation:
    visit = by_slot(stage)
    stage.move_to(visits.START)
    return Situation(asked(f"/appointments/{visit.id}/arrive", "{}"), {"boavista": ()})


def _has_come(stage: Stage) -> Iterator[str]:
    yield from _has(stage, status="arrived")
    (visit,) = appointments.of_day("boavista", "2026-11-30")
    if [one.what for one in visit.history].count("arrived") != 1:
        yield f"it happened {[one.what for one in visit.history]}"


def _mistaken(stage: Stage) -> Situation:
    visit = by_slot(stage)
    stage.move_to(visits.START + timedelta(minutes=20))
    record_attendance("boavista", visit.id, "noshow", stage.now, author="agent:ana")
    stage.carry()
    return Situation(asked(f"/appointments/{visit.id}/reopen", "{}"), {"boavista": ()})


def _put_right(stage: Stage) -> Iterator[str]:
    yield from _has(stage, status="booked")


WORLDS = (
    *(
        World("api", name, call_api, rest, prepare, check, late=SOON)
        for name, prepare, check in (
            ("a slot is booked", _book, _booked),
            ("a visit goes to another practitioner's slot", _move, _moved),
            ("a visit by slot is called off", _call_off, _off),
            ("a patient comes", _comes, _has_come),
            ("a visit that was missed by mistake", _mistaken, _put_right),
        )
    ),
    World("routing", "a patient gives back a slot", routing.handler, stream, _patient_cancels, _off),
)

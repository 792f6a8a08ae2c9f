"""Situations in which it is found out whose record this is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import dedupe
import reminders
import routing
from recado.actions.match import match
from recado.model.patient import Patient, Told
from recado.rules.blocks import keys_of
from recado.store import blocks, patients, reviews

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, schedule, stream
from tests.faults.worlds_inbound import OTHER, queued
from tests.samples import PHONE, text_message
from tests.samples import webhook as body_of

NAME, BORN, NEAR = "Maria Aparecida Souza", "1990-05-17", "1990-05-18"


def wrote(stage: Stage, message_id: str, sender: str, born: str) -> str:
    """A first message is stored, who wrote it has said when they were born; routing has not heard of it."""
    before = {one.id for one in rows(stage, "boavista").patients}
    body = body_of(text_message("oi", message_id, sender), name=NAME)
    stage.deliver(queue, dedupe.handler, queued(stage, body))
    (who,) = (one.id for one in rows(stage, "boavista").patients if one.id not in before)
    told = {"birth_date": Told(value=born, source="webform", at=stage.now)}
    patients.put("boavista", patients.get("boavista", who).model_copy(update={"told": told}))
    return who


def _by_another_number(stage: Stage, born: str) -> Situation:
    wrote(stage, "wamid.1", PHONE, BORN)
    stage.carry()
    stage.pass_time(timedelta(minutes=1))
    wrote(stage, "wamid.2", OTHER, born)
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1", "wamid.2")})


def _same(stage: Stage) -> Situation:
    return _by_another_number(stage, BORN)


def _conflict(stage: Stage) -> Situation:
    return _by_another_number(stage, NEAR)


def _stream_lost(stage: Stage) -> Situation:
    wrote(stage, "wamid.1", PHONE, BORN)
    stage.cloud.streamed()
    stage.pass_time(timedelta(minutes=2))
    return Situation({}, {"boavista": ("wamid.1",)})


def _known(stage: Stage) -> Iterator[str]:
    """Whoever came is matched, and found under all their keys, once, as their person's."""
    for one in rows(stage, "boavista").patients:
        if not one.matched or match("boavista", one.id, stage.now) is not None:
            yield f"{one.id} was not matched"
        for key, block in zip(keys_of(one), blocks.read("boavista", keys_of(one)), strict=True):
            filed = [entry.person for entry in block.filed if entry.record == one.id]
            if filed != [one.person or one.id]:
                yield f"{one.id} is filed under {key.system} as {filed}"


def _two(stage: Stage) -> tuple[Patient, Patient]:
    older, younger = sorted(rows(stage, "boavista").patients, key=lambda one: one.created_at)
    return older, younger


def _joined(stage: Stage) -> Iterator[str]:
    yield from _known(stage)
    older, younger = _two(stage)
    if (younger.person, [join.record for join in older.joined]) != (older.id, [younger.id]):
        yield f"joined are {[join.record for join in older.joined]}, and {younger.id} is {younger.person}'s"
    if reviews.open_ones("boavista")[0]:
        yield "somebody is asked"


def _asked(stage: Stage) -> Iterator[str]:
    yield from _known(stage)
    older, younger = _two(stage)
    found = [(one.one, one.other, one.reason) for one in reviews.open_ones("boavista")[0]]
    if found != [(older.id, younger.id, "birth_date")] or younger.person:
        yield f"asked is about {found}"


WORLDS = (
    World("routing", "somebody known writes from another number", routing.handler, stream, _same, _joined),
    World("routing", "somebody writes who may be known", routing.handler, stream, _conflict, _asked),
    World(
        "reminders", "somebody new whom the stream lost", reminders.handler, schedule, _stream_lost, _known
    ),
)

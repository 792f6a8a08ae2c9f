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
THIRD = "5511900000003"


def wrote(stage: Stage, message_id: str, sender: str, born: str, name: str = NAME) -> str:
    """A first message is stored, who wrote it has said when they were born; routing has not heard of it."""
    before = {one.id for one in rows(stage, "boavista").patients}
    body = body_of(text_message("oi", message_id, sender), name=name)
    stage.deliver(queue, dedupe.handler, queued(stage, body))
    (who,) = (one.id for one in rows(stage, "boavista").patients if one.id not in before)
    told = {"birth_date": Told(value=born, source="webform", at=stage.now)} if born else {}
    patients.put("boavista", patients.get("boavista", who).model_copy(update={"told": told}))
    return who


def _same(stage: Stage) -> Situation:
    """They are known by two records already."""
    for number, (sender, name) in enumerate(((PHONE, f"{NAME} Lima"), (OTHER, NAME)), 1):
        wrote(stage, f"wamid.{number}", sender, BORN, name)
        stage.carry()
        stage.pass_time(timedelta(minutes=1))
    wrote(stage, "wamid.3", THIRD, BORN)
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1", "wamid.2", "wamid.3")})


def _shown(stage: Stage) -> Situation:
    """Two who have but a name in common, and one who is reached where both are."""
    first = wrote(stage, "wamid.1", PHONE, "", "Ana Souza")
    stage.carry()
    stage.pass_time(timedelta(minutes=1))
    second = wrote(stage, "wamid.2", OTHER, BORN, "Ana")
    stage.carry()
    stage.pass_time(timedelta(minutes=1))
    third = wrote(stage, "wamid.3", THIRD, BORN, "Ana Souza")
    points = (point for who in (third, first, second) for point in patients.get("boavista", who).live)
    both = patients.get("boavista", third).model_copy(update={"contact_points": tuple(points)})
    patients.put("boavista", both)
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1", "wamid.2", "wamid.3")})


def _conflict(stage: Stage) -> Situation:
    wrote(stage, "wamid.1", PHONE, BORN)
    stage.carry()
    stage.pass_time(timedelta(minutes=1))
    wrote(stage, "wamid.2", OTHER, NEAR)
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1", "wamid.2")})


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


def _by_age(stage: Stage) -> list[Patient]:
    return sorted(rows(stage, "boavista").patients, key=lambda one: one.created_at)


def _joined(stage: Stage) -> Iterator[str]:
    yield from _known(stage)
    root, *others = _by_age(stage)
    joined = [join.record for join in root.joined]
    if joined != [one.id for one in others] or {one.person for one in others} != {root.id}:
        yield f"joined are {joined}, of {[one.id for one in others]}"
    if reviews.open_ones("boavista")[0]:
        yield "somebody is asked"


def _asked(stage: Stage) -> Iterator[str]:
    yield from _known(stage)
    older, younger = _by_age(stage)
    found = [(one.one, one.other, one.reason) for one in reviews.open_ones("boavista")[0]]
    if found != [(older.id, younger.id, "birth_date")] or younger.person:
        yield f"asked is about {found}"


WORLDS = (
    World("routing", "somebody known writes from another number", routing.handler, stream, _same, _joined),
    World("routing", "who writes shows two to be one person", routing.handler, stream, _shown, _joined),
    World("routing", "somebody writes who may be known", routing.handler, stream, _conflict, _asked),
    World(
        "reminders", "somebody new whom the stream lost", reminders.handler, schedule, _stream_lost, _known
    ),
)

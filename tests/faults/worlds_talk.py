"""Situations of self-service: it asks, does and says each thing once, or a person has the contact."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import dedupe
import reminders
import routing
from recado.model.patient import Told
from recado.rules.dialogues import PATIENCE
from recado.store import appointments, articles, flows, patients, results, tenants

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest, schedule, stream
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_households import wrote
from tests.faults.worlds_inbound import queued
from tests.samples import NOW, text_message
from tests.samples import webhook as body_of
from tests.talks import practice

MARIA = "Maria Silva"
PAIN = "me duele mucho el pecho y no puedo respirar"
FLOW = {"start": "a", "nodes": {"a": {"kind": "person"}}, "base": 0}
ARTICLE = {
    "language": "es",
    "questions": ["¿Dónde puedo aparcar?"],
    "answer": "En la calle.",
    "source": "Recepción",
    "review_by": "2027-06-01",
}
Check = Callable[[Stage], Iterator[str]]


def _on() -> None:
    clinic = tenants.get("boavista")
    tenants.save_tenant("boavista", clinic.model_copy(update={"bot": "on", "language": "es"}))
    tenants.forget()


def _said(stage: Stage, *texts: str) -> Situation:
    """All of this was said and answered, but for the last, which has just come."""
    _on()
    practice()
    ids = tuple(f"wamid.{number}" for number in range(1, len(texts) + 1))
    for text, one in zip(texts, ids, strict=True):
        stage.carry()
        stage.pass_time(timedelta(minutes=1))
        wrote(stage, text, one, MARIA)
    return Situation(stage.cloud.streamed(), {"boavista": ids})


def _saying(*texts: str) -> Callable[[Stage], Situation]:
    return lambda stage: _said(stage, *texts)


def _ours(stage: Stage) -> list[str]:
    said = (one for one in rows(stage, "boavista").communications if one.direction == "outbound")
    return [one.text for one in sorted(said, key=lambda one: one.moment)]


def _says(times: int, beginning: str) -> Check:
    """So many messages of ours begin so."""

    def check(stage: Stage) -> Iterator[str]:
        found = [one for one in _ours(stage) if beginning in one]
        if len(found) != times:
            yield f"{beginning!r} was said {len(found)} times"

    return check


def _booked_once(stage: Stage) -> Iterator[str]:
    (maria,) = (one.id for one in rows(stage, "boavista").patients)
    visits = [one.local_start[:16] for one in appointments.of_patient("boavista", maria)]
    if visits != ["2026-11-25T09:00"]:
        yield f"booked: {visits}"
    yield from _says(1, "25 de noviembre")(stage)


def _called_off(stage: Stage) -> Iterator[str]:
    (maria,) = (one.id for one in rows(stage, "boavista").patients)
    states = [one.status for one in appointments.of_patient("boavista", maria)]
    if states != ["cancelled"]:
        yield f"the visits are {states}"
    yield from _says(1, "Listo, hemos anulado")(stage)


def _handed_over(stage: Stage) -> Iterator[str]:
    (contact,) = rows(stage, "boavista").contacts
    if (contact.state, contact.agent) != ("assigned", "ana"):
        yield f"{contact.state}, of {contact.agent}"
    yield from _says(1, "Una persona de nuestro equipo")(stage)


def _warned(stage: Stage) -> Iterator[str]:
    (contact,) = rows(stage, "boavista").contacts
    if contact.urgent_at is None or contact.agent != "ana":
        yield f"urgent {contact.urgent_at}, of {contact.agent}"
    yield from _says(1, " 192 ")(stage)


def _left(stage: Stage) -> Situation:
    situation = _said(stage, "Hola")
    stage.deliver(stream, routing.handler, situation.event)
    stage.carry()
    stage.pass_time(PATIENCE + timedelta(minutes=1))
    return Situation({}, situation.accepted)


def _unfinished(stage: Stage) -> Iterator[str]:
    (contact,) = rows(stage, "boavista").contacts
    if (contact.state, contact.disposition) != ("closed", "unfinished"):
        yield f"{contact.state}: {contact.disposition}"


def _identified(stage: Stage) -> Situation:
    """The last digits come, of somebody who is known."""
    stage.deliver(stream, routing.handler, _said(stage, "gracias").event)
    stage.carry()
    (maria,) = rows(stage, "boavista").patients
    told: Any = {
        "birth_date": Told(value="1984-03-25", source="agent:ana", at=NOW),
        "br/cpf": Told(value="11144477735", source="agent:ana", at=NOW),
    }
    known = patients.get("boavista", maria.id)
    patients.put("boavista", known.model_copy(update={"told": told}))
    texts = ("quiero saber si ya están los resultados de mis análisis", "25/03/1984", "0000")
    for number, text in enumerate(texts, start=2):
        stage.carry()
        stage.pass_time(timedelta(minutes=1))
        wrote(stage, text, f"wamid.{number}", MARIA)
    accepted = tuple(f"wamid.{number}" for number in range(1, 5))
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


def _looked_once(stage: Stage) -> Iterator[str]:
    (maria,) = (one.id for one in rows(stage, "boavista").patients)
    known = results.find("boavista", maria)
    if known is None or (known.tries, len(known.looks)) != (1, 1):
        yield f"a wrong answer counts as {known and known.tries}"


def _arrives(stage: Stage) -> Situation:
    _on()
    return Situation(queued(stage, body_of(text_message(PAIN))), {"boavista": ("wamid.1",)})


def _drawn(_stage: Stage) -> Situation:
    return Situation(asked("/flows/cancel/versions", json.dumps(FLOW), role="admin"), {"boavista": ()})


def _one_version(_stage: Stage) -> Iterator[str]:
    saved = [one.number for one in flows.versions("boavista", "cancel")]
    if (saved, flows.number("boavista", "cancel")) != ([1], 1):
        yield f"versions {saved}"


def _written(_stage: Stage) -> Situation:
    return Situation(asked("/articles", json.dumps(ARTICLE), role="supervisor"), {"boavista": ()})


def _one_article(_stage: Stage) -> Iterator[str]:
    if (count := len(articles.everything("boavista"))) != 1:
        yield f"{count} articles"


def _told(stage: Stage) -> Situation:
    situation = _said(stage, "gracias")
    stage.deliver(stream, routing.handler, situation.event)
    stage.carry()
    (maria,) = rows(stage, "boavista").patients
    body = json.dumps({"id": "r1", "ready": True})
    return Situation(asked(f"/patients/{maria.id}/results", body), situation.accepted)


def _one_result(stage: Stage) -> Iterator[str]:
    (maria,) = (one.id for one in rows(stage, "boavista").patients)
    known = results.find("boavista", maria)
    if known is None or [one.id for one in known.items] != ["r1"]:
        yield f"results: {known}"


BOOKING = ("Hola", "1", "2")
WORLDS = (
    World("routing", "self-service greets", routing.handler, stream, _saying("Hola"), _says(1, "asistente")),
    World("routing", "self-service books", routing.handler, stream, _saying(*BOOKING), _booked_once),
    World(
        "routing", "self-service calls off", routing.handler, stream,
        _saying(*BOOKING, "Hola", "3", "sí"), _called_off,
    ),
    World(
        "routing", "self-service gives a person", routing.handler, stream,
        _saying("Hola", "persona"), _handed_over,
    ),
    World("routing", "what cannot wait is said", routing.handler, stream, _saying("Hola", PAIN), _warned),
    World("routing", "a wrong answer of whose result", routing.handler, stream, _identified, _looked_once),
    World("dedupe", "what cannot wait arrives", dedupe.handler, queue, _arrives, _warned),
    World("reminders", "they have said no more", reminders.handler, schedule, _left, _unfinished),
    World("api", "a flow is changed", call_api, rest, _drawn, _one_version, late=SOON),
    World("api", "an answer is written", call_api, rest, _written, _one_article, late=SOON),
    World("api", "a result is there", call_api, rest, _told, _one_result, late=SOON),
)  # fmt: skip

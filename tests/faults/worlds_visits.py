"""Situations of reminders and of the REST API: what the clock and the front desk set off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import dedupe
import reminders
import routing
from recado.store import appointments, contacts, tenants

from tests import visits
from tests.api.client import rest_event
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Event, Stage, queue, rest, schedule, stream
from tests.faults.worlds_inbound import queued, said
from tests.samples import BRUNO, text_message
from tests.samples import webhook as body_of

SOON = timedelta(minutes=30)
"""A console repeats a request, but not the next day: its key is remembered for an hour."""


def call_api(event: Event, context: Any) -> Any:
    """The REST API; imported when it is first called, as it takes its time."""
    from api.app import app  # noqa: PLC0415

    return app(event, context)


def asked(path: str, body: str, method: str = "POST") -> Event:
    """What Ana asks of the API, under one Idempotency-Key."""
    event = rest_event(method, path, body, {}, {"Idempotency-Key": "key-1"})
    claims = {"sub": "user", "cognito:groups": "agent", "custom:tenant": "boavista", "custom:agent": "ana"}
    event["requestContext"]["authorizer"] = {"claims": claims}
    return event


def _booked(stage: Stage) -> None:
    visits.booked()
    stage.carry()


def _due(stage: Stage) -> Situation:
    _booked(stage)
    stage.move_to(visits.FIRST)
    return Situation({}, {"boavista": ()})


def _reminded(stage: Stage) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").communications if one.purpose == "reminder"]
    if [(one.state, stage.provider.copies()[one.id]) for one in seen] != [("sent", 1)]:
        yield f"the reminder is {[(one.state, stage.provider.copies()[one.id]) for one in seen]}"


def _answer(stage: Stage, text: str) -> Situation:
    """The patient answers a reminder; their answer is stored, and routing has not heard of it."""
    _booked(stage)
    stage.move_to(visits.FIRST)
    stage.sweep()
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message(text))))
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1",)})


def _confirms(stage: Stage) -> Situation:
    return _answer(stage, "1")


def _cancels(stage: Stage) -> Situation:
    return _answer(stage, "2")


def _visit(stage: Stage, **expected: str) -> Iterator[str]:
    found = appointments.of_day("boavista", visits.VISIT.start[:10])
    for name, value in expected.items():
        if [getattr(one, name) for one in found] != [value]:
            yield f"{name} of the visits is {[getattr(one, name) for one in found]}, not {value}"
    answers = [one for one in rows(stage, "boavista").communications if one.purpose == "self_service"]
    if len(answers) != 1:
        yield f"the patient was answered {len(answers)} times"


def _confirmed(stage: Stage) -> Iterator[str]:
    yield from _visit(stage, confirmation="confirmed", status="booked")


def _cancelled(stage: Stage) -> Iterator[str]:
    yield from _visit(stage, status="cancelled")


def _reply(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    return Situation(asked(f"/contacts/{one.id}/replies", '{"text": "Temos sim."}'), {"boavista": accepted})


def _one_answer(stage: Stage) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").communications if one.author == "agent:ana"]
    if [(one.text, stage.provider.copies()[one.id]) for one in seen] != [("Temos sim.", 1)]:
        yield f"answers: {[(one.text, stage.provider.copies()[one.id]) for one in seen]}"


def _take(stage: Stage) -> Situation:
    """Ana takes over what Bruno has."""
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    tenants.save_agent("boavista", BRUNO)
    from recado.actions.transfer import transfer  # noqa: PLC0415

    transfer("boavista", one.id, stage.now, agent="bruno")
    stage.carry()
    return Situation(asked(f"/contacts/{one.id}/take", "{}"), {"boavista": accepted})


def _anas(stage: Stage) -> Iterator[str]:
    agents = [one.agent for one in rows(stage, "boavista").contacts]
    if agents != ["ana"]:
        yield f"the contact is {agents}'s"


def _close(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    return Situation(
        asked(f"/contacts/{one.id}/close", '{"disposition": "resolved"}'), {"boavista": accepted}
    )


def _closed(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").contacts]
    if states != ["closed"]:
        yield f"the contact is {states}"


def _book(_stage: Stage) -> Situation:
    body = (
        '{"name": "Maria Silva", "phone": "(11) 98765-4321", "start": "2026-11-30T09:30",'
        ' "practitioner": "Dra. Costa", "type": "consulta", "minutes": 30}'
    )
    return Situation(asked("/appointments", body), {"boavista": ()})


def _one_visit(stage: Stage) -> Iterator[str]:
    found = appointments.of_day("boavista", visits.VISIT.start[:10])
    told = [one for one in rows(stage, "boavista").communications if one.purpose == "confirmation"]
    if (len(found), len(told)) != (1, 1):
        yield f"{len(found)} visits were booked, and {len(told)} messages say so"


def _call_off(stage: Stage) -> Situation:
    one = visits.booked()
    stage.carry()
    return Situation(asked(f"/appointments/{one.id}/cancel", "{}"), {"boavista": ()})


def _off(stage: Stage) -> Iterator[str]:
    found = appointments.of_day("boavista", visits.VISIT.start[:10])
    told = [
        one
        for one in rows(stage, "boavista").communications
        if one.template and "cancel" in one.template.name
    ]
    if [one.status for one in found] != ["cancelled"] or len(told) != 1:
        yield f"the visits are {[one.status for one in found]}, and {len(told)} messages say so"


WORLDS = (
    World("reminders", "a visit's reminder is due", reminders.handler, schedule, _due, _reminded),
    World("routing", "a patient confirms a visit", routing.handler, stream, _confirms, _confirmed),
    World("routing", "a patient cancels a visit", routing.handler, stream, _cancels, _cancelled),
    World("api", "an agent answers", call_api, rest, _reply, _one_answer, late=SOON),
    World("api", "an agent takes a contact", call_api, rest, _take, _anas, late=SOON),
    World("api", "an agent closes a contact", call_api, rest, _close, _closed, late=SOON),
    World("api", "a visit is booked", call_api, rest, _book, _one_visit, late=SOON),
    World("api", "a visit is called off", call_api, rest, _call_off, _off, late=SOON),
)

"""Situations of a call by which we remind: it is made, a key is pressed, its record comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import delivery
import routing
import voice
from recado.model.appointment import Change
from recado.model.communication import Communication
from recado.store import appointments, contacts

from tests import calls, rings, visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Context, Event, Stage, kinesis, queue, stream
from tests.rings import MORNING

UNHEARD: dict[str, tuple[str, ...]] = {"boavista": ()}


def flow(handler: Callable[..., Any], event: Event) -> Event | None:
    """The reminder flow: on an error they are put through to a person, to whom they say the same."""
    return event if handler(event, Context())["status"] == "error" else None


def _due(stage: Stage) -> None:
    """Two reminders went unanswered, and the clinic calls."""
    rings.turned_on()
    stage.forget()
    visits.booked()
    stage.carry()
    for now in (visits.FIRST, visits.SECOND):
        stage.move_to(now)
        stage.sweep()
    stage.move_to(MORNING)


def _queued(stage: Stage) -> Situation:
    _due(stage)
    visits.reminded(MORNING)
    stage.deliver(stream, routing.handler, stage.cloud.streamed())
    return Situation(stage.cloud.queued("outbound"), UNHEARD)


def _ringing(stage: Stage) -> Communication:
    _due(stage)
    stage.sweep()
    return _call(stage)


def _call(stage: Stage) -> Communication:
    (one,) = (one for one in rows(stage, "boavista").communications if one.channel == "voice")
    return one


def _pressed(key: str) -> Callable[[Stage], Situation]:
    def prepare(stage: Stage) -> Situation:
        call = _ringing(stage)
        return Situation(rings.asks("pressed", str(call.provider_id), call.id, key), UNHEARD)

    return prepare


def _unanswered(stage: Stage) -> Situation:
    call = _ringing(stage)
    stage.pass_time(timedelta(minutes=3))
    told = rings.record(str(call.provider_id), call.id, "TELECOM_UNANSWERED", connected=False)
    return Situation(calls.records(told), UNHEARD)


def _once(*states: str) -> Callable[[Stage], Iterator[str]]:
    """It rang once, and how it stands."""

    def check(stage: Stage) -> Iterator[str]:
        call = _call(stage)
        copies = stage.provider.copies()[call.id]
        # Who died with it in hand may have called, and it is too near the visit to call again.
        if copies != 1 - (call.state == "unknown" and copies == 0) or call.state not in states:
            yield f"the call is {call.state}, and rang {copies} times"

    return check


def _settled(status: str, what: Change) -> Callable[[Stage], Iterator[str]]:
    def check(stage: Stage) -> Iterator[str]:
        yield from _once("read", "sent")(stage)
        (visit,) = appointments.of_day("boavista", visits.VISIT.start[:10])
        told = [one.what for one in visit.history].count(what)
        if (visit.status, told) != (status, 1):
            yield f"the visit is {visit.status}, {what} {told} times"

    return check


def _asked(stage: Stage) -> Iterator[str]:
    found = [one for one in rows(stage, "boavista").contacts if one.reason == "unconfirmed"]
    if len(found) != 1:
        yield f"{len(found)} contacts for one who wants a person"


def _failed(stage: Stage) -> Iterator[str]:
    yield from _once("failed")(stage)
    latest = contacts.latest_contact("boavista", _call(stage).patient)
    if latest is None:
        yield "nobody sees that the call was not answered"


WORLDS = (
    World("delivery", "a reminder is a call", delivery.handler, queue, _queued, _once("sent", "unknown")),
    World("voice", "a key confirms", voice.handler, flow, _pressed("1"), _settled("booked", "confirmed")),
    World("voice", "a key cancels", voice.handler, flow, _pressed("2"), _settled("cancelled", "cancelled")),
    World("voice", "a key asks for a person", voice.handler, flow, _pressed("0"), _asked),
    World("voice", "nobody answers our call", voice.handler, kinesis, _unanswered, _failed),
)

"""Situations of voice and metrics: from what Connect tells to a callback, and to the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import metrics
import reminders
import routing
import voice
from recado.actions.close import close
from recado.actions.move_appointment import move_appointment
from recado.actions.record_attendance import record_attendance
from recado.store import contacts, intervals, visit_facts

from tests import calls, visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, kinesis, rest, schedule, stream
from tests.faults.worlds_desk import SOON, asked, call_api, one_answer
from tests.faults.worlds_inbound import answered, fine, said
from tests.faults.worlds_outbound import stored
from tests.samples import NOW, later

TEN_TOMORROW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
"""In São Paulo."""

MOVED_TO = "2026-12-01T09:30"

CALLED = later(minutes=5)
"""When what Connect tells of the call reaches us: it began at NOW."""


def _tell(stage: Stage, *events: dict[str, Any]) -> None:
    for one in events:
        stage.deliver(schedule, voice.handler, one)
    stage.carry()


def _asks(stage: Stage) -> Situation:
    """A flow asks who is calling: somebody who has written before."""
    return Situation(calls.flow(), {"boavista": said(stage, "oi")})


def _ends(stage: Stage) -> Situation:
    """The caller hung up in the queue, and the last of the contact events says so."""
    _tell(stage, calls.flow())
    *before, _ended, last = calls.events(calls.ABANDONED)
    _tell(stage, *before)
    stage.move_to(CALLED)
    return Situation(last, {"boavista": ()})


def _known_caller(stage: Stage) -> Situation:
    """The same, of somebody who has written before, and was answered."""
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    close("boavista", one.id, "resolved", stage.now)
    stage.carry()
    return Situation(_ends(stage).event, {"boavista": accepted})


def _names_a_time(stage: Stage) -> Situation:
    """Whom we missed answers our text, and routing has not heard of it."""
    situation = _ends(stage)
    stage.deliver(schedule, voice.handler, situation.event)
    stage.carry()
    stage.pass_time(timedelta(minutes=3))
    stage.sweep()
    accepted = stored(stage, "amanhã às 10")
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


def _agreed(stage: Stage) -> Iterator[str]:
    yield from _missed_once(stage)
    seen = rows(stage, "boavista")
    told = [one.purpose for one in seen.communications if one.direction == "outbound" and one.kind == "text"]
    agreed = [one.callback.due_at for one in seen.contacts if one.callback and one.callback.agreed]
    if told.count("self_service") != 1 or agreed != [TEN_TOMORROW]:
        yield f"they are told {told}, and will be called at {agreed}"


def _by_text(stage: Stage) -> Situation:
    """Ana writes to somebody who rang, and who wrote a while ago."""
    situation = _known_caller(stage)
    stage.deliver(schedule, voice.handler, situation.event)
    stage.carry()
    (one,) = (one for one in rows(stage, "boavista").contacts if one.state != "closed")
    return Situation(asked(f"/contacts/{one.id}/replies", '{"text": "Temos sim."}'), situation.accepted)


def _recorded(stage: Stage) -> Situation:
    """Only the contact record comes: the flow's and the events' words were lost."""
    stage.move_to(CALLED)
    return Situation(calls.records(calls.record(calls.ABANDONED)), {"boavista": ()})


def _told_twice(stage: Stage) -> Situation:
    """The contact events have settled the call; its record says the same."""
    _tell(stage, calls.flow(), *calls.events(calls.ABANDONED))
    stage.move_to(CALLED)
    return Situation(calls.records(calls.record(calls.ABANDONED)), {"boavista": ()})


def _missed_once(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    entries = [one for one in seen.communications if one.kind == "call"]
    text_backs = [one for one in seen.communications if one.purpose == "text_back"]
    owed = [one for one in seen.contacts if one.callback is not None]
    if (len(entries), len(text_backs), len(owed)) != (1, 1, 1):
        yield f"{len(entries)} calls, {len(text_backs)} text-backs, {len(owed)} callbacks for one missed call"


def _again(stage: Stage) -> Situation:
    """Once missed, they ring again and are being spoken to before we wrote: nothing needs to be written."""
    _tell(stage, calls.flow(), *calls.events(calls.ABANDONED))
    second, start = "c0ffee00-0000-4000-8000-000000000002", later(seconds=100)
    stage.move_to(later(seconds=130))
    _tell(stage, calls.flow(call=second))
    *before, connected = calls.events(calls.ANSWERED_CALL, second, start)[:3]
    _tell(stage, *before)
    return Situation(connected, {"boavista": ()})


def _not_written(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").communications if one.purpose == "text_back"]
    if states != ["withdrawn"] or stage.provider.taken:
        yield f"the text-back to somebody who got through is {states}"


def _nameless(stage: Stage) -> Situation:
    """It ended, and nobody tells us who called: the minute's sweep settles it as nobody's."""
    _tell(stage, *calls.events(calls.ABANDONED))
    stage.move_to(later(hours=3))
    return Situation({}, {"boavista": ()})


def _of_nobody(stage: Stage) -> Iterator[str]:
    entries = [one.call for one in rows(stage, "boavista").communications if one.kind == "call"]
    if len(entries) != 1:
        yield f"{len(entries)} entries for one call"


def _named(stage: Stage) -> Situation:
    """It was settled as nobody's; now the record says who called."""
    situation = _nameless(stage)
    stage.sweep()
    return Situation(calls.records(calls.record(calls.ABANDONED)), situation.accepted)


def _transferred(stage: Stage) -> Situation:
    """A leg after a transfer does not say which number was called: the clinic that knows the call does."""
    _tell(stage, calls.flow(), *calls.events(calls.ANSWERED_CALL))
    leg = calls.record(calls.ANSWERED_CALL, call="c0ffee00-0000-4000-8000-000000000009")
    leg |= {"InitialContactId": calls.CALL, "InitiationMethod": "TRANSFER", "SystemEndpoint": None}
    stage.move_to(CALLED)
    return Situation(calls.records(leg), {"boavista": ()})


def _unreadable(stage: Stage) -> Situation:
    return Situation(calls.records(b"{", calls.record(calls.ABANDONED)), {"boavista": ()})


def _kept_one(stage: Stage) -> Iterator[str]:
    if stage.kept() != 1:
        yield f"what cannot be read is kept {stage.kept()} times"


def _counted(stage: Stage) -> Situation:
    """A message, its assignment and Ana's answer, all of which the numbers have not heard of."""
    accepted = stored(stage, "oi", "tem horário?")
    first = stage.cloud.streamed()
    stage.deliver(stream, routing.handler, first)
    (one,), _ = contacts.open_contacts("boavista")
    assert one.state == "assigned"
    answered(stage)
    rest = stage.cloud.streamed()
    stage.deliver(stream, routing.handler, rest)
    return Situation({"Records": first["Records"] + rest["Records"]}, {"boavista": accepted})


def _numbers(stage: Stage) -> Iterator[str]:
    totals = intervals.totals("boavista", NOW.replace(hour=0), later(days=3))
    told = [
        (name, one.inbound, one.outbound, one.offered, len(one.waits_s))
        for total in totals
        for name, one in total.channels.items()
    ]
    if told != [("whatsapp", 2, 1, 1, 1)]:
        yield f"the numbers say {told}"


def _visits(stage: Stage) -> Situation:
    """A visit was booked, moved, and its patient did not come, of which the numbers have not heard."""
    known = len(stage.cloud.visits_streamed()["Records"])
    visit = visits.booked()
    move_appointment("boavista", visit.id, MOVED_TO, stage.now, author="agent:ana")
    stage.carry()
    stage.move_to(visits.START + timedelta(days=2))
    record_attendance("boavista", visit.id, "noshow", stage.now, author="agent:ana")
    stage.carry()
    return Situation({"Records": stage.cloud.visits_streamed()["Records"][known:]}, {"boavista": ()})


def _visits_counted(stage: Stage) -> Iterator[str]:
    days = visits.VISIT.start[:10], MOVED_TO[:10]
    told = [(one.status, one.moved) for day in days for one in visit_facts.of_day("boavista", day)]
    if told != [("booked", True), ("noshow", False)]:
        yield f"the numbers of visits say {told}"


WORLDS = (
    World("voice", "a flow asks who is calling", voice.handler, schedule, _asks, fine),
    World("voice", "the last contact event of a missed call", voice.handler, schedule, _ends, _missed_once),
    World(
        "voice", "a known caller hung up in the queue", voice.handler, schedule, _known_caller, _missed_once
    ),
    World("routing", "a missed caller names a time", routing.handler, stream, _names_a_time, _agreed),
    World("api", "an agent writes to a caller", call_api, rest, _by_text, one_answer, late=SOON),
    World("voice", "only the record of a missed call", voice.handler, kinesis, _recorded, _missed_once),
    World("voice", "the record of a call that is settled", voice.handler, kinesis, _told_twice, _missed_once),
    World("metrics", "two messages, an assignment, an answer", metrics.handler, stream, _counted, _numbers),
    World("metrics", "a visit was moved and missed", metrics.handler, stream, _visits, _visits_counted),
    World("voice", "a missed caller is being spoken to", voice.handler, schedule, _again, _not_written),
    World("reminders", "a call of we do not know whom", reminders.handler, schedule, _nameless, _of_nobody),
    World("voice", "we learn late who called", voice.handler, kinesis, _named, _of_nobody),
    World("voice", "a record that cannot be read", voice.handler, kinesis, _unreadable, _kept_one),
    World("voice", "a transfer that names no number", voice.handler, kinesis, _transferred, _of_nobody),
)

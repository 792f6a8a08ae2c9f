"""Situations of following up: an attempt told by the desk or by Connect, and the time of the next one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import reminders
import voice
from recado.model.contact import Contact
from recado.store import contacts, tenants

from tests import calls
from tests.calls import ABANDONED, CALLER
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, kinesis, rest, schedule
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.pursuit import OURS, attempted
from tests.samples import later
from tests.visits import opted_out

CALLED = later(minutes=40)


def missed(stage: Stage) -> Contact:
    """Somebody was missed, and the text about it came to nothing; Ana has their contact in hand."""
    for one in (calls.flow(), *calls.events(ABANDONED)):
        stage.deliver(schedule, voice.handler, one)
    stage.carry()
    (written,) = (one.id for one in rows(stage, "boavista").communications if one.purpose == "text_back")
    text = contacts.find_communication("boavista", written)
    assert text
    contacts.save_communication("boavista", text.model_copy(update={"state": "failed", "due_at": None}))
    stage.carry()
    stage.move_to(CALLED)
    stage.given_back = 1  # the day's text is written anew over the one that came to nothing
    return hers(stage)


def hers(stage: Stage) -> Contact:
    """Her contact, as it is now."""
    (contact,) = rows(stage, "boavista").contacts
    return contact


def _told(outcome: str, before: int = 0) -> Callable[[Stage], Situation]:
    """Ana tells of a call, after so many in vain."""

    def prepare(stage: Stage) -> Situation:
        contact = missed(stage)
        for number in range(before):
            attempted("busy", CALLED + timedelta(seconds=number))
            stage.carry()
        body = json.dumps({"outcome": outcome})
        return Situation(asked(f"/contacts/{contact.id}/attempts", body), {"boavista": ()})

    return prepare


def _stands(
    state: str, texts: dict[str, int], end: str | None = None, tried: int = 1
) -> Callable[[Stage], Iterator[str]]:
    """How her contact stands in the end, and which texts went to her, each how often."""

    def check(stage: Stage) -> Iterator[str]:
        contact = hers(stage)
        followed = contact.follow_up
        known = (contact.state, followed.end, len(followed.attempts)) if followed else None
        if known != (state, end, tried):
            yield f"the contact is {known}"
        if followed and followed.unjudged:
            yield "nothing followed from the attempt"
        copies, found = stage.provider.copies(), dict[str, int]()
        for one in rows(stage, "boavista").communications:
            if one.template and one.state != "failed":
                found[one.template.name] = found.get(one.template.name, 0) + copies[one.id]
        if found != texts:
            yield f"she was sent {found}"

    return check


def _record(stage: Stage) -> Situation:
    """Connect tells of a call that Ana made, and of which she says nothing."""
    missed(stage)
    times = {"ended": timedelta(seconds=30)}
    told: dict[str, Any] = {"InitiationMethod": "OUTBOUND", "DisconnectReason": "TELECOM_UNANSWERED"}
    stage.pass_time(timedelta(seconds=130))
    return Situation(calls.records(calls.record(times, CALLER, OURS, CALLED, **told)), {"boavista": ()})


def _judged(stage: Stage) -> Situation:
    """The same is stored, and the minute's sweep sees what follows."""
    situation = _record(stage)
    stage.deliver(kinesis, voice.handler, situation.event)
    stage.carry()
    return Situation({}, {"boavista": ()})


def _time_has_come(stage: Stage) -> Situation:
    missed(stage)
    owed = attempted().callback
    stage.pass_time(timedelta(minutes=3))
    stage.sweep()
    assert owed
    stage.move_to(owed.due_at)
    return Situation({}, {"boavista": ()})


def _unwanted(stage: Stage) -> Situation:
    """They have told us to stop since."""
    situation = _time_has_come(stage)
    opted_out(hers(stage).patient)
    return situation


def _anas(stage: Stage) -> Iterator[str]:
    yield from _stands("assigned", {"called_you": 1})(stage)
    if tenants.agent("boavista", "ana").assigned != {hers(stage).id}:
        yield "Ana does not have it in hand"


WORLDS = (
    *(
        World("api", name, call_api, rest, prepare, check, late=SOON)
        for name, prepare, check in (
            ("a call in vain", _told("voicemail"), _stands("scheduled", {"called_you": 1})),
            ("a call in which they were reached", _told("reached"), _stands("assigned", {}, "reached")),
            ("a call in which they booked", _told("booked"), _stands("closed", {}, "booked")),
            ("a wrong number", _told("wrong_number"), _stands("closed", {}, "unreachable")),
            (
                "the last call in vain",
                _told("no_answer", 4),
                _stands("closed", {"called_you": 1}, "unreachable", tried=5),
            ),
        )
    ),
    World(
        "voice", "a call of ours in vain", voice.handler, kinesis, _record,
        _stands("scheduled", {"called_you": 1}),
    ),
    World(
        "reminders", "what follows from a call", reminders.handler, schedule, _judged,
        _stands("scheduled", {"called_you": 1}), late=SOON,
    ),
    World("reminders", "the time of a call has come", reminders.handler, schedule, _time_has_come, _anas),
    World(
        "reminders", "a call to whom wants none", reminders.handler, schedule, _unwanted,
        _stands("closed", {"called_you": 1}, "declined"),
    ),
)  # fmt: skip

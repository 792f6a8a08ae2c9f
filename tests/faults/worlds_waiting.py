"""Situations of the waiting list: a time is offered, wanted, not wanted, and given to the next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import reminders
import routing
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.join_waiting import Wanted, join_waiting
from recado.model.waiting import Offer, Opening, WaitingEntry
from recado.store import appointments, openings, patients, waiting

from tests import visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest, schedule, stream
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import queued
from tests.faults.worlds_slots import disagreements
from tests.practice import SLOT, opened
from tests.samples import text_message
from tests.samples import webhook as body_of
from tests.waiting import BEGINS, offering, opening, patient

UNHEARD: dict[str, tuple[str, ...]] = {"boavista": ()}
HEARD: dict[str, tuple[str, ...]] = {"boavista": ("wamid.1",)}


def _waits(stage: Stage, who: str) -> WaitingEntry:
    entry = join_waiting("boavista", Wanted(who, "consulta"), stage.now, author="agent:ana")
    stage.pass_time(timedelta(seconds=1))
    return entry


def _freed(stage: Stage, *, others: int = 1) -> list[WaitingEntry]:
    """Maria waits, and then others; somebody's visit was called off."""
    opened()
    maria = visits.booked(start="2027-01-30T09:30").patient
    entries = [_waits(stage, maria), *(_waits(stage, patient(number)) for number in range(1, others + 1))]
    gone = book("boavista", patient(9), SLOT, stage.now, author="agent:ana")
    cancel_appointment("boavista", gone.id, stage.now, author="agent:ana")
    stage.carry()
    return entries


def _entries(stage: Stage) -> list[WaitingEntry]:
    bodies = [item["body"]["S"] for item in stage.items("appointments") if item["sk"]["S"] == "W"]
    found = [WaitingEntry.model_validate_json(body) for body in bodies]
    return sorted(found, key=lambda one: one.since)


def _whole(stage: Stage) -> Iterator[str]:
    """Nobody is told twice; nobody has an offer that is not open; one visit at a time at most."""
    offers: dict[str, Offer] = {}
    for item in stage.items("appointments"):
        if item["sk"]["S"] == "WO":
            offer = Offer.model_validate_json(item["body"]["S"])
            offers[offer.id] = offer
    for entry in _entries(stage):
        held = offers.get(entry.offer or "")
        if entry.state == "offered" and (held is None or held.state != "open"):
            yield f"{entry.id} is offered what is {held.state if held else 'no offer'}"
    times_asked = [one.id for offer in offers.values() for one in _asked_of(stage, offer)]
    if len(times_asked) != len(set(times_asked)):
        yield "somebody was asked twice"
    booked = [one for one in appointments.of_day("boavista", "2026-11-30") if one.status == "booked"]
    if len(booked) > 1:
        yield f"{len(booked)} have the time"
    yield from (one for one in disagreements(stage) if not any(each in one for each in offers))


def _asked_of(stage: Stage, offer: Offer) -> list[WaitingEntry]:
    return waiting.some("boavista", [one.entry for one in offer.asked])


def _written(stage: Stage, template: str) -> int:
    seen = rows(stage, "boavista").communications
    return sum(one.template is not None and one.template.name == template for one in seen)


def _offers(stage: Stage) -> Situation:
    _freed(stage)
    return Situation({}, UNHEARD)


def _one_after_the_other(stage: Stage) -> Iterator[str]:
    yield from _whole(stage)
    if _written(stage, "offer_slot") != 2 or [one.offers for one in _entries(stage)] != [1, 1]:
        yield f"asked {_written(stage, 'offer_slot')}, {[one.offers for one in _entries(stage)]}"
    first, second = _entries(stage)
    # Whether the second one's time to answer is over depends on how long there was something to come.
    if first.state != "waiting" or second.state not in ("offered", "waiting"):
        yield f"they are {first.state}, {second.state}"


def _lapses(stage: Stage) -> Situation:
    _freed(stage)
    stage.sweep()
    stage.pass_time(timedelta(minutes=31))
    return Situation({}, UNHEARD)


def _says(stage: Stage, text: str, at_once: int = 1) -> Situation:
    offering(offer_at_once=at_once)
    _freed(stage)
    stage.sweep()
    stage.pass_time(timedelta(minutes=1))
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message(text))))
    return Situation(stage.cloud.streamed(), HEARD)


def _booked(stage: Stage) -> Iterator[str]:
    yield from _whole(stage)
    yield from disagreements(stage)
    maria, other = _entries(stage)
    if (maria.state, other.state) != ("booked", "waiting"):
        yield f"they are {maria.state}, {other.state}"
    found: Opening = opening()
    if (found.freed, found.refilled) != (1, 1):
        yield f"counted {found.freed}, {found.refilled}"
    if _written(stage, "booked") != 5:
        yield f"{_written(stage, 'booked')} were told that they are booked"


def _told_gone(stage: Stage) -> Iterator[str]:
    yield from _booked(stage)
    if _written(stage, "offer_gone") != 1:
        yield f"{_written(stage, 'offer_gone')} were told that it is gone"


def _declined(stage: Stage) -> Iterator[str]:
    yield from _whole(stage)
    if [one.offers for one in _entries(stage)] != [1, 1] or _written(stage, "offer_slot") != 2:
        yield f"asked {[one.offers for one in _entries(stage)]}"
    seen = [one for one in rows(stage, "boavista").communications if one.purpose == "self_service"]
    if len(seen) != 1:
        yield f"{len(seen)} answers"


def _earlier(stage: Stage) -> Situation:
    """Maria waits with a visit of hers, and says yes."""
    opened()
    later = SLOT._replace(start="2026-12-03T09:30")
    visit = book("boavista", visits.MARIA, later, stage.now, author="agent:ana")
    join_waiting(
        "boavista", Wanted(visit.patient, "consulta", instead_of=visit.id), stage.now, author="agent:ana"
    )
    gone = book("boavista", patient(9), SLOT, stage.now, author="agent:ana")
    cancel_appointment("boavista", gone.id, stage.now, author="agent:ana")
    stage.carry()
    stage.sweep()
    stage.pass_time(timedelta(minutes=1))
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message("1"))))
    return Situation(stage.cloud.streamed(), HEARD)


def _is_earlier(stage: Stage) -> Iterator[str]:
    yield from _whole(stage)
    found = [one for day in ("2026-11-30", "2026-12-03") for one in appointments.of_day("boavista", day)]
    seen = [(one.local_start, one.schedule) for one in found if one.status == "booked"]
    if seen != [(SLOT.start, 2)]:
        yield f"the visits are {seen}"
    times_freed = opening(BEGINS + timedelta(days=3)).freed
    if times_freed != 1:
        yield f"given back {times_freed} times"


def _by_hand(stage: Stage) -> Situation:
    opened()
    entry = _waits(stage, visits.booked(start="2027-01-30T09:30").patient)
    stage.carry()
    body = json.dumps({"practitioner_id": "helena", "start": SLOT.start})
    return Situation(asked(f"/waiting-list/{entry.id}/offer", body), UNHEARD)


def _once(stage: Stage) -> Iterator[str]:
    yield from _whole(stage)
    if _written(stage, "offer_slot") != 1 or openings.find_opening("boavista", opening(BEGINS).id) is None:
        yield f"asked {_written(stage, 'offer_slot')} times"


def _joins(stage: Stage) -> Situation:
    opened()
    who = visits.booked(start="2027-01-30T09:30").patient
    stage.carry()
    return Situation(asked("/waiting-list", json.dumps({"patient": who, "type_id": "consulta"})), UNHEARD)


def _joined(stage: Stage) -> Iterator[str]:
    if [one.state for one in _entries(stage)] != ["waiting"]:
        yield f"on the list are {_entries(stage)}"
    if patients.find("boavista", _entries(stage)[0].patient) is None:
        yield "nobody's"


WORLDS = (
    World("reminders", "a freed time is offered", reminders.handler, schedule, _offers, _one_after_the_other),
    World("reminders", "an offer lapses", reminders.handler, schedule, _lapses, _one_after_the_other),
    World("routing", "an offer is taken", routing.handler, stream, lambda stage: _says(stage, "1"), _booked),
    World(
        "routing",
        "of two the first takes an offer",
        routing.handler,
        stream,
        lambda stage: _says(stage, "1", 2),
        _told_gone,
    ),
    World(
        "routing", "an offer is declined", routing.handler, stream, lambda stage: _says(stage, "2"), _declined
    ),
    World("routing", "a visit comes earlier", routing.handler, stream, _earlier, _is_earlier),
    World("api", "somebody joins the list", call_api, rest, _joins, _joined, late=SOON),
    World("api", "a time is offered by hand", call_api, rest, _by_hand, _once, late=SOON),
)

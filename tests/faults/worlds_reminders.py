"""Situations that follow a reminder: nobody answered it, nobody sent it, or it is about no visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import reminders
from recado.actions.cancel_appointment import cancel_appointment
from recado.store import appointments, missed, tenants

from tests import outreach, visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, schedule

MORNING = visits.START - timedelta(minutes=90)
MINUTE = timedelta(minutes=1)
UNHEARD: dict[str, tuple[str, ...]] = {"boavista": ()}


def _unanswered(stage: Stage) -> Situation:
    """All that was to be written was, and nothing came back."""
    visits.booked()
    stage.carry()
    for now in (visits.FIRST, visits.SECOND, MORNING):
        stage.move_to(now)
        stage.sweep()
    stage.move_to(MORNING + MINUTE)
    return Situation({}, UNHEARD)


def _last(stage: Stage) -> Situation:
    """Two reminders went unanswered; the last one looks for another way."""
    visits.booked()
    stage.carry()
    for now in (visits.FIRST, visits.SECOND):
        stage.move_to(now)
        stage.sweep()
    stage.move_to(MORNING)
    return Situation({}, UNHEARD)


def _three(stage: Stage) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").communications if one.purpose == "reminder"]
    copies = [stage.provider.copies()[one.id] for one in seen]
    if copies != [1, 1, 1]:
        yield f"the reminders went {copies} times"


def _one_task(stage: Stage) -> Iterator[str]:
    """It is over by the time all is looked at: the visit has begun."""
    (visit,) = appointments.of_day("boavista", visits.VISIT.start[:10])
    if [one.state for one in visit.reminders] != ["sent"] * 4:
        yield f"the visit is {visit.reminders}"
    yield from _called_off(stage)


def _called_off(stage: Stage) -> Iterator[str]:
    (visit,) = appointments.of_day("boavista", visits.VISIT.start[:10])
    if visit.task or visit.due_at:
        yield f"the visit has {visit.task}, {visit.due_at}"
    seen = [(one.reason, one.state, one.unconfirmed) for one in rows(stage, "boavista").contacts]
    if seen != [("unconfirmed", "closed", ())]:
        yield f"the contacts are {seen}"
    if any(one.assigned for one in tenants.agents("boavista")):
        yield "an agent still has it"


def _asked(stage: Stage) -> Situation:
    """An agent has it in hand when the desk calls the visit off."""
    _unanswered(stage)
    stage.sweep()
    stage.carry()
    (visit,) = appointments.of_day("boavista", visits.VISIT.start[:10])
    cancel_appointment("boavista", visit.id, stage.now, author="agent:ana")
    return Situation({}, UNHEARD)


def _frozen(stage: Stage) -> Situation:
    """Nothing was looked at for fifteen hours."""
    visits.booked()
    visits.booked(start="2026-11-30T10:15")
    stage.carry()
    stage.move_to(visits.FIRST + timedelta(hours=15, minutes=30))
    return Situation({}, UNHEARD)


def _listed(stage: Stage) -> Iterator[str]:
    found, _ = missed.since("boavista", visits.FIRST, 100)
    if len({one.appointment for one in found}) != 2 or len(found) != 2:
        yield f"the list is {found}"
    outage = missed.outage("boavista")
    if outage is None or outage.version != 1:
        yield f"the outage is {outage}"
    if any(one.purpose == "reminder" for one in rows(stage, "boavista").communications):
        yield "something stale was sent"


def _matter(stage: Stage) -> Situation:
    """A recall is due."""
    visit = visits.booked(start="2027-01-30T09:30")
    stage.carry()
    outreach.begun(visit.patient, stage.now)
    return Situation({}, UNHEARD)


def _recalled(stage: Stage) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").communications if one.purpose == "recall"]
    if [(one.state, stage.provider.copies()[one.id]) for one in seen] != [("sent", 1)]:
        yield f"the recall is {[(one.state, stage.provider.copies()[one.id]) for one in seen]}"


WORLDS = (
    World("reminders", "a visit's last reminder is due", reminders.handler, schedule, _last, _three),
    World("reminders", "nobody confirmed a visit", reminders.handler, schedule, _unanswered, _one_task),
    World("reminders", "nobody has to call any more", reminders.handler, schedule, _asked, _called_off),
    World("reminders", "an outage is over", reminders.handler, schedule, _frozen, _listed),
    World("reminders", "a recall is due", reminders.handler, schedule, _matter, _recalled),
)

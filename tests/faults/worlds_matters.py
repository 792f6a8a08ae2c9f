"""Situations of what is about no visit at all: how content somebody was, when they take their medicines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import dedupe
import reminders
import routing
from recado.actions.set_medication import Times, set_medication
from recado.store import contacts, outreach, surveys, tenants

from tests import visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest, schedule, stream
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import queued, said
from tests.samples import text_message
from tests.samples import webhook as body_of

UNHEARD: dict[str, tuple[str, ...]] = {"boavista": ()}


def _helped(stage: Stage) -> Situation:
    """Ana has answered, and closes the contact; the clinic asks later how that was."""
    clinic = tenants.fresh("boavista")
    tenants.save_tenant("boavista", clinic.model_copy(update={"survey_minutes": 60}))
    tenants.forget()
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    answer = asked(f"/contacts/{one.id}/replies", '{"text": "Temos sim."}')
    stage.deliver(rest, call_api, answer)
    stage.carry()
    close = asked(f"/contacts/{one.id}/close", '{"disposition": "resolved"}')
    close["headers"]["Idempotency-Key"] = "key-2"
    return Situation(close, {"boavista": accepted})


def _one_question(stage: Stage) -> Iterator[str]:
    found, _ = outreach.of_source("boavista", "contact", 10)
    if len(found) != 1:
        yield f"they are to be asked {len(found)} times"
    if [one.state for one in rows(stage, "boavista").contacts] != ["closed"]:
        yield "the contact is not closed"


def _due(stage: Stage) -> Situation:
    situation = _helped(stage)
    stage.deliver(rest, call_api, situation.event)
    stage.carry()
    stage.pass_time(timedelta(minutes=61))
    return Situation({}, situation.accepted)


def _asked_once(stage: Stage) -> Iterator[str]:
    sent = [one for one in rows(stage, "boavista").communications if one.purpose == "survey"]
    kept = surveys.of_patient("boavista", sent[0].patient) if sent else []
    if [stage.provider.copies()[one.id] for one in sent] != [1] or len(kept) != 1:
        yield f"they were asked {len(sent)} times, of which {len(kept)} are kept"


def _reminded(stage: Stage) -> None:
    """Somebody wants to be reminded in an hour and each day; the hour is over."""
    patient = visits.booked(start="2027-03-01T09:30").patient
    times = Times(("12:00",), "2026-11-27")
    set_medication("boavista", patient, times, stage.now, author="agent:ana")
    stage.carry()
    stage.pass_time(timedelta(hours=1))


def _medication(stage: Stage) -> Situation:
    _reminded(stage)
    return Situation({}, UNHEARD)


def _each_day(stage: Stage) -> Iterator[str]:
    sent = [one for one in rows(stage, "boavista").communications if one.purpose == "medication"]
    if not sent or {stage.provider.copies()[one.id] for one in sent} != {1}:
        yield f"sent {[stage.provider.copies()[one.id] for one in sent]} times"
    if len({one.at.date() for one in sent}) != len(sent):
        yield "twice in a day"


def _no_more(stage: Stage) -> Situation:
    _reminded(stage)
    stage.sweep()
    stage.pass_time(timedelta(minutes=1))
    spoken = {"timestamp": str(int(stage.now.timestamp()))}
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message("2", **spoken))))
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1",)})


def _stopped(stage: Stage) -> Iterator[str]:
    (plan,), _ = outreach.of_source("boavista", "medication", 10)
    if (plan.state, plan.due_at) != ("answered", None):
        yield f"the plan is {plan.state}"
    told = [one for one in rows(stage, "boavista").communications if one.purpose == "self_service"]
    if [stage.provider.copies()[one.id] for one in told] != [1]:
        yield f"they were told so {len(told)} times"


WORLDS = (
    World("api", "who was helped is to be asked", call_api, rest, _helped, _one_question, late=SOON),
    World("reminders", "how content they are is asked", reminders.handler, schedule, _due, _asked_once),
    World("reminders", "medication is due", reminders.handler, schedule, _medication, _each_day),
    World("routing", "no more of medication", routing.handler, stream, _no_more, _stopped),
)

"""Situations of what we begin that is about no visit to come: surveys, campaigns, authorisations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import reminders
import routing
from recado.actions.record_attendance import record_attendance
from recado.model.policy import Policy, Step
from recado.store import campaigns, outreach, surveys, tenants

from tests import visits
from tests.campaigns import YEAR, everybody, launched, launched_on_both, phone, seen
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest, schedule, stream
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import queued
from tests.samples import PHONE, text_message
from tests.samples import webhook as body_of

UNHEARD: dict[str, tuple[str, ...]] = {"boavista": ()}
MINUTE = timedelta(minutes=1)
ASKED_AT = visits.START + timedelta(hours=4)


def _seen(stage: Stage) -> str:
    """A visit took place, and the clinic asks how it was four hours after it began."""
    step = Step(name="ask", minutes=240, purpose="survey", text="survey_nps")
    clinic = tenants.get("boavista").model_copy(update={"reminders": Policy(steps=(step,))})
    tenants.save_tenant("boavista", clinic)
    tenants.forget()
    visit = visits.booked()
    stage.carry()
    stage.move_to(visits.START + timedelta(hours=1))
    record_attendance("boavista", visit.id, "fulfilled", stage.now, author="agent:ana")
    return visit.patient


def _survey_due(stage: Stage) -> Situation:
    _seen(stage)
    stage.move_to(ASKED_AT)
    return Situation({}, UNHEARD)


def _asked_once(stage: Stage) -> Iterator[str]:
    found = surveys.of_day("boavista", visits.VISIT.start[:10])
    sent = [one for one in rows(stage, "boavista").communications if one.purpose == "survey"]
    if [one.id for one in found] != [one.id for one in sent] or len(sent) != 1:
        yield f"asked by {len(sent)} messages, kept as {len(found)}"
    elif stage.provider.copies()[sent[0].id] != 1:
        yield "the question did not go once"


def _said(stage: Stage, *texts: str, number: str | None = None) -> Situation:
    ids = tuple(f"wamid.{place}" for place, _ in enumerate(texts, 1))
    for text, own_id in zip(texts, ids, strict=True):
        stage.carry()
        stage.pass_time(MINUTE)
        said = {"timestamp": str(int(stage.now.timestamp()))}
        message = text_message(text, own_id, number or PHONE, **said)
        stage.deliver(queue, dedupe.handler, queued(stage, body_of(message)))
    return Situation(stage.cloud.streamed(), {"boavista": ids})


def _score(stage: Stage) -> Situation:
    _survey_due(stage)
    stage.sweep()
    return _said(stage, "9")


def _low(stage: Stage) -> Situation:
    _survey_due(stage)
    stage.sweep()
    return _said(stage, "3")


def _why(stage: Stage) -> Situation:
    _survey_due(stage)
    stage.sweep()
    return _said(stage, "10", "Muito obrigada!")


def _scored(stage: Stage) -> Iterator[str]:
    (found,) = surveys.of_day("boavista", visits.VISIT.start[:10])
    if found.score != 9:
        yield f"the score is {found.score}"
    yield from _ended(stage, "closed", 1)


def _recovered(stage: Stage) -> Iterator[str]:
    (found,) = surveys.of_day("boavista", visits.VISIT.start[:10])
    if found.score != 3:
        yield f"the score is {found.score}"
    yield from _ended(stage, "assigned", 1)


def _commented(stage: Stage) -> Iterator[str]:
    (found,) = surveys.of_day("boavista", visits.VISIT.start[:10])
    if (found.score, found.comment) != (10, "Muito obrigada!"):
        yield f"they said {found.score}, {found.comment}"
    yield from _ended(stage, "closed", 2)


def _ended(stage: Stage, state: str, answers: int) -> Iterator[str]:
    seen_now = rows(stage, "boavista")
    if {one.state for one in seen_now.contacts} != {state}:
        yield f"the contacts are {[one.state for one in seen_now.contacts]}"
    told = [one for one in seen_now.communications if one.purpose == "self_service"]
    if [stage.provider.copies()[one.id] for one in told] != [1] * answers:
        yield f"they were answered {len(told)} times"


def _campaign(stage: Stage) -> Situation:
    """Two people are to be taken in; by lot one of them is held out."""
    both = [seen(number) for number in range(2)]
    stage.carry()
    stage.move_to(YEAR)
    launched_on_both(both)
    return Situation({}, UNHEARD)


def _taken_in(stage: Stage) -> Iterator[str]:
    (campaign,) = campaigns.listing("boavista")
    people = everybody(campaign)
    if len(people) != 2 or campaign.walked_at is None:
        yield f"{len(people)} are in it, {campaign.state}"
    written = sum(one.state != "held_out" for one in people)
    sent = [one for one in rows(stage, "boavista").communications if one.purpose == "recall"]
    if [stage.provider.copies()[one.id] for one in sent] != [1] * written:
        yield f"{written} should have been written to, by {len(sent)} messages"


def _yes(stage: Stage) -> Situation:
    seen(1)
    stage.carry()
    stage.move_to(YEAR)
    launched(YEAR)
    for _ in range(3):
        stage.sweep()
        stage.pass_time(MINUTE)
    return _said(stage, "sim", number=phone(1))


def _a_persons(stage: Stage) -> Iterator[str]:
    (campaign,) = campaigns.listing("boavista")
    (one,) = everybody(campaign)
    if (one.state, one.answer) != ("answered", "yes"):
        yield f"the matter is {one.state}, {one.answer}"
    yield from _ended(stage, "assigned", 1)


def _noshow(stage: Stage) -> Situation:
    visit = visits.booked()
    stage.carry()
    stage.move_to(visits.START + timedelta(hours=1))
    return Situation(asked(f"/appointments/{visit.id}/noshow", "{}"), UNHEARD)


def _one_offer(stage: Stage) -> Iterator[str]:
    found, _ = outreach.of_source("boavista", "missed", 10)
    if len(found) != 1:
        yield f"they are offered {len(found)} times"


def _authorised(stage: Stage) -> Situation:
    visit = visits.booked()
    stage.carry()
    body = {"id": "ehr-1", "patient": visit.patient, "expires": "2026-12-31"}
    return Situation(asked("/authorisations", json.dumps(body), role="supervisor"), UNHEARD)


def _one_matter(stage: Stage) -> Iterator[str]:
    found, _ = outreach.of_source("boavista", "authorisation", 10)
    if len(found) != 1:
        yield f"it was begun {len(found)} times"


WORLDS = (
    World("reminders", "a survey is due", reminders.handler, schedule, _survey_due, _asked_once),
    World("routing", "a survey is answered", routing.handler, stream, _score, _scored),
    World("routing", "somebody was not content", routing.handler, stream, _low, _recovered),
    World("routing", "somebody says why", routing.handler, stream, _why, _commented),
    World("reminders", "a campaign takes people in", reminders.handler, schedule, _campaign, _taken_in),
    World("routing", "a recall is answered", routing.handler, stream, _yes, _a_persons),
    World("api", "a visit was missed", call_api, rest, _noshow, _one_offer, late=SOON),
    World("api", "an authorisation has come", call_api, rest, _authorised, _one_matter, late=SOON),
)

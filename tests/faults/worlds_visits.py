"""Situations that visits bring about: reminders, and what patients answer to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import dedupe
import reminders
import routing
from recado.actions.admit import Person
from recado.actions.close import close
from recado.model.contact_point import ContactPoint
from recado.model.patient import Question
from recado.store import appointments, patients
from recado.store.rows import transaction

from tests import visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, schedule, stream
from tests.faults.worlds_inbound import HIDDEN, queued, said
from tests.samples import PHONE, text_message
from tests.samples import webhook as body_of


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


def _hidden(stage: Stage) -> Situation:
    """The patient, whose number we know, hides it by the time they answer."""
    first = text_message("oi", from_user_id=HIDDEN)
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(first)))
    stage.carry()
    (contact,) = rows(stage, "boavista").contacts
    close("boavista", contact.id, "resolved", stage.now)
    _booked(stage)
    stage.move_to(visits.FIRST)
    stage.sweep()
    answer = body_of(text_message("1", "wamid.2", HIDDEN))
    return Situation(queued(stage, answer), {"boavista": ("wamid.1", "wamid.2")})


NEXT = "5511900000009"


def _foreign(stage: Stage) -> Situation:
    """The patient writes in another language than they were written to in."""
    _booked(stage)
    body = body_of(text_message("buongiorno, vorrei fare una domanda sulla mia visita"))
    return Situation(queued(stage, body), {"boavista": ("wamid.1",)})


def _spoken(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    (visit,) = appointments.of_day("boavista", visits.VISIT.start[:10])
    people, talks = {one.language for one in seen.patients}, {one.language for one in seen.contacts}
    found = {visit.language} | people | talks
    if found != {"it"}:
        yield f"they are spoken to in {found}"


def _moves(stage: Stage) -> Situation:
    """Two of one number, with a visit each, were asked about the first; now they have another number."""
    visits.booked(Person("João Souza", visits.MARIA.phone), "2026-11-30T15:00")
    _due(stage)
    stage.sweep()
    told = text_message("")
    del told["text"]
    system = {"body": "mudou", "type": "user_changed_number", "wa_id": NEXT}
    body = body_of({**told, "type": "system", "system": system})
    return Situation(queued(stage, body), {"boavista": ("wamid.1",)})


def _moved(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    points = [one.primary.value for one in seen.patients if one.primary and one.former]
    if points != [f"+{NEXT}"] * 2:
        yield f"they are reached at {points}"
    found = [(one.address, one.contact_point) for one in appointments.of_day("boavista", "2026-11-30")]
    if found != [(f"+{NEXT}", f"phone#+{NEXT}")] * 2:
        yield f"their visits are at {found}"


def _family_stops(stage: Stage) -> Situation:
    """One number, two patients, one word."""
    visits.booked()
    visits.booked(Person("João Souza", visits.MARIA.phone), "2026-11-30T15:00")
    stage.carry()
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message("parar"))))
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1",)})


def _all_stopped(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    if [sorted(one.opted_out) for one in seen.patients] != [["care", "marketing"]] * 2:
        yield "the opt-out is not stored for both"
    if sum(one.purpose == "self_service" for one in seen.communications) != 1:
        yield "they were not told exactly once"


def _too_late(stage: Stage) -> Situation:
    """The function was down for two days: the first reminder would only puzzle by now."""
    _booked(stage)
    stage.move_to(visits.SECOND - timedelta(minutes=30))
    return Situation({}, {"boavista": ()})


def _at_most_one_each(stage: Stage) -> Iterator[str]:
    (visit,) = appointments.of_day("boavista", visits.VISIT.start[:10])
    sent = [one.step for one in visit.reminders if one.state == "sent"]
    written = [one for one in rows(stage, "boavista").communications if one.purpose == "reminder"]
    if len(written) != len(sent) or len(sent) > 1:
        yield f"{len(written)} reminders were written and {sent} are said to be sent"


def _gone(stage: Stage) -> Situation:
    """They answer a question about a visit that we do not have: it is for people."""
    accepted = said(stage, "oi")
    (who,) = rows(stage, "boavista").patients
    asked = Question(
        subject="agone",
        version=1,
        patient=who.id,
        communication="asked",
        asked_at=stage.now,
    )
    with transaction() as work:
        patients.ask(
            "boavista", f"phone#{ContactPoint(system='phone', value=f'+{PHONE}').value}", asked, work
        )
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message("1", "wamid.2"))))
    return Situation(stage.cloud.streamed(), {"boavista": (*accepted, "wamid.2")})


def _for_people(stage: Stage) -> Iterator[str]:
    states = [(one.state, one.unread) for one in rows(stage, "boavista").contacts]
    if states != [("assigned", 2)]:
        yield f"the contact is {states}"


WORLDS = (
    World("reminders", "a visit's reminder is due", reminders.handler, schedule, _due, _reminded),
    World("reminders", "a reminder is too late", reminders.handler, schedule, _too_late, _at_most_one_each),
    World("dedupe", "an answer from a number that is hidden", dedupe.handler, queue, _hidden, _confirmed),
    World("dedupe", "a patient writes in another language", dedupe.handler, queue, _foreign, _spoken),
    World("dedupe", "a family has another number", dedupe.handler, queue, _moves, _moved),
    World("routing", "a family's number opts out", routing.handler, stream, _family_stops, _all_stopped),
    World("routing", "a patient confirms a visit", routing.handler, stream, _confirms, _confirmed),
    World("routing", "a patient cancels a visit", routing.handler, stream, _cancels, _cancelled),
    World("routing", "an answer to a visit that is gone", routing.handler, stream, _gone, _for_people),
)

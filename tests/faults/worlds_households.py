"""Situations of numbers that several people share: whom a message concerns, who is asked, who is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import reminders
import routing
from recado import texts
from recado.actions.hear_call import hear_call
from recado.actions.relate import Relation, relate
from recado.rules.reviews import pair_id
from recado.store import appointments, contacts, patients, reviews

from tests import calls, visits
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest, schedule, stream
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import queued
from tests.samples import PHONE, text_message
from tests.samples import webhook as body_of

NOBODY = "🌸"
"""A display name that is no name."""
HIDDEN = "BR.1234567890"
OTHER = "5511900000002"


def wrote(stage: Stage, text: str, message_id: str, name: str = NOBODY, sender: str = PHONE) -> None:
    """Somebody has written, under this name; it is stored, and nothing else has come of it."""
    body = body_of(text_message(text, message_id, sender), name=name)
    stage.deliver(queue, dedupe.handler, queued(stage, body))


def _couple(stage: Stage) -> None:
    for number, name in enumerate(("Maria Silva", "João Souza"), start=1):
        wrote(stage, "oi", f"wamid.{number}", name)
        stage.carry()
        stage.pass_time(timedelta(minutes=1))


COUPLE = ("wamid.1", "wamid.2")


def _unclear(stage: Stage) -> Situation:
    _couple(stage)
    body = body_of(text_message("bom dia", "wamid.3"), name=NOBODY)
    return Situation(queued(stage, body), {"boavista": (*COUPLE, "wamid.3")})


def _is_asked(stage: Stage) -> Situation:
    _couple(stage)
    wrote(stage, "bom dia", "wamid.3")
    return Situation(stage.cloud.streamed(), {"boavista": (*COUPLE, "wamid.3")})


def _asked_once(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    homes = [one.id for one in seen.patients if one.kind == "household"]
    asked_of = [one.patient for one in seen.communications if one.text == texts.render("whom", "pt-BR")]
    if asked_of != homes or len(homes) != 1:
        yield f"{len(asked_of)} questions at {len(homes)} households"


def _named(stage: Stage, name: str) -> Situation:
    _couple(stage)
    wrote(stage, "bom dia", "wamid.3")
    stage.carry()
    stage.pass_time(timedelta(minutes=1))
    wrote(stage, name, "wamid.4")
    return Situation(stage.cloud.streamed(), {"boavista": (*COUPLE, "wamid.3", "wamid.4")})


def _joao(stage: Stage) -> Situation:
    return _named(stage, "é para o João")


def _clara(stage: Stage) -> Situation:
    return _named(stage, "é para a Clara")


def _by_agent(stage: Stage) -> Situation:
    situation = _is_asked(stage)
    stage.carry()
    (home,) = (one for one in rows(stage, "boavista").contacts if one.kind == "household")
    body = json.dumps({"name": "Clara Dias"})
    return Situation(asked(f"/contacts/{home.id}/attribution", body), situation.accepted)


def _given(stage: Stage) -> Iterator[str]:
    """Everything is somebody's, whose contact it goes on in."""
    seen = rows(stage, "boavista")
    homes = {one.id for one in seen.patients if one.kind == "household"}
    if any(one.patient in homes for one in seen.communications):
        yield "something is the household's yet"
    over = {one.id: one.merged_into for one in seen.contacts if one.patient in homes}
    if None in over.values() or any(one.contact in over for one in seen.communications):
        yield f"the household's contacts went on in {list(over.values())}"


def _left_behind(stage: Stage) -> Situation:
    """What was said was not on the timeline when it was attributed."""
    situation = _joao(stage)
    stage.deliver(stream, routing.handler, situation.event)
    stage.carry()
    (aside,) = (one for one in rows(stage, "boavista").contacts if one.kind == "household")
    (late,) = (one for one in rows(stage, "boavista").communications if one.text == "bom dia")
    stored = contacts.find_communication("boavista", late.id)
    assert stored is not None
    theirs = {"patient": aside.patient, "contact": aside.id}
    contacts.save_communication("boavista", stored.model_copy(update=theirs))
    stage.cloud.streamed()
    stage.pass_time(timedelta(minutes=2))
    return Situation({}, situation.accepted)


def _two_people(stage: Stage) -> Situation:
    """Somebody known by their account writes from a number by which somebody else is known."""
    wrote(stage, "oi", "wamid.1", "Maria Silva")
    stage.carry()
    known = body_of(text_message("oi", "wamid.2", OTHER, from_user_id=HIDDEN), name="Mari")
    stage.deliver(queue, dedupe.handler, queued(stage, known))
    stage.carry()
    stage.pass_time(timedelta(minutes=1))
    shown = body_of(text_message("sou eu", "wamid.3", from_user_id=HIDDEN), name="Mari")
    return Situation(queued(stage, shown), {"boavista": ("wamid.1", "wamid.2", "wamid.3")})


def _quoted(stage: Stage) -> Situation:
    """Somebody quotes what one of two has said."""
    _couple(stage)
    quoting = text_message("isto", "wamid.3", context={"from": PHONE, "id": "wamid.2"})
    return Situation(queued(stage, body_of(quoting, name=NOBODY)), {"boavista": (*COUPLE, "wamid.3")})


def _theirs(stage: Stage) -> Iterator[str]:
    by_id = {one.provider_id: one.patient for one in rows(stage, "boavista").communications}
    if by_id["wamid.3"] != by_id["wamid.2"]:
        yield "what was quoted was another's"


def _call(stage: Stage) -> Situation:
    """A call from the couple's number was missed."""
    _couple(stage)
    for message in (
        *calls.events(calls.ABANDONED, start=stage.now),
        calls.record(calls.ABANDONED, start=stage.now),
    ):
        hear_call(json.dumps(message).encode(), stage.now + timedelta(minutes=3))
    stage.carry()
    (home,) = (one for one in rows(stage, "boavista").contacts if one.kind == "household")
    joao = next(one.id for one in rows(stage, "boavista").patients if one.name == "João Souza")
    body = json.dumps({"patient": joao})
    return Situation(asked(f"/contacts/{home.id}/attribution", body), {"boavista": COUPLE})


def _asked_about(stage: Stage) -> Iterator[str]:
    people = [one.id for one in rows(stage, "boavista").patients]
    if reviews.find("boavista", pair_id(*people)) is None:
        yield "nobody is asked whether they are one"


def _child(stage: Stage) -> str:
    """Pedro, at his father's number, whose visit was asked about; Maria wrote from her own."""
    wrote(stage, "oi", "wamid.1", "Maria Silva")
    stage.carry()
    (mother,) = (one.id for one in rows(stage, "boavista").patients)
    visit = visits.booked(visits.MARIA._replace(name="Pedro Dias", phone=f"+{OTHER}"), now=stage.now)
    relate("boavista", "ana", visit.patient, Relation(mother, "parent", "2033-05-17"), stage.now)
    stage.move_to(visits.FIRST)
    stage.sweep()
    stage.carry()
    return visit.patient


def _guardian(stage: Stage) -> Situation:
    _child(stage)
    body = body_of(text_message("1", "wamid.2"))
    return Situation(queued(stage, body), {"boavista": ("wamid.1", "wamid.2")})


def _confirmed(stage: Stage) -> Iterator[str]:
    (visit,) = appointments.of_day("boavista", visits.VISIT.start[:10])
    if visit.confirmation != "confirmed":
        yield f"the visit is {visit.confirmation}"


def _related(stage: Stage) -> Situation:
    _couple(stage)
    one, other = (patient.id for patient in rows(stage, "boavista").patients)
    body = json.dumps({"patient": other, "relationship": "spouse"})
    return Situation(asked(f"/patients/{one}/related", body), {"boavista": COUPLE})


def _unrelated(stage: Stage) -> Situation:
    child = _child(stage)
    mother = next(one.record for one in patients.get("boavista", child).related)
    path = f"/patients/{child}/related/{mother}"
    return Situation(asked(path, "", "DELETE"), {"boavista": ("wamid.1",)})


def _both_know(stage: Stage) -> Iterator[str]:
    people = rows(stage, "boavista").patients
    related = {(one.id, other.record) for one in people for other in one.related}
    mirrored = {(other.record, one.id) for one in people for other in one.stands_by}
    if related != mirrored:
        yield "only one of two knows that they are related"


WORLDS = (
    World("dedupe", "a message of nobody knows whom", dedupe.handler, queue, _unclear, _asked_once),
    World("dedupe", "number and account of two people", dedupe.handler, queue, _two_people, _asked_about),
    World("dedupe", "one of two is quoted", dedupe.handler, queue, _quoted, _theirs),
    World("dedupe", "a mother answers for her child", dedupe.handler, queue, _guardian, _confirmed),
    World("routing", "they are asked for whom it is", routing.handler, stream, _is_asked, _asked_once),
    World("routing", "somebody there is named", routing.handler, stream, _joao, _given),
    World("routing", "somebody new is named", routing.handler, stream, _clara, _given),
    World("reminders", "what was left behind follows", reminders.handler, schedule, _left_behind, _given),
    World("api", "an agent says whose it is", call_api, rest, _by_agent, _given, late=SOON),
    World("api", "an agent says whose call it is", call_api, rest, _call, _given, late=SOON),
    World("api", "somebody stands by a patient", call_api, rest, _related, _both_know, late=SOON),
    World("api", "somebody stands by them no more", call_api, rest, _unrelated, _both_know, late=SOON),
)

"""Situations of the REST API: what the front desk sets off."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import intake
from recado.actions.transfer import transfer
from recado.store import appointments, contacts, tenants

from tests import visits
from tests.api.client import rest_event
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Event, Stage, rest, webhook
from tests.faults.worlds_inbound import said
from tests.samples import BRUNO, signed, text_message
from tests.samples import webhook as body_of

SOON = timedelta(minutes=30)
"""A console repeats a request, but not the next day: its key is remembered for an hour."""

Prepare = Callable[[Stage], Situation]


def call_api(event: Event, context: Any) -> Any:
    """The REST API; imported when it is first called, as it takes its time."""
    from api.app import app  # noqa: PLC0415

    return app(event, context)


def asked(path: str, body: str, method: str = "POST", role: str = "agent") -> Event:
    """What Ana asks of the API, under one Idempotency-Key."""
    event = rest_event(method, path, body, {}, {"Idempotency-Key": "key-1"})
    claims = {"sub": "user", "cognito:groups": role, "custom:tenant": "boavista", "custom:agent": "ana"}
    event["requestContext"]["authorizer"] = {"claims": claims}
    return event


def _reply(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    return Situation(asked(f"/contacts/{one.id}/replies", '{"text": "Temos sim."}'), {"boavista": accepted})


def one_answer(stage: Stage) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").communications if one.author == "agent:ana"]
    if [(one.text, stage.provider.copies()[one.id]) for one in seen] != [("Temos sim.", 1)]:
        yield f"answers: {[(one.text, stage.provider.copies()[one.id]) for one in seen]}"


def _take(stage: Stage) -> Situation:
    """Ana takes over what Bruno has."""
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    tenants.save_agent("boavista", BRUNO)
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


def _book(who: dict[str, str], accepted: tuple[str, ...] = ()) -> Situation:
    visit = {"start": "2026-11-30T09:30", "practitioner": "Dra. Costa", "type": "consulta", "minutes": 30}
    return Situation(asked("/appointments", json.dumps({**who, **visit})), {"boavista": accepted})


MARIA = {"name": "Maria Silva", "phone": "(11) 98765-4321"}


def _book_new(_stage: Stage) -> Situation:
    return _book(MARIA)


def _book_lead(stage: Stage) -> Situation:
    """She has written before, under a name that is none."""
    body = body_of(text_message("oi"), name="🌸🌸")
    assert stage.deliver(webhook, intake.handler, signed(body))
    stage.carry()
    return _book({**MARIA, "name": "Ana Clara Nunes"}, ("wamid.1",))


def _book_named(stage: Stage) -> Situation:
    """She has been here before."""
    visits.booked(start="2026-12-01T09:30")
    stage.carry()
    return _book(MARIA)


def _book_son(stage: Stage) -> Situation:
    """His mother has been here before, and their number is one."""
    visits.booked(start="2026-12-01T09:30")
    stage.carry()
    return _book({**MARIA, "name": "João Pereira"})


def _book_known(stage: Stage) -> Situation:
    """She has been here before, and the console knows who she is."""
    _book_named(stage)
    (who,) = rows(stage, "boavista").patients
    return _book({"patient": who.id})


def _one_visit(stage: Stage) -> Iterator[str]:
    found = appointments.of_day("boavista", visits.VISIT.start[:10])
    told = [
        one for one in rows(stage, "boavista").communications if one.appointment in {one.id for one in found}
    ]
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


def _move(stage: Stage) -> Situation:
    one = visits.booked(start="2026-12-01T09:30")
    stage.carry()
    return Situation(asked(f"/appointments/{one.id}/move", '{"start": "2026-11-30T09:30"}'), {"boavista": ()})


def _moved(stage: Stage) -> Iterator[str]:
    found = appointments.of_day("boavista", visits.VISIT.start[:10])
    told = [one.state for one in rows(stage, "boavista").communications]
    if [one.schedule for one in found] != [2] or told != ["sent", "sent"]:
        yield f"the visit is at {[one.schedule for one in found]}; of it was told {told}"


def _transfer(to: dict[str, str]) -> Prepare:
    def prepare(stage: Stage) -> Situation:
        accepted = said(stage, "oi")
        (one,), _ = contacts.open_contacts("boavista")
        tenants.save_agent("boavista", BRUNO)
        return Situation(asked(f"/contacts/{one.id}/transfer", json.dumps(to)), {"boavista": accepted})

    return prepare


def _brunos(stage: Stage) -> Iterator[str]:
    agents = [one.agent for one in rows(stage, "boavista").contacts]
    if agents != ["bruno"]:
        yield f"the contact is {agents}'s"


def _somebodys(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").contacts]
    if states != ["assigned"]:
        yield f"the contact is {states}"


def _leave(_stage: Stage) -> Situation:
    return Situation(asked("/agents/me/state", '{"state": "away"}', "PUT"), {"boavista": ()})


def _come(stage: Stage) -> Situation:
    """Ana comes to the desk, where somebody waits."""
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "away"}))
    accepted = said(stage, "oi")
    return Situation(asked("/agents/me/state", '{"state": "available"}', "PUT"), {"boavista": accepted})


def _away(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").agents]
    if states != ["away"]:
        yield f"Ana is {states}"


def _prefers(stage: Stage) -> Situation:
    """Somebody with a visit to come would rather not be written to in the morning, and in Spanish."""
    visits.booked(start="2026-12-01T09:30")
    stage.carry()
    (who,) = rows(stage, "boavista").patients
    wanted = {"channels": ["whatsapp"], "language": "es", "quiet_from": "22:00", "quiet_until": "11:00"}
    return Situation(asked(f"/patients/{who.id}/preferences", json.dumps(wanted), "PUT"), {"boavista": ()})


def _preferred(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    known = [(one.language, one.quiet is not None, one.channels) for one in seen.patients]
    spoken = [link.language for links in seen.links.values() for link in links]
    if known != [("es", True, ("whatsapp",))] or spoken != ["es"]:
        yield f"they prefer {known}, and their contact point says {spoken}"


WORLDS = tuple(
    World("api", name, call_api, rest, prepare, check, late=SOON)
    for name, prepare, check in (
        ("an agent answers", _reply, one_answer),
        ("an agent takes a contact", _take, _anas),
        ("an agent gives a contact to another", _transfer({"agent": "bruno"}), _brunos),
        ("an agent gives a contact back", _transfer({"queue": "reception"}), _somebodys),
        ("an agent closes a contact", _close, _closed),
        ("an agent notes what a patient prefers", _prefers, _preferred),
        ("an agent leaves the desk", _leave, _away),
        ("an agent comes to the desk", _come, _somebodys),
        ("a visit is booked for somebody new", _book_new, _one_visit),
        ("a visit is booked for somebody who wrote", _book_lead, _one_visit),
        ("a visit is booked for a patient by name", _book_named, _one_visit),
        ("a visit is booked for somebody new at a known number", _book_son, _one_visit),
        ("a visit is booked for a patient by id", _book_known, _one_visit),
        ("a visit is moved", _move, _moved),
        ("a visit is called off", _call_off, _off),
    )
)

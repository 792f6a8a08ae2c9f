"""Situations of routing and delivery: from what is stored to an agent, and to the provider."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import delivery
import reminders
import routing
from recado.actions.close import close
from recado.actions.deliver import claim
from recado.actions.reply import reply
from recado.model.communication import Communication
from recado.model.record import iso
from recado.rules.sending import LEASE
from recado.store import contacts, tenants

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, schedule, stream
from tests.faults.worlds_inbound import OTHER, answered, fine, queued, said
from tests.samples import ANA, PHONE, WHATSAPP, status_webhook, text_message
from tests.samples import webhook as body_of


def stored(stage: Stage, *texts: str) -> tuple[str, ...]:
    """A new person's messages are stored, and routing has not heard of them."""
    messages = [text_message(text, f"wamid.{number}") for number, text in enumerate(texts, 1)]
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(*messages)))
    return tuple(f"wamid.{number}" for number in range(1, len(texts) + 1))


def _new(stage: Stage) -> Situation:
    accepted = stored(stage, "oi", "tem horário?")
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


def _assigned(stage: Stage) -> Iterator[str]:
    states = [(one.state, one.agent) for one in rows(stage, "boavista").contacts]
    if states != [("assigned", "ana")]:
        yield f"the contact is {states}"


def _nobody(stage: Stage) -> Situation:
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "away"}))
    return _new(stage)


def _waits(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").contacts]
    if states != ["waiting"]:
        yield f"the contact is {states}"


def _opts_out(stage: Stage) -> Situation:
    accepted = stored(stage, "parar")
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


def _opts_out_waiting(stage: Stage) -> Situation:
    """Somebody who waits for an agent opts out: what they asked first is still for people."""
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "away"}))
    accepted = said(stage, "quero remarcar")
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(text_message("parar", "wamid.2"))))
    return Situation(stage.cloud.streamed(), {"boavista": (*accepted, "wamid.2")})


def _goodbye_and_waits(stage: Stage) -> Iterator[str]:
    yield from _goodbye(stage)
    yield from _waits(stage)


def _goodbye(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    if [sorted(one.opted_out) for one in seen.patients] != [["care", "marketing"]]:
        yield "the opt-out is not stored"
    if sum(one.author == "recado" for one in seen.communications) != 1:
        yield "they were not told exactly once"


def _freed(stage: Stage) -> Situation:
    """Ana, who can have one contact at a time, closes it, while another waits."""
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"capacity": 1}))
    accepted = (*said(stage, "oi"), *said(stage, "olá", sender=OTHER, first=2))
    mine = next(one for one in contacts.open_contacts("boavista")[0] if one.state == "assigned")
    close("boavista", mine.id, "resolved", stage.now)
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


def _next_one(stage: Stage) -> Iterator[str]:
    states = sorted(one.state for one in rows(stage, "boavista").contacts)
    if states != ["assigned", "closed"]:
        yield f"the contacts are {states}"


def _written(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    answered(stage)
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


def _sent(stage: Stage) -> Iterator[str]:
    copies = [
        stage.provider.copies()[one.id]
        for one in rows(stage, "boavista").communications
        if one.author != "patient"
    ]
    if copies != [1]:
        yield f"the answer went out {copies} times"


def _answers(stage: Stage) -> Situation:
    """Two answers to one person, and one to another."""
    accepted = (*said(stage, "oi"), *said(stage, "olá", sender=OTHER, first=2))
    one, other = contacts.open_contacts("boavista")[0]
    for contact, text in ((one, "Bom dia."), (one, "Diga."), (other, "Olá.")):
        reply("boavista", ANA.id, contact.id, text, stage.now)
    _queue_up(stage)
    return Situation(stage.cloud.queued("outbound"), {"boavista": accepted})


def _queue_up(stage: Stage) -> None:
    stage.deliver(stream, routing.handler, stage.cloud.streamed())


def _answer(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    answered(stage)
    _queue_up(stage)
    return Situation(stage.cloud.queued("outbound"), {"boavista": accepted})


def _early(stage: Stage) -> Situation:
    """Its receipt, without our reference, is there before it is sent."""
    situation = _answer(stage)
    stage.deliver(queue, dedupe.handler, queued(stage, status_webhook("wamid.out.1", "delivered")))
    return situation


def reminder(stage: Stage) -> Communication:
    """A reminder that is written and not sent, of somebody who wrote once."""
    (patient,) = (one.id for one in rows(stage, "boavista").patients)
    return Communication(
        id="reminder",
        patient=patient,
        channel="whatsapp",
        account=WHATSAPP["boavista"],
        address=PHONE,
        direction="outbound",
        kind="text",
        text="Lembrete",
        author="recado",
        purpose="reminder",
        state="queued",
        at=stage.now,
        moment=f"{iso(stage.now)}#000000",
        not_after=stage.now + timedelta(hours=20),
        due_at=stage.now + timedelta(seconds=60),
    )


def _reminder(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    contacts.save_communication("boavista", reminder(stage))
    _queue_up(stage)
    return Situation(stage.cloud.queued("outbound"), {"boavista": accepted})


def _stopped(stage: Stage) -> Situation:
    """They opt out after it was queued."""
    situation = _reminder(stage)
    stopped = said(stage, "parar", first=2)
    return Situation(situation.event, {"boavista": (*situation.accepted["boavista"], *stopped)})


def _abandoned(stage: Stage) -> Situation:
    """Somebody claimed it and was not heard of since."""
    situation = _answer(stage)
    claim("boavista", json.loads(situation.event["Records"][0]["body"])["communication"], stage.now)
    stage.pass_time(LEASE)
    return situation


def _judged(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").communications if one.author == "agent:ana"]
    if states != ["unknown"]:
        yield f"an answer that may have been sent is {states}"


def _stale(stage: Stage) -> Situation:
    """A long outage: it is too late for the reminder."""
    situation = _reminder(stage)
    stage.pass_time(timedelta(hours=21))
    return situation


def _nothing_open(stage: Stage) -> Situation:
    """Too late for the reminder of somebody whose contact is closed."""
    situation = _reminder(stage)
    (one,), _ = contacts.open_contacts("boavista")
    close("boavista", one.id, "resolved", stage.now)
    stage.pass_time(timedelta(hours=21))
    return situation


def _listed(stage: Stage) -> Iterator[str]:
    yield from _expired(stage)
    reasons = sorted(one.reason for one in rows(stage, "boavista").contacts)
    if reasons != ["message", "undelivered"]:
        yield f"a reminder that came to nothing is on no list: {reasons}"


def _back(stage: Stage) -> Situation:
    """Somebody waits, and Ana has come back without routing having heard of it."""
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "away"}))
    accepted = said(stage, "oi")
    tenants.save_agent("boavista", tenants.agent("boavista", "ana").model_copy(update={"state": "available"}))
    stage.pass_time(timedelta(minutes=2))
    return Situation({}, {"boavista": accepted})


def _expired(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").communications if one.purpose == "reminder"]
    if states != ["expired"] or stage.provider.taken:
        yield f"a stale reminder is {states}"


def _withdrawn(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").communications if one.purpose == "reminder"]
    if states != ["withdrawn"]:
        yield f"a reminder to somebody who opted out is {states}"


def _known_outcome(stage: Stage) -> Iterator[str]:
    """Receipts carry our reference: whatever reached the provider is known to be sent."""
    for one in rows(stage, "boavista").communications:
        if stage.provider.copies()[one.id] and one.state != "delivered":
            yield f"what the provider delivered is {one.state}"


WORLDS = (
    World("routing", "two messages of a new person", routing.handler, stream, _new, _assigned),
    World("routing", "a new person, and nobody at the desk", routing.handler, stream, _nobody, _waits),
    World("routing", "somebody opts out", routing.handler, stream, _opts_out, _goodbye),
    World(
        "routing",
        "somebody who waits opts out",
        routing.handler,
        stream,
        _opts_out_waiting,
        _goodbye_and_waits,
    ),
    World("routing", "hands are freed while another waits", routing.handler, stream, _freed, _next_one),
    World("routing", "an answer is written", routing.handler, stream, _written, _sent),
    World("delivery", "an answer", delivery.handler, queue, _answer, fine),
    World(
        "delivery",
        "an answer, and its receipts come later",
        delivery.handler,
        queue,
        _answer,
        _known_outcome,
        receipts=True,
    ),
    World("delivery", "an answer whose receipt was early", delivery.handler, queue, _early, fine),
    World("delivery", "three answers to two people", delivery.handler, queue, _answers, fine),
    World("delivery", "a reminder", delivery.handler, queue, _reminder, fine),
    World(
        "delivery",
        "a reminder, and its receipts come later",
        delivery.handler,
        queue,
        _reminder,
        _known_outcome,
        receipts=True,
    ),
    World(
        "delivery", "a reminder to somebody who has opted out", delivery.handler, queue, _stopped, _withdrawn
    ),
    World(
        "delivery",
        "an answer that somebody claimed and left",
        delivery.handler,
        queue,
        _abandoned,
        _judged,
        died=True,
    ),
    World("delivery", "a reminder after a long outage", delivery.handler, queue, _stale, _expired),
    World(
        "delivery",
        "a reminder after a long outage, of somebody with nothing open",
        delivery.handler,
        queue,
        _nothing_open,
        _listed,
    ),
    World("reminders", "somebody waits whom routing forgot", reminders.handler, schedule, _back, _assigned),
)

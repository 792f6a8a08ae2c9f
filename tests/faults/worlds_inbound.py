"""Situations of intake and dedupe: from a provider's call to stored messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dedupe
import intake
from recado.actions.reply import reply
from recado.model.record import iso
from recado.model.tenant import Account
from recado.store import contacts, tenants

from tests.channels.bodies import sample
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Event, Stage, queue, webhook
from tests.samples import ANA, PHONE, signed, status_webhook, text_message
from tests.samples import webhook as body_of

OTHER = "5511900000002"
HIDDEN = "BR.1234567890"
"""Who hides their number behind a name has this instead."""


def fine(_stage: Stage) -> Iterator[str]:
    """Nothing beside what always must hold."""
    yield from ()


def queued(stage: Stage, *bodies: dict[str, Any]) -> Event:
    """What dedupe is called with after these webhooks."""
    for body in bodies:
        assert stage.deliver(webhook, intake.handler, signed(body))
    return stage.cloud.queued("inbound")


def said(stage: Stage, *texts: str, sender: str = PHONE, first: int = 1) -> tuple[str, ...]:
    """A patient has said this, and it has arrived everywhere; the provider's ids."""
    ids = tuple(f"wamid.{number}" for number in range(first, first + len(texts)))
    for text, one in zip(texts, ids, strict=True):
        stage.deliver(webhook, intake.handler, signed(body_of(text_message(text, one, sender))))
        stage.carry()
    return ids


def batch() -> dict[str, Any]:
    """Two people of two clinics, an event that cannot be read, an account that is nobody's."""
    one = body_of(text_message("um"), text_message("dois", "wamid.2"))
    broken = body_of(text_message("sem id", ""))
    other = body_of(text_message("tres", "wamid.3", "34600000003"), tenant="delsol")
    nobody = body_of(text_message("quem", "wamid.4"))
    nobody["entry"][0]["changes"][0]["value"]["metadata"]["phone_number_id"] = "999"
    return {**one, "entry": [part for body in (one, broken, other, nobody) for part in body["entry"]]}


EVERYBODY = {"boavista": ("wamid.1", "wamid.2"), "delsol": ("wamid.3",)}


def _posted(stage: Stage) -> Situation:
    return Situation(signed(batch()), EVERYBODY)


def _kept(stage: Stage) -> Iterator[str]:
    if stage.kept() != 2:
        yield f"{stage.kept()} of 2 unreadable events are kept"


def _first(stage: Stage) -> Situation:
    return Situation(queued(stage, body_of(text_message("oi"))), {"boavista": ("wamid.1",)})


def _many(stage: Stage) -> Situation:
    return Situation(queued(stage, batch()), EVERYBODY)


def _known(stage: Stage) -> Situation:
    """Somebody whom Ana has in hand quotes what they said before."""
    before = said(stage, "bom dia")
    quoting = text_message("isto", "wamid.2", context={"from": PHONE, "id": before[0]})
    return Situation(queued(stage, body_of(quoting)), {"boavista": (*before, "wamid.2")})


def _number_learnt(stage: Stage) -> Situation:
    """Somebody who hid their number shows it."""
    before = said(stage, "bom dia", sender=HIDDEN)
    shown = text_message("sou eu", "wamid.2", from_user_id=HIDDEN)
    return Situation(queued(stage, body_of(shown)), {"boavista": (*before, "wamid.2")})


def _one_person(stage: Stage) -> Iterator[str]:
    yield from _unread_twice(stage)
    points = [[point.system for point in one.contact_points] for one in rows(stage, "boavista").patients]
    if points != [["bsuid", "phone"]]:
        yield f"the patients are reached at {points}"


def _unread_twice(stage: Stage) -> Iterator[str]:
    (one,) = rows(stage, "boavista").contacts
    if one.unread != 2:
        yield f"{one.unread} of 2 messages are unread"


def answered(stage: Stage, text: str = "Temos sim.") -> str:
    """Ana has answered the one open contact; the answer is written and nothing else has happened to it."""
    (one,), _ = contacts.open_contacts("boavista")
    return reply("boavista", ANA.id, one.id, text, stage.now).id


def _receipts(stage: Stage) -> Situation:
    """The provider tells of a message that it took: out of order, and twice."""
    accepted = said(stage, "oi")
    answered(stage)
    stage.carry()
    told = [status_webhook(stage.provider.provider_id(1), one) for one in ("delivered", "sent", "read")]
    return Situation(queued(stage, *told), {"boavista": accepted})


def _read(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").communications if one.direction == "outbound"]
    if states != ["read"]:
        yield f"receipts lead to {states}"


def _early_receipts(stage: Stage) -> Situation:
    """Receipts come before the answer to our own call, and do not carry our reference."""
    accepted = said(stage, "oi")
    answered(stage)
    return Situation(
        queued(stage, *(status_webhook("wamid.out.1", one) for one in ("read", "delivered"))),
        {"boavista": accepted},
    )


PAGE = "300000000000001"


def _seen(stage: Stage) -> Situation:
    """Messenger tells that all until a moment was read, of somebody to whom two messages went."""
    tenants.save_account("boavista", Account(tenant="boavista", channel="messenger", id=PAGE))
    stage.forget()
    stage.deliver(webhook, intake.handler, _by_messenger("messenger_text"))
    stage.carry()
    (heard,) = rows(stage, "boavista").communications
    for place in (1, 2):
        ours = {
            "id": f"ours{place}",
            "direction": "outbound",
            "author": "staff",
            "state": "sent",
            "moment": f"{iso(stage.now)}#00000{place + 1}",
            "contact": None,
            "version": 0,
        }
        contacts.save_communication("boavista", heard.model_copy(update=ours))
    stage.deliver(webhook, intake.handler, _by_messenger("messenger_receipts"))
    return Situation(stage.cloud.queued("inbound"), {"boavista": ("m_sample.text",)})


def _by_messenger(name: str) -> Event:
    return signed(sample(name)) | {"pathParameters": {"channel": "messenger"}}


def _both_read(stage: Stage) -> Iterator[str]:
    states = [one.state for one in rows(stage, "boavista").communications if one.direction == "outbound"]
    if states != ["read", "read"]:
        yield f"what was read is {states}"


def _notice(stage: Stage) -> Situation:
    """The provider tells of an error that is about no message, and a patient writes."""
    body = body_of(text_message("oi"))
    value = body["entry"][0]["changes"][0]["value"]
    value["errors"] = [{"code": 130429, "title": "Rate limit hit"}]
    event = queued(stage, body)
    return Situation(event, {"boavista": ("wamid.1",)})


def _noticed(stage: Stage) -> Iterator[str]:
    if stage.kept() != 1:
        yield f"the notice is kept {stage.kept()} times"


WORLDS = (
    World("intake", "a batch of two clinics, some of it unreadable", intake.handler, webhook, _posted, _kept),
    World("dedupe", "the first message of a new person", dedupe.handler, queue, _first, fine),
    World("dedupe", "three messages of two people of two clinics", dedupe.handler, queue, _many, fine),
    World("dedupe", "a quoting message of a known person", dedupe.handler, queue, _known, _unread_twice),
    World("dedupe", "a hidden number is shown", dedupe.handler, queue, _number_learnt, _one_person),
    World("dedupe", "receipts of an answer, out of order", dedupe.handler, queue, _receipts, _read),
    World(
        "dedupe", "receipts before the message's id is known", dedupe.handler, queue, _early_receipts, _read
    ),
    World("dedupe", "all until a moment is read", dedupe.handler, queue, _seen, _both_read),
    World("dedupe", "a notice and a message", dedupe.handler, queue, _notice, _noticed),
)

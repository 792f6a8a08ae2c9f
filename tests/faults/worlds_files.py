"""Situations of files, and of messages that did not come from a patient or not just now."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import dedupe
import delivery
import routing
from moto.s3.models import s3_backends
from recado.actions.deliver import claim
from recado.store import contacts

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.provider import PICTURE
from tests.faults.stage import ACCOUNT, Event, Stage, queue, rest, stream
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import answered, fine, queued, said
from tests.samples import PHONE, text_message
from tests.samples import webhook as body_of


def photo(message_id: str = "wamid.1") -> dict[str, Any]:
    """A picture from Maria."""
    known = text_message("", message_id)
    del known["text"]
    return body_of({**known, "type": "image", "image": {"id": "m1", "mime_type": "image/png"}})


def of_field(field: str, value: dict[str, Any]) -> dict[str, Any]:
    """A webhook of another field than messages."""
    body = body_of()
    change = body["entry"][0]["changes"][0]
    change["field"] = field
    del change["value"]["messages"]
    change["value"] |= value
    return body


def _arrived(stage: Stage) -> Situation:
    stage.deliver(queue, dedupe.handler, queued(stage, photo()))
    return Situation(stage.cloud.streamed(), {"boavista": ("wamid.1",)})


def _to_fetch(stage: Stage) -> Situation:
    situation = _arrived(stage)
    stage.deliver(stream, routing.handler, situation.event)
    return Situation(stage.cloud.queued("outbound"), situation.accepted)


def _kept(stage: Stage) -> Iterator[str]:
    (one,) = (one for one in rows(stage, "boavista").communications if one.attachments)
    if one.attachments[0].state != "kept" or one.due_at is not None:
        yield f"the picture is {one.attachments[0].state}"
    keys = s3_backends[ACCOUNT]["aws"].buckets["recado-test-media"].keys
    if [bytes(key.value) for key in keys.values()] != [PICTURE]:
        yield f"{len(keys)} files are kept"


def echo(text: str, message_id: str) -> dict[str, Any]:
    """A message of the clinic's, as WhatsApp's own app tells of it."""
    told = {**text_message(text, message_id, "551130000000"), "to": PHONE}
    return of_field("smb_message_echoes", {"message_echoes": [told]})


def _staffs(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    return Situation(queued(stage, echo("Já vamos.", "wamid.9")), {"boavista": accepted})


def _by_staff(stage: Stage) -> Iterator[str]:
    authors = [one.author for one in rows(stage, "boavista").communications if one.direction == "outbound"]
    if authors != ["staff"]:
        yield f"what staff wrote is by {authors}"


def _own(stage: Stage) -> Situation:
    """Our own answer comes back."""
    accepted = said(stage, "oi")
    answered(stage)
    stage.carry()
    return Situation(queued(stage, echo("Temos sim.", stage.provider.provider_id(1))), {"boavista": accepted})


def _one_of_ours(stage: Stage) -> Iterator[str]:
    authors = [one.author for one in rows(stage, "boavista").communications if one.direction == "outbound"]
    if authors != ["agent:ana"]:
        yield f"our answer is there as {authors}"


def _on_its_way(stage: Stage) -> Situation:
    """Our answer comes back, and whoever sent it has died before it could be noted."""
    accepted = said(stage, "oi")
    claim("boavista", answered(stage), stage.now)
    (one,) = (one for one in rows(stage, "boavista").communications if one.direction == "outbound")
    stage.provider.taken.append({"biz_opaque_callback_data": one.id})
    stage.cloud.streamed()
    return Situation(queued(stage, echo("Temos sim.", "wamid.out.1")), {"boavista": accepted})


def _known_to_be_sent(stage: Stage) -> Iterator[str]:
    yield from _one_of_ours(stage)
    states = [one.state for one in rows(stage, "boavista").communications if one.direction == "outbound"]
    if states != ["sent"]:
        yield f"what came back is {states}"


def _taken_for_anothers(stage: Stage) -> Situation:
    """Our answer comes back, in words that were changed on their way, before it is known to be sent."""
    accepted = said(stage, "oi")
    answered(stage)
    stage.deliver(stream, routing.handler, stage.cloud.streamed())
    stage.deliver(queue, dedupe.handler, queued(stage, echo("Temos sim. 🙂", "wamid.out.1")))
    stage.given_back = 1
    return Situation(stage.cloud.queued("outbound"), {"boavista": accepted})


def _sent_is_ours(stage: Stage) -> Iterator[str]:
    """Where we know what the provider calls it; else both are there, and somebody looks."""
    ends = {one.author: one.state for one in rows(stage, "boavista").communications}
    if ends["agent:ana"] == "sent" and "staff" in ends:
        yield "our answer is there twice"


def _past(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    told = of_field("history", {"messages": [text_message("antes", "wamid.0")]})
    return Situation(queued(stage, told), {"boavista": ("wamid.0", *accepted)})


def _one_open(stage: Stage) -> Iterator[str]:
    (one,) = rows(stage, "boavista").contacts
    if one.unread != 1:
        yield f"{one.unread} messages are unread"


def _template(_stage: Stage) -> Event:
    value = {"message_template_name": "booked", "message_template_language": "pt_BR", "event": "PAUSED"}
    return queued(_stage, of_field("message_template_status_update", value))


def _paused(stage: Stage) -> Situation:
    return Situation(_template(stage), {"boavista": ()})


def _offered(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    body = {"name": "a.png", "description": "Mapa", "data": base64.b64encode(PICTURE).decode()}
    return Situation(asked(f"/contacts/{one.id}/media", json.dumps(body)), {"boavista": accepted})


def _file_queued(stage: Stage) -> Situation:
    from recado.actions.keep_file import keep_file  # noqa: PLC0415 - as the API does
    from recado.actions.reply import reply  # noqa: PLC0415

    accepted = said(stage, "oi")
    (one,), _ = contacts.open_contacts("boavista")
    kept = keep_file("boavista", one.id, "a.png", "Mapa", PICTURE)
    reply("boavista", "ana", one.id, "Veja", stage.now, files=[kept.id])
    stage.deliver(stream, routing.handler, stage.cloud.streamed())
    return Situation(stage.cloud.queued("outbound"), {"boavista": accepted})


def _visitor(_stage: Stage) -> Situation:
    body = {"channel": "frontdesk", "name": "Rui", "phone": "(11) 98888-7777", "key": "v1"}
    return Situation(asked("/interactions", json.dumps(body)), {"boavista": ("v1",)})


def _came_once(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    if len(seen.communications) != 1 or len(seen.patients) != 1:
        yield f"one visitor is {len(seen.communications)} entries of {len(seen.patients)} people"


WORLDS = (
    World("routing", "a picture has come", routing.handler, stream, _arrived, _kept),
    World("delivery", "a picture is to be fetched", delivery.handler, queue, _to_fetch, _kept),
    World("dedupe", "staff wrote in another app", dedupe.handler, queue, _staffs, _by_staff),
    World("dedupe", "our own answer comes back", dedupe.handler, queue, _own, _one_of_ours),
    World(
        "dedupe",
        "an answer comes back whose sender died",
        dedupe.handler,
        queue,
        _on_its_way,
        _known_to_be_sent,
    ),
    World(
        "delivery",
        "an answer whose echo was taken for another's",
        delivery.handler,
        queue,
        _taken_for_anothers,
        _sent_is_ours,
    ),
    World("dedupe", "a message of before", dedupe.handler, queue, _past, _one_open),
    World("dedupe", "a template is paused", dedupe.handler, queue, _paused, fine),
    World("delivery", "an answer with a file", delivery.handler, queue, _file_queued, fine),
    World("api", "a file is kept to be sent", call_api, rest, _offered, fine, late=SOON),
    World("api", "somebody came to the desk", call_api, rest, _visitor, _came_once, late=SOON),
)

"""Situations of what patients take from us: by their provider, by their own words, by an agent's note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import routing
from recado.model.consent import Consent
from recado.store import contacts, patients

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest, stream
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_files import of_field
from tests.faults.worlds_inbound import queued, said
from tests.faults.worlds_outbound import reminder
from tests.samples import PHONE, status_webhook, text_message
from tests.samples import webhook as body_of


def wish(value: str = "stop") -> dict[str, object]:
    told = {"wa_id": PHONE, "category": "marketing_messages", "value": value, "timestamp": "1795442400"}
    return of_field("user_preferences", {"user_preferences": [told]})


def _known(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    return Situation(queued(stage, wish()), {"boavista": accepted})


def _unknown(stage: Stage) -> Situation:
    return Situation(queued(stage, wish()), {"boavista": ()})


def kept(stage: Stage) -> list[Consent]:
    (one,) = rows(stage, "boavista").patients
    return patients.consents("boavista", one.id)


def _no_marketing(stage: Stage) -> Iterator[str]:
    (one,) = rows(stage, "boavista").patients
    if one.opted_out != {"marketing"} or len(kept(stage)) != 1:
        yield f"they take no {sorted(one.opted_out)}, on {len(kept(stage))} words"


def _again(stage: Stage) -> Situation:
    """Somebody who had stopped starts again."""
    accepted = said(stage, "parar")
    stage.pass_time(timedelta(minutes=1))
    start = text_message("START", "wamid.2", timestamp=str(int(stage.now.timestamp())))
    stage.deliver(queue, dedupe.handler, queued(stage, body_of(start)))
    return Situation(stage.cloud.streamed(), {"boavista": (*accepted, "wamid.2")})


def _takes_all(stage: Stage) -> Iterator[str]:
    (one,) = rows(stage, "boavista").patients
    if one.opted_out or [said.action for said in kept(stage)] not in (["stop", "start"], ["start", "stop"]):
        yield f"they take no {sorted(one.opted_out)} after {[said.action for said in kept(stage)]}"


def _refused(stage: Stage) -> Situation:
    """WhatsApp says of a reminder that they had stopped such messages."""
    accepted = said(stage, "oi")
    contacts.save_communication("boavista", reminder(stage))
    stage.carry()
    errors = [{"code": 131050, "title": "Unable to deliver"}]
    told = status_webhook(stage.provider.provider_id(1), "failed", errors=errors)
    return Situation(queued(stage, told), {"boavista": accepted})


def _noted(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    (one,) = rows(stage, "boavista").patients
    body = json.dumps({"action": "stop", "purposes": ["marketing"], "note": "pediu"})
    return Situation(asked(f"/patients/{one.id}/consents", body), {"boavista": accepted})


WORLDS = (
    World("dedupe", "a provider says that somebody stopped", dedupe.handler, queue, _known, _no_marketing),
    World(
        "dedupe", "a provider says that a stranger stopped", dedupe.handler, queue, _unknown, _no_marketing
    ),
    World("routing", "somebody starts again", routing.handler, stream, _again, _takes_all),
    World("dedupe", "a reminder is refused as unwanted", dedupe.handler, queue, _refused, _no_marketing),
    World("api", "an agent notes a wish", call_api, rest, _noted, _no_marketing, late=SOON),
)

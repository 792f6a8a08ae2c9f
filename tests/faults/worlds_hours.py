"""Situations out of hours, and of closed channels: whoever writes is told once what to expect."""

from __future__ import annotations

from collections.abc import Iterator

import dedupe
import routing
from recado.model.tenant import OpeningHours
from recado.store import tenants

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, stream
from tests.faults.worlds_inbound import fine, queued
from tests.faults.worlds_outbound import stored
from tests.samples import WHATSAPP, text_message, webhook

SUNDAYS = (OpeningHours(weekday=6, opens="09:00", closes="12:00"),)


def _closed() -> None:
    clinic = tenants.get("boavista")
    tenants.save_tenant("boavista", clinic.model_copy(update={"hours": SUNDAYS}))
    tenants.forget()


def _arrives(stage: Stage) -> Situation:
    _closed()
    return Situation(queued(stage, webhook(text_message("oi"))), {"boavista": ("wamid.1",)})


def _waits(stage: Stage) -> Situation:
    _closed()
    accepted = stored(stage, "oi", "alguém aí?")
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


def _told_once(stage: Stage) -> Iterator[str]:
    told = [one.purpose for one in rows(stage, "boavista").communications if one.direction == "outbound"]
    if told != ["self_service"]:
        yield f"they are told {told}"


def _paused(stage: Stage) -> Situation:
    """Somebody writes on a channel that the clinic has closed."""
    whatsapp = tenants.account("boavista", "whatsapp", WHATSAPP["boavista"])
    tenants.save_account("boavista", whatsapp.model_copy(update={"state": "paused"}))
    tenants.forget()
    accepted = stored(stage, "oi", "alguém aí?")
    return Situation(stage.cloud.streamed(), {"boavista": accepted})


WORLDS = (
    World("dedupe", "somebody writes when nobody is there", dedupe.handler, queue, _arrives, fine),
    World("routing", "two messages when nobody is there", routing.handler, stream, _waits, _told_once),
    World("routing", "two messages where it is closed", routing.handler, stream, _paused, _told_once),
)

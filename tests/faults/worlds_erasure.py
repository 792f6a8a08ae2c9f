"""Situations in which somebody is erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import reminders
from recado.actions.erase import erase
from recado.actions.note_consent import note_consent
from recado.rules.erasure import SETTLED
from recado.store import tenants

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, rest, schedule
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import OTHER, said
from tests.samples import PHONE


def _known(stage: Stage) -> str:
    """Somebody wrote twice, and wants no reminders; another wrote once. The first one's record."""
    said(stage, "oi", "ainda aí?")
    (who,) = (one.id for one in rows(stage, "boavista").patients)
    note_consent("boavista", "ana", who, stage.now, action="stop", purposes=["care"], note="pediu")
    said(stage, "bom dia", sender=OTHER, first=3)
    tenants.make_hash_key("boavista", stage.now - timedelta(days=1))
    stage.forget()
    return who


def _asks(stage: Stage) -> Situation:
    who = _known(stage)
    body = json.dumps({"reason": "requested"})
    event = asked(f"/patients/{who}/erasure", body, role="admin")
    return Situation(event, {"boavista": ("wamid.3",)})


def _begins(stage: Stage) -> Situation:
    """The sweep comes to it for the first time."""
    erase("boavista", _known(stage), stage.now, by="role:admin", reason="requested")
    stage.carry()
    return Situation({}, {"boavista": ("wamid.3",)})


def _ends(stage: Stage) -> Situation:
    """Nothing is left, and nobody has anything of it in hand any more."""
    _begins(stage)
    stage.sweep()
    stage.pass_time(SETTLED + timedelta(minutes=1))
    return Situation({}, {"boavista": ("wamid.3",)})


def _forgotten(stage: Stage) -> Iterator[str]:
    tables = ("patients", "contacts", "appointments", "intervals", "tenants")
    found = [row for table in tables for row in stage.items(table) if PHONE in json.dumps(row)]
    if found:
        yield f"{len(found)} rows know their number"
    seen = rows(stage, "boavista")
    if [len(links) for links in seen.links.values()] != [1]:
        yield f"contact points lead to {[len(links) for links in seen.links.values()]}"
    if sum(one.erased_at is None for one in seen.communications) != 1:
        yield "the other's message is not there"
    if any(row["sk"]["S"] == "E" and "due" in row for row in stage.items("contacts")):
        yield "the erasure does not end"


WORLDS = (
    World("api", "a person is erased", call_api, rest, _asks, _forgotten, late=SOON),
    World("reminders", "a person is forgotten", reminders.handler, schedule, _begins, _forgotten),
    World("reminders", "nothing of a person is left", reminders.handler, schedule, _ends, _forgotten),
)

"""Are somebody's results there? Only whoever shows who they are is told, and never what they say (R49)."""

from __future__ import annotations

import hmac
import re
from datetime import timedelta
from typing import Any, Final

from recado.model.patient import Patient
from recado.model.result import Look, Results
from recado.rules.documents import is_document
from recado.rules.flows.scene import Done, Scene
from recado.rules.results import may_lead
from recado.rules.told import is_vouched
from recado.store import patients, results

TRIES: Final = 3
LOCKED: Final = timedelta(hours=24)
DIGITS: Final = 4
"""Of a document's number, its last ones."""
LOOKS: Final = 100


def ask_result(tenant: str, scene: Scene) -> Done:
    """Whether they can show who they are: by what the clinic knows of them, which is not what they have said
    themselves, in a form say, and while they have tries left."""
    known = _results(tenant, scene)
    if known.locked_until and scene.now < known.locked_until:
        return Done("locked")
    record = patients.get(tenant, scene.contact.recipient)
    able = bool(_born(record)) and bool(_endings(record))
    return Done("ask" if able else "impossible")


def check_identity(tenant: str, scene: Scene) -> Done:
    """Compare the birth date and the last digits of a document with the record; each look is kept. After
    TRIES wrong answers in a row there is none for a day, whichever contact they come in."""
    known = _results(tenant, scene)
    if known.locked_until and scene.now < known.locked_until:
        return Done("locked")
    if _is_them(patients.get(tenant, scene.contact.recipient), scene):
        verified = known.model_copy(update={"tries": 0, "locked_until": None})
        return _noted(tenant, verified, "verified", scene)
    tries = known.tries + 1
    if tries < TRIES:
        return _noted(tenant, known.model_copy(update={"tries": tries}), "refused", scene)
    locked = known.model_copy(update={"tries": 0, "locked_until": scene.now + LOCKED})
    return _noted(tenant, locked, "locked", scene)


def find_result(tenant: str, scene: Scene) -> Done:
    """Whether the latest is there, of whoever has just shown who they are; with its link while the clinic
    still wants patients to be led to where that leads."""
    if scene.data.get("verified") != scene.communication.id:
        return Done("none")
    items = sorted(_results(tenant, scene).items, key=lambda one: one.at)
    if not items:
        return Done("none")
    ready = [one for one in items if one.ready]
    if not ready:
        return Done("waiting")
    link = ready[-1].link
    shown = link is not None and may_lead(link, scene.clinic.result_hosts)
    return Done("link", {"link": str(link)}) if shown else Done("ready")


def _results(tenant: str, scene: Scene) -> Results:
    record = scene.contact.recipient
    return results.find(tenant, record) or Results(patient=record)


def _is_them(record: Patient, scene: Scene) -> bool:
    born, given = _born(record), scene.data.get("digits", "")
    same_day = bool(born) and _same(born, scene.data.get("birth_date", ""))
    same_end = any(_same(one, given) for one in _endings(record))
    return same_day and same_end


def _same(held: str, given: str) -> bool:
    return hmac.compare_digest(held.encode(), given.encode())


def _born(record: Patient) -> str:
    """Their birth date as the clinic knows it; "" where it has but their own word."""
    told = record.told.get("birth_date")
    return told.value if told and is_vouched(told) else ""


def _endings(record: Patient) -> list[str]:
    """The last digits of their documents that have so many, as the clinic knows them."""
    known = [one for name, one in record.told.items() if is_document(name) and is_vouched(one)]
    numbers = [re.sub(r"[^0-9]", "", one.value) for one in known]
    return [number[-DIGITS:] for number in numbers if len(number) >= DIGITS]


def _noted(tenant: str, known: Results, what: Any, scene: Scene) -> Done:
    """The outcome, and that somebody looked. What they gave to show who they are is not kept any longer."""
    look = Look(at=scene.now, what=what, channel=scene.communication.channel, contact=scene.contact.id)
    after = known.model_copy(update={"looks": (*known.looks, look)[-LOOKS:]})
    data = {"birth_date": "", "digits": ""}
    if what == "verified":
        data["verified"] = scene.communication.id
    return Done(what, data, writes=(lambda work: results.save_results(tenant, after, work),))

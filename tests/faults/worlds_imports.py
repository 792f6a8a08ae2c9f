"""Situations in which a clinic hands in a file of patients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dedupe
from recado.actions.import_patients import Handed, import_patients
from recado.model.patient_import import PatientImport
from recado.store import appointments, imports

from tests.api.client import rest_event
from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Event, Stage, queue, rest
from tests.faults.worlds_desk import SOON, call_api
from tests.faults.worlds_inbound import queued, said
from tests.imports import HURRIED, handed
from tests.imports import Context as Left
from tests.rules.imports.files import bundle, patient
from tests.samples import PHONE, text_message
from tests.samples import webhook as body_of

HEADER = "id;nome;data de nascimento;celular;não contatar\n"
KNOWN = f"1;Maria da Silva Souza;17/05/1990;+{PHONE};\n"
RUI = "2;Rui Lima;01/02/1950;11 3000-1111;sim\n"
NOBODY = "3;;;11 3000-2222;\n"
LIST = "nome;celular\nRui Lima;11 3000-1111\nRui Lima;11 3000-1111\n"


def in_a_hurry(event: Event, _context: Any) -> Any:
    """The worker has time for one row each time that it is called."""
    return dedupe.handler(event, Left(HURRIED))


def _known(stage: Stage) -> tuple[str, ...]:
    """Somebody has written who is in the file."""
    body = body_of(text_message("oi", "wamid.1", PHONE), name="Maria da Silva")
    stage.deliver(queue, dedupe.handler, queued(stage, body))
    stage.carry()
    return ("wamid.1",)


def _first(stage: Stage) -> Situation:
    accepted = _known(stage)
    handed(HEADER + KNOWN + RUI + NOBODY, now=stage.now)
    return Situation(stage.cloud.queued("inbound"), {"boavista": accepted})


def _whole(stage: Stage) -> Situation:
    """All but the first row in one slice."""
    situation = _first(stage)
    stage.deliver(queue, in_a_hurry, situation.event)
    return Situation(stage.cloud.queued("inbound"), situation.accepted)


VISITS = """id;inicio;paciente;telefone;médico;tipo;minutos
7;30/11/2026 09:30;Rui Lima;11 3000-1111;Dra. Costa;consulta;30
"""


def _visits(stage: Stage) -> Situation:
    """A table of a clinic's visits."""
    made = Handed("agenda", "agenda", "csv", VISITS.encode(), False, "visits")
    import_patients("boavista", "agent:ana", made, stage.now)
    return Situation(stage.cloud.queued("inbound"), {"boavista": ()})


def _booked(stage: Stage) -> Iterator[str]:
    yield from _came_to(stage, {"new": 1})
    found = [one.local_start for one in appointments.of_day("boavista", "2026-11-30")]
    if found != ["2026-11-30T09:30"]:
        yield f"the visits are {found}"


def _taken_in(stage: Stage) -> Iterator[str]:
    yield from _came_to(stage, {"same": 1, "new": 1, "failed": 1})
    people = {one.name: sorted(one.opted_out) for one in rows(stage, "boavista").patients}
    wanted = {"Maria da Silva": [], "Maria da Silva Souza": [], "Rui Lima": ["care", "marketing"]}
    if people != wanted:
        yield f"the file's people are {people}"


def _came_to(stage: Stage, wanted: dict[str, int]) -> Iterator[str]:
    """The last import is over, and what became of its rows is counted once each."""
    known = _imports()[0]
    kept = [one.row for one in imports.rows("boavista", known.id, 0, 100)]
    if (known.state, known.counts) != ("done", wanted):
        yield f"the import is {known.state} with {known.counts}"
    if kept != list(range(1, sum(wanted.values()) + 1)):
        yield f"of its rows are kept {kept}"


def _imports() -> list[PatientImport]:
    return imports.listing("boavista")[0]


def _twice(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    handed(LIST, now=stage.now)
    return Situation(stage.cloud.queued("inbound"), {"boavista": accepted})


def _once(stage: Stage) -> Iterator[str]:
    yield from _came_to(stage, {"new": 1, "unchanged": 1})


def _told(stage: Stage, **more: Any) -> None:
    number = {"system": "phone", "value": "11 3000-1111"}
    content = bundle(patient(name=[{"text": "Rui Lima"}], telecom=[number], **more))
    handed(content, "bundle", now=stage.now)
    stage.carry()


def _again(stage: Stage) -> Situation:
    """Their system says that they moved, speak Catalan, and are reached at another number now."""
    accepted = said(stage, "oi")
    _told(stage)
    stage.pass_time(SOON)
    moved = [
        {"system": "phone", "value": "11 3000-1111", "use": "old"},
        {"system": "phone", "value": "11 3000-3333"},
    ]
    content = bundle(patient(name=[{"text": "Rui Lima"}], telecom=moved, birthDate="1950-02-01"))
    handed(content, "bundle", now=stage.now)
    return Situation(stage.cloud.queued("inbound"), {"boavista": accepted})


def _moved(stage: Stage) -> Iterator[str]:
    yield from _came_to(stage, {"updated": 1})
    (rui,) = (one for one in rows(stage, "boavista").patients if one.name == "Rui Lima")
    if (rui.phone, rui.told["birth_date"].value) != ("+551130003333", "1950-02-01"):
        yield f"Rui is reached at {rui.phone}"
    links = rows(stage, "boavista").links["T#boavista#I#phone#+551130001111"]
    if [link.left > 0 for link in links] != [True]:
        yield "Rui has not left his old number"


def _gone(stage: Stage) -> Situation:
    """Their system says that a record is in use no more."""
    accepted = said(stage, "oi")
    _told(stage)
    stage.pass_time(SOON)
    number = {"system": "phone", "value": "11 3000-1111"}
    content = bundle(patient(name=[{"text": "Rui Lima"}], telecom=[number], active=False))
    handed(content, "bundle", now=stage.now)
    return Situation(stage.cloud.queued("inbound"), {"boavista": accepted})


def _stopped(stage: Stage) -> Iterator[str]:
    yield from _came_to(stage, {"updated": 1})
    (rui,) = (one for one in rows(stage, "boavista").patients if one.name == "Rui Lima")
    if rui.opted_out != {"care", "marketing"}:
        yield f"Rui has stopped {sorted(rui.opted_out)}"


def _same_again(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    _told(stage)
    stage.pass_time(SOON)
    number = {"system": "phone", "value": "11 3000-1111"}
    handed(bundle(patient(name=[{"text": "Rui Lima"}], telecom=[number])), "bundle", now=stage.now)
    return Situation(stage.cloud.queued("inbound"), {"boavista": accepted})


def _unchanged(stage: Stage) -> Iterator[str]:
    yield from _came_to(stage, {"unchanged": 1})


def _request(method: str, path: str, body: str, query: dict[str, str]) -> Event:
    headers = {"Idempotency-Key": "key-1", "Content-Type": "text/csv"}
    event = rest_event(method, path, body, query, headers)
    claims = {"sub": "user", "cognito:groups": "admin", "custom:tenant": "boavista", "custom:agent": "ana"}
    event["requestContext"]["authorizer"] = {"claims": claims}
    return event


def _handed_in(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    asked = _request("POST", "/patients/import", HEADER + RUI, {"source": "agenda"})
    return Situation(asked, {"boavista": accepted})


def _last_part(stage: Stage) -> Situation:
    accepted = said(stage, "oi")
    made = handed(HEADER, more=True, now=stage.now)
    asked = _request("PUT", f"/patients/imports/{made.id}/parts/2", RUI, {})
    return Situation(asked, {"boavista": accepted})


def _in_once(stage: Stage) -> Iterator[str]:
    """Whoever asked twice has handed it in twice, perhaps: its people are taken in once."""
    found = _imports()
    if {one.state for one in found} != {"done"}:
        yield f"imports are {[one.state for one in found]}"
    new = sum(one.counts.get("new", 0) for one in found)
    people = [one.name for one in rows(stage, "boavista").patients if one.kind == "patient"]
    if (new, people) != (1, ["Rui Lima"]):
        yield f"{new} rows are new, and people are {people}"


WORLDS = (
    World("dedupe", "a table of visits", dedupe.handler, queue, _visits, _booked),
    World("dedupe", "the first row of a file, of somebody known", in_a_hurry, queue, _first, _taken_in),
    World("dedupe", "the other rows of a file", dedupe.handler, queue, _whole, _taken_in),
    World("dedupe", "a file with the same row twice", dedupe.handler, queue, _twice, _once),
    World("dedupe", "a file says more of somebody", dedupe.handler, queue, _again, _moved),
    World("dedupe", "a file says that somebody is gone", dedupe.handler, queue, _gone, _stopped),
    World("dedupe", "a file says the same again", dedupe.handler, queue, _same_again, _unchanged),
    World("api", "a file is handed in", call_api, rest, _handed_in, _in_once, late=SOON),
    World("api", "the last part of a file", call_api, rest, _last_part, _in_once, late=SOON),
)

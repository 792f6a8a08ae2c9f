"""Situations in which something is said of somebody: at the desk, or by themselves in a form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import dedupe
from recado.actions.close import close
from recado.actions.join_records import join_records
from recado.actions.match import match
from recado.model.patient import Patient
from recado.store import patients, tenants
from recado.store.contacts import latest_contact

from tests.faults.enumerate import Situation, World
from tests.faults.oracle import rows
from tests.faults.stage import Stage, queue, rest
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_inbound import OTHER, queued, said
from tests.samples import text_message
from tests.samples import webhook as body_of

TEAM = "oncology"
BORN = {"birth_date": "1984-03-25"}
NAMED = {"name": "Maria Aparecida Silva"}
Prepare = Callable[[Stage], Situation]


def _known(stage: Stage) -> tuple[Patient, tuple[str, ...]]:
    """Somebody who has written, and what of theirs was accepted."""
    accepted = said(stage, "oi")
    (who,) = rows(stage, "boavista").patients
    return patients.get("boavista", who.id), accepted


def _put(what: str, body: dict[str, str], first: dict[str, str] | None = None) -> Prepare:
    """Ana says this of somebody, after another system has said something else."""

    def prepare(stage: Stage) -> Situation:
        who, accepted = _known(stage)
        clinic = tenants.get("boavista").model_copy(update={"queues": ("reception", TEAM)})
        tenants.save_tenant("boavista", clinic)
        tenants.forget()
        if first:
            stage.deliver(rest, call_api, asked(f"/patients/{who.id}/fields", json.dumps(first), "PUT"))
            stage.carry()
        event = asked(f"/patients/{who.id}/{what}", json.dumps(body), "PUT")
        return Situation(event, {"boavista": accepted})

    return prepare


def _of_two(prepare: Callable[[Stage, Patient], Situation]) -> Prepare:
    """Somebody of whom there are two records, as Ana knows."""

    def both(stage: Stage) -> Situation:
        accepted = said(stage, "oi")
        stage.pass_time(timedelta(minutes=1))
        accepted += said(stage, "oi", sender=OTHER, first=2)
        root, other = sorted(rows(stage, "boavista").patients, key=lambda one: one.created_at)
        if other.person is None or not other.confirmed:
            join_records("boavista", other.id, root.id, "agent:ana", stage.now)
        stage.carry()
        situation = prepare(stage, patients.get("boavista", root.id))
        more = situation.accepted.get("boavista", ())
        return situation._replace(accepted={"boavista": (*accepted, *more)})

    return both


def _book(stage: Stage, root: Patient) -> Situation:
    """It is not their first contact."""
    first = latest_contact("boavista", root.id)
    assert first is not None
    close("boavista", first.id, "resolved", stage.now)
    stage.carry()
    accepted = said(stage, "oi de novo", first=3)
    visit = {"start": "2026-11-30T09:30", "practitioner": "Dra. Costa", "type": "consulta", "minutes": 30}
    return Situation(
        asked("/appointments", json.dumps({"patient": root.id, **visit})), {"boavista": accepted}
    )


def _care(_stage: Stage, root: Patient) -> Situation:
    tenants.save_tenant(
        "boavista", tenants.get("boavista").model_copy(update={"queues": ("reception", TEAM)})
    )
    tenants.forget()
    member = root.joined[0].record
    return Situation(asked(f"/patients/{member}/care", json.dumps({"team": TEAM}), "PUT"), {})


def _kind(_stage: Stage, root: Patient) -> Situation:
    return Situation(asked(f"/patients/{root.id}/kind", json.dumps({"kind": "member"}), "PUT"), {})


def _form(stage: Stage) -> Situation:
    """Somebody known fills in a WhatsApp Flow."""
    _, accepted = _known(stage)
    answers = {"type": "nfm_reply", "nfm_reply": {"body": "Enviado", "response_json": json.dumps(BORN)}}
    message = {**text_message("", "wamid.9"), "type": "interactive", "interactive": answers}
    return Situation(queued(stage, body_of(message)), {"boavista": (*accepted, "wamid.9")})


def _held(stage: Stage) -> dict[str, str]:
    (who,) = rows(stage, "boavista").patients
    return {field: told.value for field, told in who.told.items()}


def _born(day: str) -> Callable[[Stage], Iterator[str]]:
    """The birth date is this one, wherever it is read, and nobody is asked about it."""

    def check(stage: Stage) -> Iterator[str]:
        seen = rows(stage, "boavista")
        (who,) = seen.patients
        linked = [one.profile.birth_date for links in seen.links.values() for one in links if one.profile]
        if _held(stage).get("birth_date") != day or set(linked) != {day} or who.disputes:
            yield f"they were born on {_held(stage)}, as is linked {linked}; in dispute is {who.disputes}"
        if f"birth_date#{day}" not in who.filed:
            yield f"they are filed under {who.filed}"

    return check


def _matched(stage: Stage) -> Iterator[str]:
    yield from _born("1984-03-25")(stage)
    (who,) = rows(stage, "boavista").patients
    if match("boavista", who.id, stage.now) is not None:
        yield "whose record it is was not looked at again"


def _all_are(kind: str) -> Callable[[Stage], Iterator[str]]:
    def check(stage: Stage) -> Iterator[str]:
        seen = rows(stage, "boavista")
        kinds = {one.kind for one in seen.patients} | {
            one.kind for links in seen.links.values() for one in links
        }
        if kinds != {kind}:
            yield f"they are {kinds}"

    return check


def _converted(stage: Stage) -> Iterator[str]:
    yield from _all_are("patient")(stage)
    root = next(one for one in rows(stage, "boavista").patients if one.person is None)
    latest = latest_contact("boavista", root.id)
    if latest is None or latest.booked_at is None or latest.converted != "whatsapp":
        yield "their contact does not say that they were booked"


def _cared(stage: Stage) -> Iterator[str]:
    seen = rows(stage, "boavista")
    teams = {one.care_team for one in seen.patients} | {
        one.care_team for links in seen.links.values() for one in links
    }
    if teams != {TEAM}:
        yield f"looked after are they by {teams}"


WORLDS = (
    *(
        World("api", name, call_api, rest, prepare, check, late=SOON)
        for name, prepare, check in (
            ("an agent says who somebody is", _put("fields", {**BORN, **NAMED}), _matched),
            (
                "an agent settles what is in dispute",
                _put(
                    "disputes", {"field": "birth_date", "value": "1984-03-25"}, {"birth_date": "1984-03-26"}
                ),
                _matched,
            ),
            ("an agent says what somebody is", _of_two(_kind), _all_are("member")),
            ("a team looks after somebody", _of_two(_care), _cared),
            ("a visit is booked for somebody with two records", _of_two(_book), _converted),
        )
    ),
    World("dedupe", "a form of somebody known", dedupe.handler, queue, _form, _born("1984-03-25")),
)

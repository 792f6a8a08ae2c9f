"""Situations in which somebody is erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import dedupe
import reminders
import voice
from moto.s3.models import s3_backends
from recado.actions.close import close
from recado.actions.erase import erase
from recado.actions.join_records import join_records
from recado.actions.note_consent import note_consent
from recado.actions.note_result import note_result
from recado.actions.relate import Relation, relate
from recado.model.patient import Question
from recado.model.record import iso
from recado.model.review import Review
from recado.model.tenant import Account
from recado.rules.erasure import KNOWN, SETTLED
from recado.rules.reviews import pair_id
from recado.store import contacts, patients, reviews, tenants
from recado.store.articles import Asked, note_unanswered
from recado.store.rows import transaction

from tests import calls, visits
from tests.faults.enumerate import Situation, World
from tests.faults.lives import ADDRESS, CHAT
from tests.faults.oracle import rows
from tests.faults.stage import ACCOUNT, Stage, queue, rest, schedule
from tests.faults.worlds_desk import SOON, asked, call_api
from tests.faults.worlds_files import photo
from tests.faults.worlds_inbound import OTHER, queued, said
from tests.samples import PHONE, text_message
from tests.samples import webhook as body_of

WRITERS = {
    1: ("Maria Silva", PHONE),
    2: ("Mia", "5521933334444"),
    3: ("Ivone Nunes", "5531922221111"),
}


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
    who = _known(stage)
    note_result("boavista", who, "r1", stage.now, ready=True, link=None, by="role:admin")
    told, _ = contacts.timeline("boavista", who)
    note_unanswered("boavista", Asked("e o cachorro?", "cachorro", "pt-BR"), told[0], stage.now)
    erase("boavista", who, stage.now, by="role:admin", reason="requested")
    stage.carry()
    return Situation({}, {"boavista": ("wamid.3",)})


def _ends(stage: Stage) -> Situation:
    """Nothing is left, and nobody has anything of it in hand any more."""
    _begins(stage)
    stage.sweep()
    stage.pass_time(SETTLED + timedelta(minutes=1))
    return Situation({}, {"boavista": ("wamid.3",)})


def _comes_back(stage: Stage) -> Situation:
    """They are erased, and write again: as somebody new, who has stopped what they had stopped."""
    _begins(stage)
    stage.sweep()
    body = body_of(text_message("oi de novo", "wamid.4"))
    return Situation(queued(stage, body), {"boavista": ("wamid.3", "wamid.4")})


def _new(stage: Stage) -> Iterator[str]:
    seen = [one for one in rows(stage, "boavista").patients if PHONE in one.model_dump_json()]
    if [sorted(one.opted_out) for one in seen] != [["care"]]:
        yield f"of them is known {[sorted(one.opted_out) for one in seen]}"


def _two_records(stage: Stage) -> str:
    """Ana knows that two records are one person's, by whom somebody stands, and that all of it stops."""
    one, other, mother = (_wrote(stage, number) for number in range(1, 4))
    join_records("boavista", other, one, "agent:ana", stage.now)
    relate("boavista", "ana", one, Relation(mother, "guardian"), stage.now)
    note_consent("boavista", "ana", one, stage.now, action="stop", purposes=["care"], note="pediu")
    stage.carry()
    return one


def _wrote(stage: Stage, number: int) -> str:
    before = {one.id for one in rows(stage, "boavista").patients}
    name, sender = WRITERS[number]
    told = body_of(text_message("oi", f"wamid.{number}", sender), name=name)
    stage.deliver(queue, dedupe.handler, queued(stage, told))
    stage.carry()
    (who,) = {one.id for one in rows(stage, "boavista").patients} - before
    return who


def _first_of_all(stage: Stage) -> Situation:
    """Nobody was erased here before: they are taken away when all functions know the clinic's new key."""
    event = asked(f"/patients/{_two_records(stage)}/erasure", '{"reason": "requested"}', role="admin")
    return Situation(event, {"boavista": ("wamid.3",)})


def _put_off(stage: Stage) -> Situation:
    who = _two_records(stage)
    erase("boavista", who, stage.now, by="role:admin", reason="requested")
    stage.pass_time(KNOWN)
    return Situation({}, {"boavista": ("wamid.3",)})


def _alone(stage: Stage) -> Iterator[str]:
    left = [one for one in rows(stage, "boavista").patients if one.erased_at is None]
    if [(one.stands_by, one.phone) for one in left] != [((), f"+{WRITERS[3][1]}")]:
        yield f"{len(left)} records are there"


def _called_and_came(stage: Stage) -> Situation:
    """They called in vain, and had a visit; people were asked who they are, and something is asked of them
    just then."""
    for one in (calls.flow(), *calls.events(calls.ABANDONED)):
        stage.deliver(schedule, voice.handler, one)
    stage.carry()
    visits.booked()
    stage.carry()
    who = visits.view().links[0].patient
    for contact in rows(stage, "boavista").contacts:
        close("boavista", contact.id, "resolved", stage.now)
    stage.move_to(visits.START + timedelta(hours=1))
    _doubted(stage, who)
    erase("boavista", who, stage.now, by="role:admin", reason="retention")
    stage.carry()
    question = Question(subject="a", version=1, patient=who, communication="m", asked_at=stage.now)
    with transaction() as work:
        patients.ask("boavista", f"phone#+{PHONE}", question, work)
    return Situation({}, {"boavista": ()})


def _doubted(stage: Stage, who: str) -> None:
    asked_of = {"id": pair_id(who, "pother"), "one": "pother", "other": who, "reason": "likely"}
    review = Review.model_validate({**asked_of, "score": 0.5, "rule": "1", "raised_at": stage.now})
    with transaction() as work:
        reviews.raise_("boavista", review, work)


def _sent_files(stage: Stage) -> Situation:
    """Of two pictures of theirs one is kept, and one is being fetched; there is a mail, and a chat's box."""
    tenants.save_account("boavista", Account(tenant="boavista", channel="email", id=ADDRESS))
    tenants.save_account("boavista", Account(tenant="boavista", channel="webchat", id=CHAT))
    stage.deliver(queue, dedupe.handler, queued(stage, photo()))
    stage.carry()
    stage.deliver(queue, dedupe.handler, queued(stage, photo("wamid.2")))
    who = visits.view().links[0].patient
    for number, (channel, line) in enumerate((("email", ADDRESS), ("webchat", CHAT))):
        known, _ = contacts.timeline("boavista", who)
        action = {"type": "S3", "objectKey": "in/1"}
        raw = {"receipt": {"action": action}}
        update = {
            "id": f"m{number}",
            "channel": channel,
            "account": line,
            "contact": None,
            "version": 0,
            "attachments": (),
        }
        copy = known[0].model_copy(update={**update, "raw": raw, "moment": f"{iso(stage.now)}#{number}"})
        contacts.save_communication("boavista", copy)
    stage.cloud.streamed()
    erase("boavista", who, stage.now, by="role:admin", reason="requested")
    stage.carry()
    return Situation({}, {"boavista": ()})


def _nothing(stage: Stage) -> Iterator[str]:
    tables = ("patients", "contacts", "appointments", "intervals", "tenants")
    found = [row for table in tables for row in stage.items(table) if PHONE in json.dumps(row)]
    if found:
        yield f"{len(found)} rows know their number"
    if any(row["pk"]["S"].endswith("#W") for row in stage.items("patients")):
        yield "people are asked who they are"
    buckets = s3_backends[ACCOUNT]["aws"].buckets
    kept = [name for one in ("media", "mail") for name in buckets[f"recado-test-{one}"].keys]
    if kept:
        yield f"{len(kept)} files are kept"


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
    if any(row["pk"]["S"] == "T#boavista#U" for row in stage.items("contacts")):
        yield "what they asked is there"
    if any(row["sk"]["S"] == "E" and "due" in row for row in stage.items("contacts")):
        yield "the erasure does not end"


WORLDS = (
    World("api", "a person is erased", call_api, rest, _asks, _forgotten, late=SOON),
    World("reminders", "a person is forgotten", reminders.handler, schedule, _begins, _forgotten),
    World("reminders", "nothing of a person is left", reminders.handler, schedule, _ends, _forgotten),
    World("dedupe", "a person who was erased writes again", dedupe.handler, queue, _comes_back, _new),
    World("api", "the first person is erased", call_api, rest, _first_of_all, _alone, late=SOON),
    World("reminders", "the first person is taken away", reminders.handler, schedule, _put_off, _alone),
    World(
        "reminders", "calls and visits are forgotten", reminders.handler, schedule, _called_and_came, _nothing
    ),
    World("reminders", "files and mails are forgotten", reminders.handler, schedule, _sent_files, _nothing),
)

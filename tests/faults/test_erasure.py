"""Of two people in every store one is erased: no trace of them is left, and nothing brings one back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import delivery
import intake
import pytest
from moto.s3.models import s3_backends
from recado.actions.erase import erase
from recado.store import contacts, patients

from tests.faults.lives import HERMES, ZENAIDE, Life, Who, lived
from tests.faults.stage import ACCOUNT, Stage, queue, webhook
from tests.samples import signed, text_message
from tests.samples import webhook as body_of

TABLES = ("tenants", "patients", "contacts", "appointments", "intervals")
BUCKETS = ("MEDIA_BUCKET", "MAIL_BUCKET", "UNREADABLE_BUCKET")


def everything(stage: Stage) -> list[str]:
    """Every row and every object, as text in lower case."""
    items = [json.dumps([table, one], sort_keys=True) for table in TABLES for one in stage.items(table)]
    return sorted(items + list(objects()))


def objects() -> Iterator[str]:
    for bucket in BUCKETS:
        keys = s3_backends[ACCOUNT]["aws"].buckets[os.environ[bucket]].keys
        for name, key in keys.items():
            yield json.dumps([bucket, name, bytes(key.value).decode("latin-1")])


def holding(stage: Stage, who: Who) -> list[str]:
    return [one for one in everything(stage) if any(trace in folded(one) for trace in who.traces)]


def folded(text: str) -> str:
    return json.dumps(json.loads(text), ensure_ascii=False).casefold()


@pytest.fixture(scope="module")
def lives(stage: Stage) -> list[Life]:
    """Both, before anything is erased."""
    stage.fresh()
    return lived(stage, ZENAIDE, HERMES)


def test_they_are_in_every_store_to_begin_with(stage: Stage, lives: list[Life]) -> None:
    for life in lives:
        places = {json.loads(one)[0] for one in holding(stage, life.who)}
        assert places == {"patients", "contacts", "appointments", "MEDIA_BUCKET", "MAIL_BUCKET"}
    assert stage.troubles == []


@pytest.fixture(scope="module")
def erased(stage: Stage, lives: list[Life]) -> list[str]:
    """The first is erased; all that was there of the other before."""
    zenaide, hermes = lives
    before = holding(stage, hermes.who)
    erase("boavista", zenaide.record, stage.now, by="role:admin", reason="requested")
    for _ in range(15):
        stage.carry()
        stage.pass_time(timedelta(minutes=1))
        stage.sweep()
    return before


def test_no_trace_of_them_is_left_anywhere(stage: Stage, erased: list[str]) -> None:
    assert holding(stage, ZENAIDE) == []
    assert stage.troubles == []


def test_of_the_other_everything_is_as_it_was_to_the_byte(stage: Stage, erased: list[str]) -> None:
    assert holding(stage, HERMES) == erased


def repeated(stage: Stage, lives: list[Life]) -> None:
    """All that was ever told of both comes again, in its order; and all that was ever to be sent."""
    for life in lives:
        for trigger, handler, event in life.told:
            stage.deliver(trigger, handler, event)
            stage.carry()
    said = [one for one in stage.items("contacts") if one["sk"]["S"] == "M"]
    for row in said:
        body: dict[str, Any] = {"tenant": "boavista", "communication": row["pk"]["S"].rpartition("#")[2]}
        for more in ({}, {"fetch": True}):
            job = {"messageId": "1", "body": json.dumps({**body, **more})}
            event = {"Records": [{**job, "attributes": {"MessageGroupId": "g"}}]}
            stage.deliver(queue, delivery.handler, event)
    stage.carry()


@pytest.mark.parametrize("days", [0, 8])
def test_whatever_came_before_comes_again_and_changes_nothing(
    stage: Stage, lives: list[Life], erased: list[str], days: int
) -> None:
    stage.pass_time(timedelta(days=days))
    stage.sweep()
    before, sent = everything(stage), len(stage.provider.taken)
    repeated(stage, lives)
    assert everything(stage) == before
    assert len(stage.provider.taken) == sent
    assert stage.troubles == []


@pytest.mark.parametrize("status", ["read", "failed"])
def test_what_is_told_of_an_old_message_only_now_changes_nothing(
    stage: Stage, lives: list[Life], erased: list[str], status: str
) -> None:
    zenaide, _ = lives
    before = everything(stage)
    for number in range(1, zenaide.written + 1):
        stage.deliver(webhook, intake.handler, signed(zenaide.receipt(number, status)))
        stage.carry()
    assert everything(stage) == before


def test_who_writes_again_is_somebody_new_and_has_stopped_what_they_had_stopped(
    stage: Stage, lives: list[Life], erased: list[str]
) -> None:
    zenaide, _ = lives
    stamp = str(int(stage.now.timestamp()))
    said = text_message("Oi de novo", "wamid.new", ZENAIDE.phone, timestamp=stamp)
    stage.deliver(webhook, intake.handler, signed(body_of(said, name="Zenaide")))
    stage.carry()
    known = patients.get("boavista", zenaide.record)
    (contact,) = (one for one in contacts.open_contacts("boavista")[0] if one.patient == known.id)
    assert (contact.number, contact.last_text) == (1, "Oi de novo")
    assert known.opted_out == {"care", "marketing"}
    assert [one.source for one in patients.consents("boavista", known.id)] == ["erasure"]

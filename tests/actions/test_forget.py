"""What is kept of an erased person outside their own rows goes with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any

import pytest
from recado.actions.erase import erase
from recado.actions.record import record
from recado.actions.sweep import sweep
from recado.model.communication import Communication
from recado.model.risk import Risk
from recado.rules.communications import communication_id
from recado.store import articles, contacts, rows
from recado.store.articles import Asked
from recado.store.risks import put_risk

from tests.architecture.translated import resources, statements, target
from tests.samples import NOW, PHONE, later, received
from tests.visits import START, booked

pytestmark = pytest.mark.usefixtures("clinic")

AFTER = START + timedelta(hours=1)
OTHER = "5511900000002"
RISK = Risk(probability=0.4, definition="1", at=NOW)


def asked(text: str, message: str, sender: str) -> Communication:
    """What somebody asked, and the clinic had no answer to."""
    record("boavista", received(text, message, sender), NOW)
    name = communication_id("boavista", "whatsapp", received().account, message)
    said = contacts.find_communication("boavista", name)
    assert said
    articles.note_unanswered("boavista", Asked(text, text, "pt-BR"), said, NOW)
    return said


def unanswered() -> list[str]:
    return [one.text for one in articles.unanswered("boavista", NOW)]


def test_what_they_asked_and_was_not_found_goes_and_what_others_asked_stays() -> None:
    who = asked("o cachorro", "wamid.1", PHONE).patient
    asked("o gato", "wamid.2", OTHER)
    erase("boavista", who, NOW, by="role:admin", reason="requested")
    assert unanswered() == ["o cachorro", "o gato"]
    sweep("boavista", later(minutes=1))
    assert unanswered() == ["o gato"]


@contextmanager
def deleted() -> Iterator[set[tuple[str, str]]]:
    """The table and the partition of each row that is deleted by itself."""
    found: set[tuple[str, str]] = set()

    def note(params: dict[str, Any], **_: Any) -> None:
        body = json.loads(params["body"])
        found.add((body["TableName"].removeprefix("recado-test-"), body["Key"]["pk"]["S"]))

    events, name = rows._connection.client.meta.events, "before-call.dynamodb.DeleteItem"
    events.register(name, note)
    try:
        yield found
    finally:
        events.unregister(name, note)


def deletable() -> set[tuple[str, str]]:
    """The same, as patterns, of the tables in which its role names partitions."""
    found = set()
    for one in statements(resources("AWS::IAM::Role")["RemindersRole"]):
        if "dynamodb:DeleteItem" in one["Action"] and "Condition" in one:
            table = target(one["Resource"]).removesuffix("Table").lower()
            keys = one["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
            found |= {(table, key) for key in keys}
    return found


def test_what_the_sweep_takes_away_is_what_its_role_may() -> None:
    visit = booked()
    put_risk("boavista", visit.id, RISK)
    (said, *_), _ = contacts.timeline("boavista", visit.patient)
    chat = said.model_copy(update={"id": "chat", "channel": "webchat", "version": 0})
    contacts.save_communication("boavista", chat)
    articles.note_unanswered("boavista", Asked("o gato", "gato", "pt-BR"), chat, NOW)
    erase("boavista", visit.patient, AFTER, by="role:admin", reason="retention")
    with deleted() as taken:
        sweep("boavista", AFTER)
    fits = {
        one: [key for key in taken if key[0] == one[0] and fnmatchcase(key[1], one[1])] for one in deletable()
    }
    assert sorted(key for keys in fits.values() for key in keys) == sorted(taken)
    assert all(fits.values())

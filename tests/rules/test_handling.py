"""What automatic handling does with a message: one rule for who stores it and for who then acts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.model.communication import Communication
from recado.model.contact import Callback, Contact
from recado.model.dialogue import Dialogue
from recado.model.patient import Question
from recado.rules.acknowledgement import IN_TALK
from recado.rules.handling import Setting, Step, steps

from tests.rules.test_contacts import NOW

ASKED = Question(subject="a1", version=1, patient="p1", communication="m1", asked_at=NOW)
PLAIN = Setting(cancel_stops=False, carries=True, closed=False, owed=False)
SERVING = PLAIN._replace(serves=True)
AWAY = SERVING._replace(away=True)
"""Nobody is at the clinic."""
TALK = Dialogue(
    flow="book",
    number=0,
    node="offer",
    began_at=NOW + timedelta(minutes=1),
    asked_at=NOW + timedelta(minutes=1),
)
"""Self-service has asked something since."""
OFFERED = (("=book", "Marcar consulta"), ("=cancel", "Cancelar"), ("!person", "Falar com alguém"))
OLDER = TALK.model_copy(update={"asked_at": NOW - timedelta(minutes=5), "options": OFFERED})
"""It had asked before, and our question came since."""
CROSSED = OLDER.model_copy(update={"asked_at": NOW - timedelta(minutes=4)})
"""They may have been choosing when our question came."""
OVER = TALK.model_copy(update={"state": "handed_over", "reason": "asked"})
BESIDE = TALK.model_copy(update={"reason": "asked"})
"""It has asked something while a person is awaited."""
ANA = {"state": "assigned", "agent": "ana"}
OWED = Callback(phone="+5511900000001", due_at=NOW)


def message(text: str = "Bom dia", **known: object) -> Communication:
    return Communication.model_validate(
        {
            "id": "m",
            "patient": "p1",
            "channel": "whatsapp",
            "account": "1",
            "address": "5511987654321",
            "direction": "inbound",
            "kind": "text",
            "text": text,
            "author": "patient",
            "state": "received",
            "at": NOW,
            "moment": "x",
            **known,
        }
    )


def contact(**known: object) -> Contact:
    return Contact.model_validate(
        {
            "patient": "p1",
            "number": 1,
            "language": "pt-BR",
            "channel": "whatsapp",
            "account": "1",
            "address": "5511987654321",
            "opened_at": NOW,
            "waiting_since": NOW,
            **known,
        }
    )


HOME = {"kind": "household"}


@pytest.mark.parametrize(
    ("about", "said", "setting", "expected"),
    [
        ({}, message(), PLAIN, ()),
        ({}, message("PARAR"), PLAIN, ("stop",)),
        ({}, message("START"), PLAIN, ("start",)),
        ({}, message("CANCEL"), PLAIN._replace(cancel_stops=True), ("perhaps_stop",)),
        ({}, message("CANCEL", question=ASKED), PLAIN._replace(cancel_stops=True), ("answer",)),
        ({}, message("1", question=ASKED), PLAIN, ("answer",)),
        ({}, message("1"), PLAIN, ()),
        ({}, message("quanto custa?", question=ASKED), PLAIN, ()),
        ({"callback": OWED}, message("amanhã às 10"), PLAIN, ("time",)),
        ({"callback": OWED}, message(), PLAIN._replace(owed=True), ("time", "acknowledge")),
        ({}, message(), PLAIN._replace(owed=True), ("acknowledge",)),
        ({}, message(), PLAIN._replace(closed=True), ("redirect",)),
        ({}, message(), PLAIN._replace(closed=True, owed=True), ("redirect",)),
        ({}, message(automatic=True), PLAIN._replace(closed=True), ()),
        (HOME, message(), PLAIN, ("whom",)),
        (HOME, message("1"), PLAIN, ("whom",)),
        (HOME, message("PARAR"), PLAIN, ("stop",)),
        (HOME, message(), PLAIN._replace(owed=True), ("whom", "acknowledge")),
        (HOME, message(), PLAIN._replace(carries=False), ()),
        (HOME, message(), PLAIN._replace(closed=True), ("redirect",)),
        (HOME, message(kind="reaction"), PLAIN, ()),
        (HOME | {"callback": OWED}, message("amanhã às 10"), PLAIN, ("time", "whom")),
        (HOME | {"asked_whom_at": NOW}, message("João"), PLAIN, ("named",)),
        (HOME | {"asked_whom_at": NOW}, message("João"), PLAIN._replace(owed=True), ("named", "acknowledge")),
        (HOME | {"state": "closed"}, message(), PLAIN, ()),
        ({"care_team": "oncology"}, message("PARAR"), PLAIN, ("stop",)),
        ({"care_team": "oncology"}, message(), PLAIN._replace(owed=True), ()),
        ({"care_team": "oncology"}, message(), PLAIN._replace(urgent=True), ("urgent",)),
        ({"callback": OWED}, message(), PLAIN._replace(urgent=True, closed=True), ("urgent",)),
        ({}, message("PARAR"), PLAIN._replace(urgent=True), ("stop",)),
        ({}, message(), SERVING, ("serve",)),
        ({}, message(), SERVING._replace(owed=True), ("serve", "acknowledge")),
        ({}, message(), SERVING._replace(closed=True), ("redirect",)),
        ({}, message(automatic=True), SERVING, ()),
        ({}, message("1", question=ASKED), SERVING, ("answer",)),
        ({"care_team": "oncology"}, message(), SERVING, ()),
        ({"callback": OWED}, message("amanhã às 10"), SERVING, ("time",)),
        ({"state": "assigned", "agent": "ana"}, message(), SERVING, ()),
        ({"state": "closed"}, message(), SERVING, ()),
        ({"unread": 1}, message(), SERVING, ()),
        ({"unread": 1, "pending": ("m0",)}, message(), SERVING, ("serve",)),
        ({"spoken_at": NOW - timedelta(minutes=59)}, message(), SERVING, ()),
        ({"spoken_at": NOW - timedelta(minutes=61)}, message(), SERVING, ("serve",)),
        ({"dialogue": TALK}, message("1", question=ASKED), SERVING, ("serve",)),
        ({"dialogue": TALK}, message("1", question=ASKED, payload="confirm:a1:1"), SERVING, ("answer",)),
        ({"dialogue": TALK.model_copy(update={"state": "handed_over"})}, message(), SERVING, ()),
        ({}, message("siii dai", question=ASKED), PLAIN, ("answer",)),
        ({"dialogue": OLDER}, message("siii dai", question=ASKED), SERVING, ("answer",)),
        ({"dialogue": OLDER}, message("1", question=ASKED), SERVING, ("answer",)),
        ({"dialogue": OLDER}, message("3", question=ASKED), SERVING, ("serve",)),
        ({"dialogue": OLDER}, message("ter 24/11", question=ASKED), SERVING, ("serve",)),
        ({"dialogue": CROSSED}, message("sim", question=ASKED), SERVING, ("answer",)),
        ({"dialogue": CROSSED}, message("2", question=ASKED), SERVING, ("serve",)),
        ({"dialogue": CROSSED}, message("Cancelar", question=ASKED), SERVING, ("serve",)),
        ({"dialogue": CROSSED}, message("2", question=ASKED, payload="cancel:a1:1"), SERVING, ("answer",)),
        (
            {"dialogue": CROSSED.model_copy(update={"yes_or_no": True})},
            message("sim", question=ASKED),
            SERVING,
            ("serve",),
        ),
        (HOME, message(), SERVING, ("whom",)),
        ({"state": "waiting", "dialogue": OVER}, message(), AWAY, ("serve",)),
        (
            {"state": "waiting", "dialogue": OVER},
            message(),
            AWAY._replace(owed=True),
            ("serve", "acknowledge"),
        ),
        ({"state": "waiting", "dialogue": OVER}, message(), SERVING, ()),
        ({"state": "waiting", "unread": 1}, message(), AWAY, ("serve",)),
        ({**ANA, "unread": 1}, message(), AWAY, ("serve",)),
        ({**ANA, "dialogue": OVER}, message(), AWAY, ("serve",)),
        ({**ANA, "dialogue": OVER, "spoken_at": NOW - IN_TALK}, message(), AWAY, ("serve",)),
        ({**ANA, "dialogue": OVER, "spoken_at": NOW, "opened_at": NOW - IN_TALK * 2}, message(), AWAY, ()),
        (
            {**ANA, "dialogue": OVER, "spoken_at": NOW - IN_TALK, "opened_at": NOW - IN_TALK * 2},
            message(),
            AWAY,
            (),
        ),
        ({**ANA, "dialogue": OVER.model_copy(update={"reason": None})}, message(), AWAY, ()),
        ({"state": "waiting", "dialogue": OVER, "urgent_at": NOW}, message(), AWAY, ()),
        ({"state": "waiting", "dialogue": OVER, "callback": OWED}, message(), AWAY, ("time",)),
        ({"state": "closed", "dialogue": OVER}, message(), AWAY, ()),
        ({"state": "waiting", "dialogue": BESIDE}, message(), SERVING, ("serve",)),
        ({"state": "waiting", "dialogue": BESIDE}, message("1", question=ASKED), SERVING, ("serve",)),
        ({"care_team": "oncology", "dialogue": OVER}, message(), AWAY, ()),
    ],
)
def test_what_is_tried_and_in_which_order(
    about: dict[str, object], said: Communication, setting: Setting, expected: tuple[Step, ...]
) -> None:
    assert steps(contact(**about), said, setting, NOW) == expected

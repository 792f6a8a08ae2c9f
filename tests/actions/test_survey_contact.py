"""After an agent has closed a contact: one question, seldom enough."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.close import close
from recado.actions.remind import remind
from recado.actions.reply import reply
from recado.actions.respond import respond
from recado.model.survey import Survey
from recado.rules.outreach import CONTACT
from recado.store import contacts, outreach, surveys, tenants

from tests.cloud import Cloud
from tests.visits import FIRST, said, written

CLOSED = FIRST + timedelta(minutes=30)
DUE = CLOSED + timedelta(hours=1)
LATER = DUE + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def asks(clinic: Cloud) -> None:
    """The clinic asks an hour later."""
    wanted = tenants.fresh("boavista").model_copy(update={"survey_minutes": 60})
    tenants.save_tenant("boavista", wanted)
    tenants.forget()


def helped(disposition: str = "resolved", *, answers: bool = True) -> str:
    """The contact of somebody whom an agent has answered, closed; its patient."""
    contact, _ = said("Vocês atendem aos sábados?")
    respond("boavista", contact.id, FIRST)
    if answers:
        reply("boavista", "ana", contact.id, "Sim, das 8 às 12.", FIRST)
    close("boavista", contact.id, disposition, CLOSED)
    return contact.patient


def asked(patient: str) -> list[Survey]:
    remind("boavista", DUE)
    return surveys.of_patient("boavista", patient)


def test_who_was_helped_is_asked_once_how_it_was_and_the_answer_is_kept() -> None:
    patient = helped()
    (found,) = asked(patient)
    remind("boavista", LATER)
    (message,) = written(patient, "survey")
    assert (found.id, found.kind, found.about_contact) == (message.id, "csat", f"{patient}.1")
    assert (found.appointment, found.day) == (None, "2026-11-27")
    contact, _ = said("2", "wamid.2", LATER)
    respond("boavista", contact.id, LATER)
    (answered,) = surveys.of_patient("boavista", patient)
    assert (answered.score, contacts.get_contact("boavista", contact.id).recovery) == (2, found.id)


@pytest.mark.parametrize(
    ("disposition", "answers"), [("spam", True), ("resolved", False)], ids=["spam", "unanswered"]
)
def test_who_was_not_helped_is_not_asked(disposition: str, answers: bool) -> None:
    assert asked(helped(disposition, answers=answers)) == []


def test_who_has_come_back_meanwhile_is_not_asked() -> None:
    patient = helped()
    said("E aos domingos?", "wamid.2", CLOSED + timedelta(minutes=10))
    assert asked(patient) == []
    ((matter,), _) = outreach.of_source("boavista", CONTACT, 10)
    assert (matter.state, matter.due_at) == ("stopped", None)


def test_who_was_asked_of_late_is_not_asked_again() -> None:
    patient = helped()
    asked(patient)
    contact, _ = said("Mais uma coisa: e feriados?", "wamid.2", LATER)
    respond("boavista", contact.id, LATER)
    reply("boavista", "ana", contact.id, "Fechamos.", LATER)
    close("boavista", contact.id, "resolved", LATER)
    remind("boavista", LATER + timedelta(hours=1))
    assert len(surveys.of_patient("boavista", patient)) == 1
    found, _ = outreach.of_source("boavista", CONTACT, 10)
    assert [(one.state, one.reminders[0].reason) for one in found] == [
        ("done", None),
        ("unreached", "asked_lately"),
    ]

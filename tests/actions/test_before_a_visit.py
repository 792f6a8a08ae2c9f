"""What somebody has to know before a visit: a step of the same policy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.remind import remind
from recado.model.policy import Policy, Step
from recado.store import tenants

from tests.cloud import Cloud
from tests.visits import START, booked, view, written

TOLD = START - timedelta(hours=48)
OWN = "Olá, {name}! ({clinic}) Antes da consulta de {date}, às {time}, não coma por oito horas, por favor."


@pytest.fixture(autouse=True)
def _policy(clinic: Cloud) -> None:
    step = Step(name="prepare", minutes=-48 * 60, purpose="instructions", text="instructions")
    policy = Policy(steps=(step,), words={"instructions": {"pt-BR": OWN}})
    stored = tenants.fresh("boavista")
    tenants.save_tenant("boavista", stored.model_copy(update={"reminders": policy}))
    tenants.forget()


def test_they_go_once_in_the_clinic_s_own_words_and_ask_nothing() -> None:
    visit = booked()
    for minutes in (0, 1, 30):
        remind("boavista", TOLD + timedelta(minutes=minutes))
    (message,) = written(visit.patient, "instructions")
    assert message.template is not None
    assert "não coma por oito horas" in (message.template.words or "")
    assert message.at == TOLD
    assert message.buttons == ()
    assert view().questions == ()


def test_whoever_has_cancelled_is_told_nothing() -> None:
    visit = booked()
    cancel_appointment("boavista", visit.id, TOLD - timedelta(hours=1), author="agent:ana")
    remind("boavista", TOLD)
    assert written(visit.patient, "instructions") == []

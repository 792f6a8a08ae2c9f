"""Who says when they would like to come is offered that first."""

from __future__ import annotations

import pytest
from recado.store import appointments

from tests.cloud import Cloud
from tests.practice import opened
from tests.talks import ALWAYS, TENANT, Talk, bot_on, practice

NEAREST = "Para quando você pediu não há horário livre. Estes são os mais próximos.\n\nEstes horários"


@pytest.fixture(autouse=True)
def on(clinic: Cloud) -> None:
    bot_on(hours=ALWAYS)


def titles(talk: Talk) -> list[str]:
    return [one.title for one in talk.latest.buttons[:3]]


def test_the_day_and_the_part_of_it_that_they_name_are_offered_and_then_the_next() -> None:
    practice()
    talk = Talk()
    assert talk.says("quero marcar na sexta de manhã").startswith("Estes horários estão livres.")
    assert titles(talk) == ["sex 27/11 09:00", "sex 27/11 09:30", "sex 27/11 10:00"]
    talk.says("outros horários")
    assert titles(talk) == ["sex 27/11 10:30", "sex 27/11 11:00", "sex 27/11 11:30"]
    assert talk.says("outros horários").startswith(NEAREST)
    assert titles(talk) == ["seg 30/11 09:00", "seg 30/11 09:30", "seg 30/11 10:00"]


def test_where_nothing_is_free_then_they_are_told_so_and_offered_the_nearest() -> None:
    practice()
    talk = Talk()
    assert talk.says("queria marcar sexta de tarde").startswith(NEAREST)
    assert titles(talk) == ["sex 27/11 10:30", "sex 27/11 11:00", "sex 27/11 11:30"]
    assert "está marcada: sexta-feira, 27 de novembro, às 11:30" in talk.says("3")


def test_who_is_offered_times_and_names_another_day_is_offered_that() -> None:
    practice()
    talk = Talk()
    talk.says("quero marcar uma consulta")
    assert titles(talk)[0] == "ter 24/11 09:00"
    talk.says("prefiro na sexta de manhã")
    assert titles(talk) == ["sex 27/11 09:00", "sex 27/11 09:30", "sex 27/11 10:00"]
    assert "está marcada: sexta-feira, 27 de novembro, às 09:30" in talk.says("9:30")


def test_with_whom_they_would_like_to_come_is_heard() -> None:
    opened()
    talk = Talk()
    talk.says("quero marcar com o Dr. Caio amanhã")
    talk.says("1")
    (visit,) = appointments.of_patient(TENANT, talk.patient)
    assert (visit.practitioner_id, visit.local_start) == ("caio", "2026-11-24T09:00")


def test_a_visit_is_moved_to_the_day_that_they_name() -> None:
    practice()
    talk = Talk()
    talk.says("quero marcar uma consulta")
    talk.says("1")
    talk.says("quero mudar minha consulta de terça para sexta")
    assert titles(talk) == ["sex 27/11 09:00", "sex 27/11 09:30", "sex 27/11 10:00"]

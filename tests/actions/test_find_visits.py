"""Who asks when their visit is, is told: where it is sure that it is they, and by nobody's work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.store import contacts

from tests import visits
from tests.cloud import Cloud
from tests.samples import NOW
from tests.talks import ALWAYS, TENANT, Talk, bot_on, practice

STRANGER = "5511900000009"
ASKED = "que horas é a minha consulta?"


@pytest.fixture(autouse=True)
def _here(clinic: Cloud) -> None:
    bot_on(hours=ALWAYS)


def talk_of(name: str = "Maria Silva") -> Talk:
    """With somebody who has heard already that their visit is booked."""
    talk = Talk(name=name)
    talk.heard()
    return talk


def test_the_next_visit_is_told_and_the_matter_is_closed() -> None:
    visits.booked()
    talk = talk_of()
    assert talk.says(ASKED).startswith(
        "Sua consulta está marcada para segunda-feira, 30 de novembro, às 09:30"
    )
    assert (talk.contact.state, talk.contact.disposition) == ("closed", "informed")


def test_of_several_each_is_told() -> None:
    visits.booked()
    visits.booked(start="2026-12-02T10:00")
    said = Talk().says(ASKED)
    assert "segunda-feira, 30 de novembro, 09:30\nquarta-feira, 2 de dezembro, 10:00" in said


def test_who_has_none_is_offered_one() -> None:
    practice()
    talk = Talk(sender=STRANGER)
    assert talk.says(ASKED).startswith("Não encontrei nenhuma consulta marcada")
    assert talk.says("sim") != ""
    assert talk.contact.dialogue is not None
    assert talk.contact.dialogue.flow == "book"


def test_asked_in_between_it_is_told_and_the_matter_goes_on() -> None:
    visits.booked()
    talk = talk_of()
    asked = talk.says("quero desmarcar minha consulta")
    said = talk.says(ASKED)
    assert said.startswith("Sua consulta está marcada para")
    assert asked in said
    assert contacts.get_contact(TENANT, talk.contact.id).is_served


def test_nothing_is_told_where_it_is_not_sure_who_is_there() -> None:
    visits.booked(now=NOW - timedelta(days=50))
    said = talk_of("").says(ASKED)
    assert said.startswith("Para proteger os seus dados")
    assert "30 de novembro" not in said


def test_it_is_told_in_the_language_in_which_it_is_asked() -> None:
    visits.booked()
    assert (
        talk_of().says("a che ora ho la visita?").startswith("La Sua visita è lunedì 30 novembre, ore 09:30")
    )

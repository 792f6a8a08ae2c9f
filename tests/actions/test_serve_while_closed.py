"""Nobody is at the clinic, and somebody waits for a person: what is simple serves itself all the same."""

from __future__ import annotations

import pytest
from recado.actions.close import close
from recado.actions.reply import reply
from recado.actions.set_agent_state import set_agent_state
from recado.actions.take import take
from recado.model.tenant import OpeningHours
from recado.store import appointments

from tests import visits
from tests.cloud import Cloud
from tests.samples import NOW
from tests.talks import TENANT, Talk, bot_on, practice

WEEK = tuple(OpeningHours(weekday=day, opens="08:00", closes="18:00") for day in range(5))
CLOSED_UNTIL = "reabrimos"
"""Of the text that says when it opens."""


@pytest.fixture(autouse=True)
def on(clinic: Cloud) -> None:
    bot_on(hours=WEEK)


def handed_over(talk: Talk | None = None) -> Talk:
    """Somebody has asked for a person in the evening, and was told when there is one."""
    talk = talk or Talk().later(hours=10)
    assert CLOSED_UNTIL in talk.says("quero falar com uma pessoa")
    return talk


def off_duty() -> None:
    set_agent_state(TENANT, "ana", "away", NOW)


def statuses(talk: Talk) -> list[str]:
    return [one.status for one in appointments.of_patient(TENANT, talk.patient)]


def test_who_has_asked_for_a_person_still_calls_a_visit_off_by_themselves() -> None:
    off_duty()
    visits.booked()
    talk = handed_over()
    waits_since = talk.contact.waiting_since
    assert "Quer cancelar a consulta" in talk.says("preciso cancelar minha consulta")
    assert talk.contact.state == "waiting"
    assert "cancelamos a consulta" in talk.says("sim")
    assert statuses(talk) == ["cancelled"]
    contact = talk.contact
    assert (contact.state, contact.unread, contact.waiting_since) == ("waiting", 1, waits_since)
    assert contact.dialogue is not None
    assert (contact.dialogue.state, contact.dialogue.reason) == ("handed_over", "asked")
    assert contact.dialogue.flows == ("menu.0", "cancel.0")


def test_it_stays_the_agents_to_whom_it_was_given_at_night() -> None:
    visits.booked()
    talk = handed_over()
    talk.says("preciso cancelar minha consulta")
    talk.says("sim")
    assert statuses(talk) == ["cancelled"]
    assert (talk.contact.state, talk.contact.agent, talk.contact.unread) == ("assigned", "ana", 1)


def test_who_was_not_understood_at_first_is_served_by_the_next_word_and_heard_no_second_time() -> None:
    practice()
    talk = Talk().later(hours=10)
    assert CLOSED_UNTIL in talk.says("o cachorro comeu a receita ontem e agora nem sei")
    assert "Estes horários estão livres" in talk.says("quero marcar uma consulta")
    assert "está marcada" in talk.says("1")
    assert talk.says("e o cachorro, o que faço com ele agora?") == ""
    assert talk.says("quero falar com uma pessoa") == ""
    assert (talk.contact.state, talk.contact.unread) == ("assigned", 3)


def test_who_gives_up_in_the_middle_hears_only_that_a_person_will_answer() -> None:
    practice()
    talk = handed_over()
    talk.says("quero marcar uma consulta")
    assert talk.says("pessoa") == "Obrigado pela mensagem. Uma pessoa da nossa equipe vai responder aqui."


def test_once_an_agent_has_written_no_machine_says_a_word() -> None:
    talk = handed_over()
    talk.says("quero cancelar a consulta")
    reply(TENANT, "ana", talk.contact.id, "Olá, Maria!", talk.now)
    talk.heard()
    assert talk.contact.dialogue is not None
    assert talk.contact.dialogue.state == "handed_over"
    assert "assistente" not in talk.later(hours=2).says("quero marcar uma consulta")


def test_what_an_agent_took_out_of_its_hands_stays_theirs() -> None:
    practice()
    talk = Talk().later(hours=10)
    talk.says("quero marcar uma consulta")
    take(TENANT, "ana", talk.contact.id, talk.now)
    assert CLOSED_UNTIL in talk.says("quero marcar uma consulta")


def test_in_opening_hours_it_is_the_agents() -> None:
    talk = handed_over()
    talk.later(hours=14)
    assert talk.says("quero marcar uma consulta") == ""


def test_each_time_that_it_is_closed_is_told_of_once() -> None:
    talk = handed_over()
    assert talk.says("alô, o cachorro comeu a receita") == ""
    assert CLOSED_UNTIL in talk.later(hours=24).says("alô, o cachorro comeu a receita")
    close(TENANT, talk.contact.id, "resolved", talk.now)

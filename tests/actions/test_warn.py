"""Whoever says what cannot wait is told where there is help, and comes first, at any hour, on any way in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.record import record
from recado.actions.reply import reply
from recado.actions.route import route_waiting
from recado.actions.set_agent_state import set_agent_state
from recado.actions.sweep import sweep
from recado.model.tenant import OpeningHours
from recado.store import contacts, patients, tenants

from tests.cloud import Cloud
from tests.samples import ANA, NOW, received
from tests.talks import ALWAYS, TENANT, Talk, bot_on

PAIN = "me duele mucho el pecho y no puedo respirar"
SUNDAYS = (OpeningHours(weekday=6, opens="09:00", closes="12:00"),)


@pytest.fixture(autouse=True)
def here(clinic: Cloud) -> None:
    bot_on(hours=ALWAYS, language="es")


def test_they_are_told_at_once_whom_to_call_and_a_person_has_them() -> None:
    talk = Talk()
    said = talk.says(PAIN)
    assert "192" in said
    assert (talk.contact.agent, talk.contact.urgent_at) == ("ana", talk.now)
    assert talk.latest.buttons == ()


def test_where_the_clinic_has_words_of_its_own_they_are_told_those() -> None:
    bot_on(emergency={"es": "Llame al 061, nuestro servicio de urgencias."})
    assert Talk().says(PAIN) == "Llame al 061, nuestro servicio de urgencias."


@pytest.mark.parametrize(("country", "number"), [("ES", "112"), ("IT", "112"), ("US", "911"), ("BR", "192")])
def test_the_number_is_that_of_the_clinic_s_country(country: str, number: str) -> None:
    bot_on(country=country)
    assert f" {number} " in Talk().says(PAIN)


def test_out_of_hours_too_and_they_are_not_told_to_wait() -> None:
    bot_on(hours=SUNDAYS)
    assert "hasta el domingo, 29 de noviembre" in Talk().says(PAIN)


def test_also_where_self_service_is_off() -> None:
    bot_on(bot="off")
    assert "192" in Talk().says(PAIN)


def test_also_in_the_middle_of_a_dialogue_which_is_over_then() -> None:
    talk = Talk()
    talk.says("Hola")
    assert "192" in talk.says(PAIN)
    assert talk.contact.agent == "ana"
    assert talk.contact.dialogue is not None
    assert talk.contact.dialogue.state == "handed_over"


def test_also_whom_a_team_looks_after() -> None:
    talk = Talk()
    talk.says("gracias")
    known = patients.get(TENANT, talk.patient)
    patients.put(TENANT, known.model_copy(update={"care_team": "reception"}))
    assert "192" in talk.says(PAIN)


def test_an_agent_who_has_the_contact_sees_it_marked() -> None:
    talk = Talk()
    talk.says("persona")
    reply(TENANT, "ana", talk.contact.id, "Hola, María", talk.now)
    talk.heard()
    assert "192" in talk.says(PAIN)
    assert (talk.contact.agent, talk.contact.urgent_at) == ("ana", talk.now)


def test_they_are_told_once_an_hour_however_often_they_say_it() -> None:
    talk = Talk()
    talk.says(PAIN)
    assert talk.says(PAIN) == ""
    assert "192" in talk.later(hours=1).says(PAIN)


def test_a_form_is_marked_though_nothing_can_be_said_there() -> None:
    talk = Talk()
    record(TENANT, received(PAIN, "form.1", type="form"), talk.now)
    (contact,), _ = contacts.open_contacts(TENANT)
    assert contact.urgent_at is not None


def test_a_machine_s_message_says_no_such_thing() -> None:
    talk = Talk()
    assert talk.says("En caso de dolor en el pecho llame al 112", automatic=True) == ""
    assert talk.contact.urgent_at is None


def test_what_is_urgent_goes_to_somebody_whose_hands_are_full() -> None:
    full = ANA.model_copy(update={"version": 1, "capacity": 0})
    tenants.save_agent(TENANT, full)
    waits, urgent = Talk(sender="5511900000002", name="João Souza"), Talk()
    waits.says("persona")
    urgent.says(PAIN)
    assert (waits.contact.state, urgent.contact.agent) == ("waiting", "ana")


def test_of_those_that_wait_what_is_urgent_goes_first() -> None:
    set_agent_state(TENANT, "ana", "away", NOW)
    others = [Talk(sender=f"551190000000{number}", name=f"Rui {number}") for number in range(2, 8)]
    for one in others:
        one.says("persona")
    urgent = Talk().later(minutes=9)
    urgent.says(PAIN)
    assert urgent.contact.state == "waiting"
    set_agent_state(TENANT, "ana", "available", NOW + timedelta(minutes=11))
    route_waiting(TENANT, NOW + timedelta(minutes=11))
    assert urgent.contact.agent == "ana"


def test_the_sweep_sees_to_it_when_nothing_else_has() -> None:
    talk = Talk()
    talk.writes(PAIN)
    sweep(TENANT, talk.now + timedelta(minutes=2))
    assert "192" in talk.heard()
    assert talk.contact.agent == "ana"

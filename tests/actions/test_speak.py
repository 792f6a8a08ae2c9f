"""Whoever writes in another language is answered in it from then on, and reminded in it."""

from __future__ import annotations

import pytest
from recado.actions.admit import Person
from recado.actions.set_preferences import Preferences, set_preferences
from recado.store import contacts, patients

from tests import visits
from tests.cloud import Cloud
from tests.samples import NOW
from tests.talks import ALWAYS, TENANT, Talk, article, bot_on

pytestmark = pytest.mark.usefixtures("clinic")
LATER = "5511900000009"


def record_of(talk: Talk) -> str:
    return talk.contact.patient


def test_the_first_answer_is_in_their_language_and_their_record_says_since_when() -> None:
    bot_on(hours=ALWAYS)
    talk = Talk(sender=LATER)
    assert talk.says("buongiorno, vorrei disdire la visita").startswith("Non ho trovato nessuna visita")
    known = patients.get(TENANT, record_of(talk))
    assert (known.language, talk.contact.language) == ("it", "it")
    assert known.language_heard is not None
    assert (known.language_heard.source, known.language_heard.at) == ("whatsapp", talk.now)


def test_a_bare_answer_changes_nothing_and_a_clear_one_in_another_language_does() -> None:
    bot_on(hours=ALWAYS)
    talk = Talk(sender=LATER)
    talk.says("I need to cancel my appointment")
    assert talk.contact.language == "en"
    talk.says("no")
    assert talk.contact.language == "en"
    assert "¿" in talk.says("quisiera cambiar la hora de mi cita, por favor")
    assert patients.get(TENANT, record_of(talk)).language == "es"


def test_an_emergency_is_answered_in_the_language_it_is_told_in() -> None:
    talk = Talk(sender=LATER)
    assert (
        "999" in talk.says("I have a strong chest pain and cannot breathe") or talk.contact.language == "en"
    )
    assert talk.contact.language == "en"


def test_an_article_is_looked_for_in_their_language() -> None:
    bot_on(hours=ALWAYS)
    article("Sì, davanti all'ingresso.", "C'è un parcheggio?", language="it")
    article("Sim, na frente.", "Tem estacionamento?", language="pt-BR")
    assert "davanti" in Talk(sender=LATER).says("buongiorno, c'è un parcheggio da voi?")


def test_who_has_chosen_a_language_is_answered_in_it() -> None:
    bot_on(hours=ALWAYS)
    visit = visits.booked(patient=Person("Maria Silva", "+5511987654321", "es"))
    talk = Talk()
    assert "¿" in talk.says("buongiorno, vorrei disdire la visita")
    assert patients.get(TENANT, visit.patient).language_heard is None


def test_what_is_booked_already_is_told_in_it_too() -> None:
    visit = visits.booked()
    assert visit.language == "pt-BR"
    Talk().says("buongiorno, dovrei fare una domanda sulla mia visita")
    assert visits.now_is(visit).language == "it"
    set_preferences(TENANT, visit.patient, Preferences(language="es"), NOW)
    assert visits.now_is(visit).language == "es"
    assert patients.get(TENANT, visit.patient).language_heard is None


def test_the_same_message_twice_notes_it_once(clinic: Cloud) -> None:
    bot_on(hours=ALWAYS)
    talk = Talk(sender=LATER)
    talk.says("buongiorno, vorrei disdire la visita")
    before = patients.get(TENANT, record_of(talk))
    talk.says("vorrei prenotare una visita allora")
    assert patients.get(TENANT, record_of(talk)) == before
    assert contacts.get_contact(TENANT, talk.contact.id).language == "it"

"""The same conversations in five languages, on channels with buttons and without."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from recado.model.tenant import Language
from recado.store import appointments

from tests import visits
from tests.cloud import Cloud
from tests.talks import ALWAYS, TENANT, Talk, bot_on, practice


class Speech(NamedTuple):
    """What somebody writes, and how the answers begin."""

    hello: str
    menu: str
    book: str
    offer: str
    slot: str
    booked: str
    cancel: str
    asked: str
    yes: str
    cancelled: str
    person: str
    handed: str


SPEECHES: dict[Language, Speech] = {
    "pt-BR": Speech(
        "Oi", "Olá! Sou o assistente automático", "Marcar consulta", "Estes horários estão livres.",
        "qua 25/11", "Sua consulta", "Cancelar", "Quer cancelar a consulta de segunda-feira, 30 de novembro",
        "sim, por favor", "Pronto, cancelamos", "humano", "Obrigado pela mensagem.",
    ),
    "es": Speech(
        "Hola", "¡Hola! Soy el asistente automático", "pedir cita", "Estas horas están libres.",
        "mie 25/11", "Su cita", "anular la cita", "¿Quiere anular la cita del lunes, 30 de noviembre",
        "sii ok 👍", "Listo, hemos anulado", "persona", "Gracias por su mensaje.",
    ),
    "it": Speech(
        "Ciao", "Buongiorno! Sono l'assistente automatico", "prenotare una visita",
        "Questi orari sono liberi.",
        "mer 25/11", "Il Suo appuntamento", "Disdire", "Vuole disdire la visita di lunedì 30 novembre",
        "si", "Fatto, abbiamo disdetto", "operatore", "Grazie per",
    ),
    "ca": Speech(
        "Bon dia", "Hola! Soc l'assistent automàtic", "demanar visita", "Aquestes hores són lliures.",
        "dc 25/11", "La seva visita", "anular la visita", "Vol anul·lar la visita de dilluns, 30 de novembre",
        "si, gracies", "Fet, hem anul·lat", "persona", "Gràcies",
    ),
    "en": Speech(
        "Hello", "Hello! I am the automatic assistant", "book a visti", "These times are free.",
        "Wed 25/11", "your appointment", "cancel the visit",
        "Would you like to cancel your visit on Monday 30 November",
        "yes please", "Done, your visit", "agent", "Thank you",
    ),
}  # fmt: skip

everywhere = pytest.mark.parametrize("channel", ["whatsapp", "twilio_sms", "webchat"])
in_all = pytest.mark.parametrize("language", SPEECHES)


@pytest.fixture
def here(clinic: Cloud, language: Language) -> Speech:
    bot_on(hours=ALWAYS, language=language)
    return SPEECHES[language]


def begun(channel: str, speech: Speech) -> Talk:
    sender = "v-4f1d7c90b82e63a5" if channel == "webchat" else "5511900000009"
    talk = Talk(channel, sender)
    assert talk.says(speech.hello).startswith(speech.menu)
    return talk


@in_all
@pytest.mark.parametrize("channel", ["whatsapp", "twilio_sms"])
def test_a_visit_is_booked_in_words(here: Speech, channel: str) -> None:
    practice()
    talk = begun(channel, here)
    assert talk.says(here.book).startswith(here.offer)
    assert here.booked in talk.says(here.slot)
    (visit,) = appointments.of_patient(TENANT, talk.patient)
    assert visit.local_start == "2026-11-25T09:00"


@in_all
@everywhere
def test_a_person_comes_when_they_are_asked_for(here: Speech, channel: str) -> None:
    talk = begun(channel, here)
    assert talk.says(here.person).startswith(here.handed)
    assert talk.contact.agent == "ana"


@in_all
@pytest.mark.parametrize("channel", ["whatsapp", "twilio_sms"])
def test_a_visit_is_called_off_in_words(here: Speech, channel: str) -> None:
    visits.booked()
    talk = Talk(channel)
    talk.heard()
    assert talk.says(here.hello).startswith(here.menu)
    assert talk.says(here.cancel).startswith(here.asked)
    assert talk.says(here.yes).startswith(here.cancelled)
    (visit,) = appointments.of_patient(TENANT, talk.patient)
    assert visit.status == "cancelled"


def test_who_is_known_by_a_chat_alone_is_booked_by_a_person(clinic: Cloud) -> None:
    bot_on(hours=ALWAYS)
    practice()
    talk = begun("webchat", SPEECHES["pt-BR"])
    assert talk.says("Marcar consulta").endswith("Uma pessoa da nossa equipe vai responder aqui.")
    assert talk.contact.agent == "ana"


@in_all
@everywhere
def test_twice_not_understood_a_person_comes(here: Speech, channel: str) -> None:
    talk = begun(channel, here)
    assert here.menu in talk.says("xyzzy plugh")
    assert talk.says("frobnicate qwfp").startswith(here.handed)

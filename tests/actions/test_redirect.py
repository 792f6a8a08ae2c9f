"""A channel that the clinic has closed keeps what is written, and says once a day where to go instead."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from recado.actions.deliver import deliver
from recado.actions.record import record
from recado.actions.reply import reply
from recado.actions.respond import respond
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import Language
from recado.store import contacts, tenants

from tests.cloud import Cloud
from tests.provider import Provider
from tests.samples import NOW, WHATSAPP, received

pytestmark = pytest.mark.usefixtures("clinic")


def close(redirect: dict[Language, str] | None = None) -> None:
    account = tenants.account("boavista", "whatsapp", WHATSAPP["boavista"])
    closed = {"state": "paused", "redirect": redirect or {}}
    tenants.save_account("boavista", account.model_copy(update=closed))
    tenants.forget()


def write(text: str = "Olá, bom dia", message: str = "wamid.1", at: datetime = NOW) -> Contact:
    record("boavista", received(text, message), at)
    (contact,), _ = contacts.open_contacts("boavista")
    if contact.pending:
        respond("boavista", contact.id, at)
    return contacts.get_contact("boavista", contact.id)


def said(contact: Contact) -> list[Communication]:
    items, _ = contacts.timeline("boavista", contact.patient)
    return [one for one in items if one.direction == "outbound"]


def test_whoever_writes_there_is_told_the_clinics_phone_and_waits_for_an_agent_as_ever() -> None:
    close()
    contact = write()
    (answer,) = said(contact)
    assert "+551130000000" in answer.text
    assert (answer.channel, answer.purpose, answer.state) == ("whatsapp", "self_service", "queued")
    assert (contact.state, contact.agent, contact.unread, contact.pending) == ("assigned", "ana", 1, ())


def test_the_clinics_own_words_come_before_ours_in_the_patients_language() -> None:
    close({"pt-BR": "Escreva para ola@clinica.example.", "es": "Escriba a hola@clinica.example."})
    assert [one.text for one in said(write())] == ["Escreva para ola@clinica.example."]


def test_words_in_another_language_only_are_not_theirs() -> None:
    close({"es": "Escriba a hola@clinica.example."})
    assert "ligue" in said(write())[0].text


def test_they_are_told_once_a_day() -> None:
    close()
    write()
    assert len(said(write("Tem alguém aí?", "wamid.2", NOW + timedelta(hours=1)))) == 1
    assert len(said(write("Bom dia", "wamid.3", NOW + timedelta(days=1)))) == 2


def test_the_day_is_the_clinics() -> None:
    """01:30 UTC of the next day is still the same evening in São Paulo; 03:30 is not."""
    close()
    write()
    assert len(said(write("Oi", "wamid.2", datetime.fromisoformat("2026-11-24T01:30:00+00:00")))) == 1
    assert len(said(write("Oi", "wamid.3", datetime.fromisoformat("2026-11-24T03:30:00+00:00")))) == 2


def test_the_same_message_delivered_again_changes_nothing() -> None:
    close()
    first = write()
    assert write() == first
    assert len(said(first)) == 1


def test_no_machines_message_is_answered() -> None:
    close()
    record("boavista", received("Out of office", automatic=True), NOW)
    (contact,), _ = contacts.open_contacts("boavista")
    assert contact.pending == ()


def test_a_stop_is_still_a_stop() -> None:
    close()
    contact = write("PARAR")
    assert [one.text for one in said(contact)] != []
    assert "ligue" not in said(contact)[0].text


def test_an_open_channel_says_nothing_of_the_kind() -> None:
    contact = write()
    assert said(contact) == []
    assert contact.pending == ()


def test_the_answer_goes_out_where_they_wrote_and_what_an_agent_writes_there_does_not(
    provider: Provider, clinic: Cloud
) -> None:
    close()
    contact = write()
    (answer,) = said(contact)
    deliver("boavista", answer.id, NOW)
    by_ana = reply("boavista", "ana", contact.id, "Olá", NOW)
    deliver("boavista", by_ana.id, NOW)
    assert [one["text"]["body"] for one in provider.taken] == [answer.text]

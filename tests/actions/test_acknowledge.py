"""Whoever writes when nobody is there is told once when somebody will be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from recado.actions.close import close
from recado.actions.record import record
from recado.actions.reply import reply
from recado.actions.respond import respond
from recado.channels import Received
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.tenant import OpeningHours
from recado.store import contacts, tenants

from tests.samples import BOAVISTA, NOW, received

pytestmark = pytest.mark.usefixtures("clinic")

WEEK = tuple(OpeningHours(weekday=day, opens="08:00", closes="18:00") for day in range(5))
EVENING = NOW + timedelta(hours=10)
"""21:00 on a Monday at the clinic."""


def settle(**settings: Any) -> None:
    tenants.save_tenant("boavista", BOAVISTA.model_copy(update={"version": 1, "hours": WEEK, **settings}))
    tenants.forget()


def write(event: Received | None = None, at: datetime = EVENING) -> Contact:
    record("boavista", event or received("Olá"), at)
    contact = next(one for one in contacts.open_contacts("boavista")[0])
    respond("boavista", contact.id, at)
    return contacts.get_contact("boavista", contact.id)


def said(contact: Contact) -> list[Communication]:
    items, _ = contacts.timeline("boavista", contact.patient)
    return [one for one in items if one.direction == "outbound"]


def mail(system: str = "email", **event: Any) -> Received:
    told = received("Bom dia", **event)
    address = "maria@example.com"
    return told._replace(
        channel="email", account="ola@clinica.example", sender=address, identities=[(system, address)]
    )


def test_out_of_hours_they_are_told_the_next_opening_and_wait_for_an_agent_as_ever() -> None:
    settle()
    contact = write()
    (answer,) = said(contact)
    assert "terça-feira, 24 de novembro" in answer.text
    assert "08:00" in answer.text
    assert (answer.channel, answer.purpose, answer.state) == ("whatsapp", "self_service", "queued")
    assert (contact.state, contact.unread, contact.pending) == ("assigned", 1, ())


def test_they_are_told_once_in_a_contact_and_again_in_the_next() -> None:
    settle()
    write()
    contact = write(received("Alguém aí?", "wamid.2"))
    assert len(said(contact)) == 1
    close("boavista", contact.id, "resolved", EVENING)
    later = write(received("Oi", "wamid.3"), EVENING + timedelta(hours=1))
    assert len(said(later)) == 2


def test_in_hours_and_where_no_hours_are_given_nothing_is_said() -> None:
    settle()
    assert said(write(at=NOW)) == []
    settle(hours=(), version=2)
    assert said(write(received("Oi", "wamid.2"))) == []


def test_while_a_person_of_the_clinic_is_talking_no_machine_says_that_nobody_is_there() -> None:
    settle()
    contact = write(at=NOW + timedelta(hours=6))
    reply("boavista", "ana", contact.id, "Boa noite!", EVENING)
    contact = write(received("Obrigada", "wamid.2"), EVENING + timedelta(minutes=5))
    assert [one.author for one in said(contact)] == ["agent:ana"]


def test_a_clinic_that_is_closed_for_long_names_no_day() -> None:
    days = tuple((EVENING + timedelta(days=number)).date() for number in range(-1, 70))
    settle(closed_days=days)
    assert "quando voltarmos" in said(write())[0].text


def test_an_e_mail_is_told_by_when_it_is_answered_where_the_clinic_promises_it() -> None:
    settle(email_reply_hours=24)
    assert "em até 24 horas" in said(write(mail(), NOW))[0].text
    settle(version=2)
    assert len(said(write(mail(provider_id="m2"), NOW))) == 1


@pytest.mark.parametrize(
    "event", [mail("unverified_email"), mail(automatic=True)], ids=["of nobody's proof", "of a machine"]
)
def test_a_mail_that_may_be_anothers_or_a_machines_is_not_answered(event: Received) -> None:
    settle(email_reply_hours=24)
    assert said(write(event, NOW)) == []

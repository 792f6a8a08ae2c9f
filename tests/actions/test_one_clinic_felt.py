"""What is told on one channel holds on every other (R12); all that happens is on one timeline (R2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import pytest
from recado.actions.book import book
from recado.actions.deliver import claim
from recado.actions.note_interaction import Told, note_interaction
from recado.actions.record import record
from recado.actions.remind import remind
from recado.actions.respond import respond
from recado.channels import Received, channel, family
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.policy import Caps
from recado.model.record import iso
from recado.model.tenant import Account
from recado.store import contacts, directory, patients, tenants

from tests.channels.specimens import MARIA, NAMES, one, specimen
from tests.cloud import Cloud
from tests.samples import NOW, later
from tests.visits import VISIT, now_is, written

T: Final = "boavista"
HEARD: Final = [name for name in NAMES if name != "webform"]
"""Where somebody's word is theirs: what anybody may type into a form settles nothing."""
REACHED: Final = sorted(
    {family(name) for name in NAMES if channel(name).TRAITS.max_text and not channel(name).TRAITS.live}
)
"""What carries a reminder, as patients would call it: a form carries nothing, and a chat only answers."""
DUE: Final = later(hours=1)


@pytest.fixture
def patient(clinic: Cloud) -> str:
    """Maria, who is known on every channel, and has just written on each."""
    for name in NAMES:
        if directory.owner(name, specimen(name).account) is None:
            tenants.save_account(T, Account(tenant=T, channel=name, id=specimen(name).account))
    _as_many_as_there_are_channels()
    everywhere = list(dict.fromkeys(point for name in NAMES for point in one(name).identities))
    record(T, one("whatsapp", "Oi, sou a Maria")._replace(identities=everywhere), NOW)
    for name in HEARD:
        record(T, said(name, "Olá", NOW), NOW)
    (contact,), _ = contacts.open_contacts(T)
    return contact.patient


def _as_many_as_there_are_channels() -> None:
    """Nobody else is written to so often on one day."""
    stored = tenants.get(T)
    often = stored.reminders.model_copy(update={"caps": Caps(day=len(NAMES), week=len(NAMES))})
    tenants.save_tenant(T, stored.model_copy(update={"reminders": often}))
    tenants.forget()


def said(name: str, text: str, now: datetime) -> Received:
    """Maria writes this on a channel, as its provider would tell."""
    return one(name, text, at=iso(now))


def tell(name: str, text: str, now: datetime) -> None:
    record(T, said(name, text, now), now)
    (contact,), _ = contacts.open_contacts(T)
    respond(T, contact.id, now)


def booked(patient: str, by: str, number: int) -> Appointment:
    """A visit of tomorrow, of which she is to hear by this channel."""
    patients.put(T, patients.get(T, patient).model_copy(update={"channels": (by,)}))
    start = datetime(2026, 11, 24, 11, 30) + timedelta(minutes=number)  # noqa: DTZ001 - the clinic's wall time
    visit = book(T, patient, VISIT._replace(start=start.isoformat(), over=True), NOW, author="agent:ana")
    assert family(visit.channel) == by
    return visit


def reminders(patient: str, visit: Appointment) -> list[Communication]:
    return [one for one in written(patient, "reminder") if one.appointment == visit.id]


def each_reminded(patient: str) -> Iterator[tuple[str, Communication]]:
    """A reminder on every channel that carries one, about to be sent."""
    visits = {name: booked(patient, name, number) for number, name in enumerate(REACHED)}
    while remind(T, DUE).sent:
        pass  # one message a minute
    for name, visit in visits.items():
        (reminder,) = reminders(patient, visit)
        assert (family(reminder.channel), reminder.state) == (name, "queued")
        yield name, reminder


def test_every_channel_would_carry_its_reminder(patient: str) -> None:
    waiting = list(each_reminded(patient))
    assert [name for name, one in waiting if claim(T, one.id, DUE) is None] == []


@pytest.mark.parametrize("told_on", HEARD)
def test_a_stop_on_one_channel_stops_what_waits_on_every_other(patient: str, told_on: str) -> None:
    waiting = list(each_reminded(patient))
    tell(told_on, "PARAR", DUE)
    assert "care" in patients.get(T, patient).opted_out
    assert [name for name, one in waiting if claim(T, one.id, DUE + timedelta(minutes=1))] == []
    left = [contacts.find_communication(T, one.id) for _, one in waiting]
    assert {(one.state, one.error) for one in left if one} == {("withdrawn", "opted_out")}


@pytest.mark.parametrize("told_on", HEARD)
def test_a_visit_cancelled_on_one_channel_is_reminded_of_on_none(patient: str, told_on: str) -> None:
    for number, name in enumerate(REACHED):
        visit = booked(patient, name, number)
        due = DUE + timedelta(minutes=number)
        remind(T, due)
        (reminder,) = reminders(patient, visit)
        tell(told_on, "2", due + timedelta(seconds=5))
        assert now_is(visit).status == "cancelled", name
        assert claim(T, reminder.id, due + timedelta(seconds=6)) is None, name
        answers = written(patient, "self_service")
        assert (answers[-1].channel, answers[-1].address) == (told_on, said(told_on, "2", due).sender), name


@pytest.mark.parametrize("told_on", HEARD)
def test_whoever_answers_finds_what_was_said_on_every_channel_in_one_contact(
    patient: str, told_on: str
) -> None:
    tell(told_on, "Mudei de endereço", later(minutes=5))
    (contact,), _ = contacts.open_contacts(T)
    assert (contact.patient, contact.channel, contact.last_text) == (patient, told_on, "Mudei de endereço")
    texts = [one.channel for one in contacts.timeline(T, patient)[0] if one.direction == "inbound"]
    assert set(texts) == set(HEARD)
    assert texts[-1] == told_on


def test_desk_printed_advertisement_and_chat_are_one_timeline_in_order_of_time(patient: str) -> None:
    def came(way: str, minute: int) -> None:
        at = later(minutes=minute)
        told = Told(way, MARIA.name, MARIA.phone, None, f"{way} {minute}", at, None, f"k{minute}")  # type: ignore[arg-type]
        note_interaction(T, "agent:ana", told, at)

    came("printed_ad", 10)
    record(T, said("webchat", "chat 20", later(minutes=20)), later(minutes=20))
    came("frontdesk", 30)
    record(T, said("whatsapp", "whatsapp 40", later(minutes=40)), later(minutes=40))
    (contact,), _ = contacts.open_contacts(T)
    latest = contacts.timeline(T, patient)[0][-4:]
    assert contact.patient == patient
    assert [(one.channel, one.text) for one in latest] == [
        ("printed_ad", "printed_ad 10"),
        ("webchat", "chat 20"),
        ("frontdesk", "frontdesk 30"),
        ("whatsapp", "whatsapp 40"),
    ]
    assert latest == sorted(latest, key=lambda one: one.moment)

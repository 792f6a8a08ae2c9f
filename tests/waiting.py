"""The waiting list at Boa Vista, for tests: who waits, what becomes free, what they are asked and say."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.join_waiting import Wanted, join_waiting
from recado.actions.record import record
from recado.actions.remind import remind
from recado.actions.respond import respond
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.contact_point import ContactPoint
from recado.model.waiting import Offer, Opening, WaitingEntry
from recado.rules.openings import opening_id
from recado.store import agendas, appointments, contacts, openings, patients, schedules, tenants, waiting

from tests.practice import SLOT, opened
from tests.samples import NOW, received

TENANT = "boavista"
BEGINS = datetime(2026, 11, 30, 12, 30, tzinfo=UTC)
"""Of SLOT: 09:30 in São Paulo."""
MINUTE = timedelta(minutes=1)
HOLD = timedelta(minutes=30)
FAR = "2027-01-{day:02}T09:30"
_ids = itertools.count(1)


def phone(number: int) -> str:
    """A number of theirs, as WhatsApp writes it."""
    return f"55119876500{number:02}"


def patient(number: int, name: str = "", **changes: Any) -> str:
    """Somebody with a visit far ahead, at another practitioner's who has no schedule."""
    who = Person(name or f"Paciente {chr(64 + number)}", f"(11) 98765-00{number:02}")
    visit = SLOT._replace(
        practitioner_id=None, type_id=None, practitioner="Dra. Lima", type="revisão", minutes=20
    )
    booked = book(TENANT, who, visit._replace(start=FAR.format(day=number)), NOW, author="agent:ana")
    if changes:
        known = patients.get(TENANT, booked.patient)
        patients.put(TENANT, known.model_copy(update=changes))
    return booked.patient


def waits(number: int, *, since: datetime = NOW, **wanted: Any) -> WaitingEntry:
    """Somebody new comes onto the list for a consulta."""
    who = wanted.pop("patient", None) or patient(number)
    return join_waiting(
        TENANT, Wanted(who, wanted.pop("type_id", "consulta"), **wanted), since, author="agent:ana"
    )


def offering(**settings: Any) -> None:
    """How the clinic offers."""
    tenants.save_tenant(TENANT, tenants.fresh(TENANT).model_copy(update=settings))
    tenants.forget()


def taken(start: str = SLOT.start, now: datetime = NOW, **more: Any) -> Appointment:
    """The slot is somebody's, who is not on the list."""
    visit = SLOT._replace(start=start, **more)
    return book(TENANT, Person("Zeca Prado", "(11) 98765-0099"), visit, now, author="agent:ana")


def freed(now: datetime = NOW, start: str = SLOT.start) -> Appointment:
    """It was somebody's, and is free now."""
    return cancel_appointment(TENANT, taken(start, now).id, now, author="agent:ana")


def minute(now: datetime) -> int:
    """The minute's look at what is due; how many messages that made."""
    return remind(TENANT, now).sent


def now_is(entry: WaitingEntry) -> WaitingEntry:
    """As it is stored now."""
    return waiting.get_entry(TENANT, entry.id)


def opening(begins: datetime = BEGINS, practitioner: str = "helena") -> Opening:
    """What is known of the time."""
    return openings.get_opening(TENANT, opening_id(TENANT, practitioner, begins))


def held() -> list[str]:
    """Who has a part of that day: visits, and offers that hold it."""
    return [one.by for one in agendas.get(TENANT, "helena", BEGINS.date()).taken]


def offer_of(entry: WaitingEntry) -> Offer:
    """Their latest offer."""
    found = openings.find_offer(TENANT, now_is(entry).offer or "")
    assert found is not None
    return found


def told(entry: WaitingEntry, template: str | None = None) -> list[Communication]:
    """What was written to them about offers, oldest first."""
    found, _ = contacts.timeline(TENANT, entry.patient)
    ours = [one for one in found if one.direction == "outbound" and one.purpose in ("offer", "self_service")]
    return [one for one in ours if template in (None, one.template.name if one.template else None)]


def says(number: int, text: str, now: datetime, **event: Any) -> str:
    """They say this, and it is handled; the contact's id."""
    own_id = f"wamid.w{next(_ids)}"
    record(TENANT, received(text, own_id, phone(number), **event), now)
    point = ContactPoint(system="phone", value=f"+{phone(number)}")
    who = patients.view(TENANT, point).links[0].patient
    contact = contacts.latest_contact(TENANT, who)
    assert contact is not None
    respond(TENANT, contact.id, now)
    return contact.id


def visits(day: str = SLOT.start[:10]) -> list[tuple[str | None, str]]:
    """Who is booked on a day, and when."""
    found = appointments.of_day(TENANT, day)
    return [(one.patient_name, one.local_start[11:]) for one in found if one.status == "booked"]


def practice(**more: Any) -> None:
    """Practitioners with schedules."""
    opened(**more)
    schedules.recent(TENANT)

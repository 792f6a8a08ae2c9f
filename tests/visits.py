"""Visits at Boa Vista, for tests: booked, due, answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.place_visit import Visit
from recado.actions.record import record
from recado.actions.remind import Reminded, remind
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import ContactPointView
from recado.model.record import iso
from recado.store import appointments, contacts, patients, rows

from tests.samples import NOW, PHONE, received

MARIA = Person("Maria Silva", "(11) 98765-4321")
POINT = ContactPoint(system="phone", value=f"+{PHONE}")
VISIT = Visit("2026-11-30T09:30", "Dra. Costa", "consulta", 30)
"""A week after NOW: its reminders are due on the 27th and the 29th, 09:30 in São Paulo."""
FIRST = datetime(2026, 11, 27, 12, 30, tzinfo=UTC)
SECOND = FIRST + timedelta(hours=48)
START = FIRST + timedelta(hours=72)


def booked(patient: str | Person = MARIA, start: str = VISIT.start, now: datetime = NOW) -> Appointment:
    """A visit that the front desk has booked."""
    return book("boavista", patient, VISIT._replace(start=start), now, author="agent:ana")


def _sent(now: datetime) -> int:
    page: Reminded = remind("boavista", now)
    sent = page.sent
    while page.next:
        page = remind("boavista", now, page.next)
        sent += page.sent
    return sent


def reminded(now: datetime = FIRST) -> list[str]:
    """The steps that have been sent after sweeps of every page: somebody gets one message a minute."""
    while _sent(now):
        pass
    return [
        one.step
        for row in appointments.of_day("boavista", VISIT.start[:10])
        for one in row.reminders
        if one.state == "sent"
    ]


def written(patient: str, purpose: str | None = None) -> list[Communication]:
    """What we wrote to a patient, oldest first."""
    found, _ = contacts.timeline("boavista", patient)
    outbound = [one for one in found if one.direction == "outbound"]
    return [one for one in outbound if purpose in (None, one.purpose)]


def said(
    text: str, message_id: str = "wamid.1", now: datetime = FIRST, at: datetime | None = None, **event: Any
) -> tuple[Contact, Communication]:
    """What Maria said, `at` by her provider's clock, and the contact that it belongs to: both as stored."""
    message = received(text, message_id, **event)
    record("boavista", message._replace(at=iso(at)) if at else message, now)
    patient = view().links[0].patient
    inbound = [one for one in contacts.timeline("boavista", patient)[0] if one.provider_id == message_id]
    contact = contacts.latest_contact("boavista", patient)
    assert contact is not None
    return contact, inbound[0]


def view(point: ContactPoint = POINT) -> ContactPointView:
    """What hangs on Maria's number."""
    return patients.view("boavista", point)


def now_is(appointment: Appointment) -> Appointment:
    """The appointment as it is stored now."""
    return appointments.get("boavista", appointment.id)


def opted_out(patient: str) -> None:
    """The patient has told us to stop."""
    known = patients.get("boavista", patient)
    patients.put("boavista", known.model_copy(update={"opted_out": frozenset({"care"})}))


@contextmanager
def overtaken(by: Callable[[], object]) -> Iterator[None]:
    """Somebody else does this between all that the block reads and the first transaction it writes."""
    events = rows._connection.client.meta.events
    name = "before-call.dynamodb.TransactWriteItems"

    def first(**_: Any) -> None:
        events.unregister(name, first)
        by()

    events.register(name, first)
    try:
        yield
    finally:
        events.unregister(name, first)

"""A mail about a visit carries its calendar entry, from booking to the wire."""

from __future__ import annotations

import email
from email.policy import default
from typing import Any

import pytest
from icalendar import Calendar
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.deliver import _outgoing
from recado.actions.move_appointment import move_appointment
from recado.channels.email_send import compose
from recado.model.communication import Communication
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.model.tenant import Account
from recado.store import patients, tenants

from tests.samples import NOW
from tests.visits import VISIT, written

CLINIC = "clinica@boavista.example"

pytestmark = pytest.mark.usefixtures("clinic")


def calendar_of(message: Communication) -> Any:
    """What the mail tells a calendar: the method, and the event."""
    raw = compose(CLINIC, {}, _outgoing("boavista", message), "us-east-1")
    mail = email.message_from_bytes(raw, policy=default)
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(part.get_content()).walk("VEVENT")
    return part.get_param("method"), event


def test_booked_moved_and_called_off_are_one_event_told_three_times() -> None:
    tenants.save_account("boavista", Account(tenant="boavista", channel="email", id=CLINIC))
    point = ContactPoint(system="email", value="maria@example.com")
    maria = Patient(id="pmaria", name="Maria Silva", kind="patient", contact_points=(point,), created_at=NOW)
    patients.put("boavista", maria)
    visit = book("boavista", "pmaria", VISIT, NOW, author="agent:ana")
    move_appointment("boavista", visit.id, "2026-12-01T10:00", NOW, author="agent:ana")
    cancel_appointment("boavista", visit.id, NOW, author="agent:ana")
    mails = [one for one in written("pmaria") if one.channel == "email"]
    told = sorted((calendar_of(one) for one in mails), key=lambda one: int(one[1]["SEQUENCE"]))
    assert [(method, int(event["SEQUENCE"])) for method, event in told] == [
        ("REQUEST", 1),
        ("REQUEST", 2),
        ("CANCEL", 3),
    ]
    assert {str(event["UID"]) for _, event in told} == {f"{visit.id}@recado"}
    assert [event["DTSTART"].dt.strftime("%d %H:%M") for _, event in told] == [
        "30 09:30",
        "01 10:00",
        "01 10:00",
    ]
    assert all("consulta" not in event.to_ical().decode() for _, event in told)

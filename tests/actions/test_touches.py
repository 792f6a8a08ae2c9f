"""A visit tells all that happened about it (R73)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.move_appointment import move_appointment
from recado.actions.record import record
from recado.actions.respond import respond
from recado.model.appointment import Appointment
from recado.rules.appointments import TOUCHES, touched
from recado.store import appointments, contacts

from tests.api.client import person
from tests.samples import NOW, PHONE, later, received
from tests.visits import FIRST, SECOND, booked, now_is, reminded, view

pytestmark = pytest.mark.usefixtures("clinic")


def history(appointment: Appointment) -> list[tuple[str, str, str]]:
    return [(one.what, one.by, one.channel) for one in now_is(appointment).history]


def says(text: str, message_id: str, at: timedelta = timedelta(minutes=5)) -> None:
    record("boavista", received(text, message_id, PHONE), FIRST + at)
    latest = contacts.latest_contact("boavista", view().links[0].patient)
    assert latest is not None
    respond("boavista", latest.id, FIRST + at)


def test_from_the_booking_to_the_end_each_change_adds_one() -> None:
    appointment = booked()
    reminded()
    says("1", "wamid.yes")
    move_appointment(
        "boavista", appointment.id, "2026-12-01T10:00", FIRST + timedelta(hours=1), author="agent:bia"
    )
    cancel_appointment("boavista", appointment.id, FIRST + timedelta(hours=2), author="role:admin")
    assert history(appointment) == [
        ("booked", "agent:ana", ""),
        ("reminded", "recado", "whatsapp"),
        ("confirmed", "patient", "whatsapp"),
        ("moved", "agent:bia", ""),
        ("cancelled", "role:admin", ""),
    ]
    assert [one.at for one in now_is(appointment).history] == [
        NOW,
        FIRST,
        FIRST + timedelta(minutes=5),
        FIRST + timedelta(hours=1),
        FIRST + timedelta(hours=2),
    ]


def test_a_patient_who_calls_off_has_cancelled() -> None:
    appointment = booked()
    reminded()
    says("2", "wamid.no")
    assert history(appointment)[-1] == ("cancelled", "patient", "whatsapp")


def test_what_changes_nothing_adds_nothing() -> None:
    appointment = booked()
    move_appointment("boavista", appointment.id, "2026-11-30T09:30", later(minutes=1), author="agent:ana")
    reminded()
    reminded()
    says("1", "wamid.yes")
    says("1", "wamid.again", timedelta(minutes=6))
    cancel_appointment("boavista", appointment.id, FIRST + timedelta(hours=1), author="agent:ana")
    cancel_appointment("boavista", appointment.id, FIRST + timedelta(hours=2), author="agent:ana")
    assert [what for what, *_ in history(appointment)] == ["booked", "reminded", "confirmed", "cancelled"]


def test_every_reminder_is_one() -> None:
    appointment = booked()
    reminded(FIRST)
    reminded(SECOND)
    assert [what for what, *_ in history(appointment)] == ["booked", "reminded", "reminded"]


def test_of_a_visit_that_is_moved_for_ever_the_first_and_the_latest_are_kept() -> None:
    appointment = booked()
    for minute in range(200):
        appointment = touched(appointment, "moved", later(minutes=minute), f"agent:{minute}")
    assert len(appointment.history) == TOUCHES
    assert appointment.history[0].what == "booked"
    assert appointment.history[-1].by == "agent:199"


def test_a_visit_of_before_knows_what_came_since() -> None:
    appointment = booked()
    appointments.save_appointment("boavista", now_is(appointment).model_copy(update={"history": ()}))
    reminded()
    assert [what for what, *_ in history(appointment)] == ["reminded"]


def test_the_desk_is_shown_all_of_it() -> None:
    appointment = booked()
    reminded()
    shown = person("agent").get(f"/appointments/{appointment.id}").body["history"]
    assert shown == [
        {"what": "booked", "at": "2026-11-23T14:00:00.000Z", "by": "agent:ana", "channel": ""},
        {"what": "reminded", "at": "2026-11-27T12:30:00.000Z", "by": "recado", "channel": "whatsapp"},
    ]

"""A visit that the clinic calls off: nothing about it goes out any more but that."""

from __future__ import annotations

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.move_appointment import move_appointment
from recado.errors import Conflict, NotFound, Stale
from recado.store import appointments

from tests.samples import NOW, later
from tests.visits import FIRST, START, booked, now_is, opted_out, overtaken, reminded, view, written

pytestmark = pytest.mark.usefixtures("clinic")


def test_a_cancelled_visit_reminds_of_nothing_and_is_nothing_to_come() -> None:
    appointment = cancel_appointment("boavista", booked().id, NOW, author="agent:ana")
    assert now_is(appointment) == appointment
    assert (appointment.status, appointment.due_at) == ("cancelled", None)
    assert {one.state for one in appointment.reminders} == {"cancelled"}
    assert appointments.due("boavista", START).appointments == []
    assert view().upcoming == ()


def test_the_patient_is_told_with_the_number_to_call() -> None:
    appointment = cancel_appointment("boavista", booked().id, NOW, author="agent:ana")
    told = [one for one in written(appointment.patient) if one.state == "queued"]
    assert [one.template.name for one in told if one.template] == ["cancelled_by_clinic"]
    assert "+551130000000" in told[0].text


def test_a_reminder_that_waits_to_be_sent_is_withdrawn_with_its_question() -> None:
    appointment = booked()
    reminded()
    cancel_appointment("boavista", appointment.id, FIRST, author="agent:ana")
    assert [one.state for one in written(appointment.patient, "reminder")] == ["withdrawn"]
    assert view().questions == ()


def test_cancelled_twice_is_cancelled_once() -> None:
    first = cancel_appointment("boavista", booked().id, NOW, author="agent:ana")
    assert cancel_appointment("boavista", first.id, NOW, author="agent:ana") == first
    assert len(written(first.patient)) == 2


def test_two_who_cancel_at_once_tell_the_patient_once() -> None:
    appointment = booked()
    with overtaken(lambda: cancel_appointment("boavista", appointment.id, NOW, author="agent:ana")):
        cancel_appointment("boavista", appointment.id, NOW, author="agent:ana")
    assert now_is(appointment).version == 2
    assert len(written(appointment.patient)) == 2


def test_whoever_saw_an_older_version_is_refused() -> None:
    appointment = booked()
    move_appointment("boavista", appointment.id, "2026-12-01T10:00", NOW, author="agent:ana")
    with pytest.raises(Stale):
        cancel_appointment("boavista", appointment.id, NOW, version=1, author="agent:ana")
    assert now_is(appointment).status == "booked"


def test_a_visit_that_took_place_cannot_be_cancelled() -> None:
    appointment = booked()
    appointments.save_appointment("boavista", appointment.model_copy(update={"status": "fulfilled"}))
    with pytest.raises(Conflict):
        cancel_appointment("boavista", appointment.id, START, author="agent:ana")


def test_nobody_is_told_of_a_visit_that_has_begun_or_against_their_will() -> None:
    late, unwilling = booked(), booked(start="2026-12-01T10:00")
    cancel_appointment("boavista", late.id, START, author="agent:ana")
    opted_out(unwilling.patient)
    cancel_appointment("boavista", unwilling.id, later(minutes=1), author="agent:ana")
    assert {one.template.name for one in written(late.patient) if one.template} == {"booked"}


def test_another_clinics_visit_is_not_found() -> None:
    appointment = booked()
    with pytest.raises(NotFound):
        cancel_appointment("delsol", appointment.id, NOW, author="agent:ana")

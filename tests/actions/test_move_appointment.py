"""Putting a visit to another time: everything about the old one is withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.move_appointment import move_appointment
from recado.errors import Conflict, Invalid, NotFound, Stale
from recado.model.appointment import Appointment
from recado.store import contacts, tenants

from tests.samples import NOW, later
from tests.visits import FIRST, booked, now_is, opted_out, overtaken, reminded, view, written

pytestmark = pytest.mark.usefixtures("clinic")
DAY_LATER = "2026-12-01T10:00"


def moved(appointment: Appointment, start: str = DAY_LATER, version: int | None = None) -> Appointment:
    return move_appointment(
        "boavista", appointment.id, start, later(minutes=5), version=version, author="agent:ana"
    )


def test_a_moved_visit_has_a_new_schedule_and_new_reminders() -> None:
    appointment = moved(booked())
    assert now_is(appointment) == appointment
    assert (appointment.schedule, appointment.local_start, appointment.version) == (2, DAY_LATER, 2)
    assert {one.state for one in appointment.reminders} == {"planned"}
    assert appointment.due_at == appointment.reminders[0].due_at == FIRST + timedelta(hours=24, minutes=30)


def test_whoever_looks_up_the_number_sees_the_new_time() -> None:
    appointment = moved(booked())
    assert [one.start for one in view().upcoming] == [appointment.start]


def test_the_patient_is_told_and_what_had_not_been_sent_of_the_old_time_is_withdrawn() -> None:
    appointment = moved(booked())
    states = {one.template.name: one.state for one in written(appointment.patient) if one.template}
    assert states == {"booked": "withdrawn", "moved": "queued"}


def test_what_had_been_sent_stays_sent() -> None:
    appointment = booked()
    (told,) = written(appointment.patient)
    contacts.save_communication("boavista", told.model_copy(update={"state": "delivered"}))
    moved(appointment)
    assert [one.state for one in written(appointment.patient)] == ["delivered", "queued"]


def test_delivery_that_is_faster_than_the_withdrawal_wins() -> None:
    appointment = booked()
    (told,) = written(appointment.patient)
    claimed = told.model_copy(update={"state": "claimed", "claimed_at": NOW})
    with overtaken(lambda: contacts.save_communication("boavista", claimed)):
        moved(appointment)
    assert [one.state for one in written(appointment.patient)] == ["claimed", "queued"]


def test_a_reminder_that_may_have_arrived_does_not_go_out_again() -> None:
    appointment = booked()
    reminded()
    (reminder,) = written(appointment.patient, "reminder")
    unknown = reminder.model_copy(update={"state": "unknown", "due_at": FIRST + timedelta(minutes=15)})
    contacts.save_communication("boavista", unknown)
    move_appointment("boavista", appointment.id, DAY_LATER, FIRST + timedelta(minutes=5), author="agent:ana")
    (reminder,) = written(appointment.patient, "reminder")
    assert (reminder.state, reminder.due_at) == ("unknown", None)


def test_the_question_about_the_old_time_is_not_open_any_more() -> None:
    appointment = booked()
    reminded()
    assert len(view().questions) == 1
    move_appointment("boavista", appointment.id, DAY_LATER, FIRST, author="agent:ana")
    assert view().questions == ()


def test_to_the_time_that_it_has_nothing_changes() -> None:
    appointment = moved(booked())
    assert moved(appointment) == appointment
    assert len(written(appointment.patient)) == 2


def test_whoever_saw_an_older_version_is_refused() -> None:
    appointment = booked()
    moved(appointment, version=1)
    with pytest.raises(Stale):
        moved(appointment, "2026-12-02T10:00", version=1)


def test_of_two_who_move_the_same_version_at_once_one_is_refused() -> None:
    appointment = booked()
    with overtaken(lambda: moved(appointment, version=1)), pytest.raises(Stale):
        moved(appointment, "2026-12-02T10:00", version=1)
    assert now_is(appointment).local_start == DAY_LATER


def test_of_two_who_move_whatever_version_at_once_the_second_wins_and_both_are_told() -> None:
    appointment = booked()
    with overtaken(lambda: moved(appointment)):
        moved(appointment, "2026-12-02T10:00")
    assert (now_is(appointment).schedule, now_is(appointment).local_start) == (3, "2026-12-02T10:00")
    assert [one.state for one in written(appointment.patient)].count("withdrawn") == 2


def test_a_cancelled_visit_cannot_be_moved() -> None:
    appointment = booked()
    cancel_appointment("boavista", appointment.id, NOW, author="agent:ana")
    with pytest.raises(Conflict):
        moved(appointment)


@pytest.mark.parametrize("start", ["2026-11-23T10:00", "soon"])
def test_a_start_that_cannot_be_is_refused_by_name(start: str) -> None:
    with pytest.raises(Invalid) as refused:
        moved(booked(), start)
    assert refused.value.field == "start"


def test_another_clinics_visit_is_not_found() -> None:
    appointment = booked()
    with pytest.raises(NotFound):
        move_appointment("delsol", appointment.id, DAY_LATER, NOW, author="agent:ana")


def test_a_visit_keeps_the_zone_that_it_was_booked_in() -> None:
    appointment = booked()
    clinic = tenants.get("boavista")
    tenants.save_tenant("boavista", clinic.model_copy(update={"timezone": "America/Manaus"}))
    tenants.forget()
    assert moved(appointment).timezone == "America/Sao_Paulo"


def test_whoever_opted_out_is_not_told() -> None:
    appointment = booked()
    opted_out(appointment.patient)
    moved(appointment)
    assert len(written(appointment.patient)) == 1

"""What is due: exactly one reminder for each visit, schedule and step, whatever fires, and however often."""

from __future__ import annotations

import json
import os
from datetime import timedelta

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.move_appointment import move_appointment
from recado.actions.remind import PAGE, Reminded, remind
from recado.store import appointments, tenants
from recado.store.clients import client
from recado.store.rows import key

from tests.cloud import Cloud
from tests.counter import counted
from tests.visits import (
    FIRST,
    POINT,
    SECOND,
    START,
    booked,
    now_is,
    opted_out,
    overtaken,
    reminded,
    view,
    written,
)

pytestmark = pytest.mark.usefixtures("clinic")
HOUR = timedelta(hours=1)


def test_a_due_reminder_is_written_with_its_question_and_the_row_waits_for_the_next_step() -> None:
    appointment = booked()
    assert remind("boavista", FIRST) == Reminded(1, 1, (), None)
    (message,) = written(appointment.patient, "reminder")
    assert (message.state, message.contact, message.appointment) == ("queued", None, appointment.id)
    assert (message.address, message.at) == (POINT.value, FIRST)
    (question,) = view().questions
    assert (question.subject, question.version) == (appointment.id, 1)
    assert (question.communication, question.patient) == (message.id, appointment.patient)
    assert [one.state for one in now_is(appointment).reminders] == ["sent", "planned", "planned", "planned"]
    assert now_is(appointment).due_at == SECOND


def test_a_step_that_is_younger_than_what_is_remembered_of_its_policy_is_sent(cloud: Cloud) -> None:
    appointment = booked()
    own = {"pk": {"S": key("boavista", "S")}, "sk": {"S": "S"}}
    table, database = os.environ["TENANTS_TABLE"], client("dynamodb")
    row = database.get_item(TableName=table, Key=own)["Item"]
    steps = (one.model_copy(update={"step": f"new-{one.step}"}) for one in appointment.reminders)
    renamed = json.loads(row["body"]["S"])
    for one in renamed["reminders"]["steps"]:
        one["name"] = f"new-{one['name']}"
    database.put_item(TableName=table, Item={**row, "body": {"S": json.dumps(renamed)}})
    appointments.save_appointment(
        "boavista", now_is(appointment).model_copy(update={"reminders": tuple(steps)})
    )
    assert remind("boavista", FIRST).sent == 1


def test_it_is_a_template_in_the_patients_language_whose_buttons_name_the_visit_and_its_schedule() -> None:
    appointment = booked()
    remind("boavista", FIRST)
    (message,) = written(appointment.patient, "reminder")
    assert message.template
    assert (message.template.name, message.template.language) == ("reminder_72h", "pt-BR")
    assert set(message.template.parameters) == {"name", "clinic", "date", "time"}
    assert [one.payload for one in message.buttons] == [
        f"confirm:{appointment.id}:1",
        f"cancel:{appointment.id}:1",
    ]
    assert "Maria Silva" in message.text


def test_it_is_never_sent_once_it_would_be_stale() -> None:
    appointment = booked()
    remind("boavista", FIRST)
    (message,) = written(appointment.patient, "reminder")
    assert message.not_after is not None
    assert FIRST < message.not_after < SECOND


def test_every_step_goes_out_once_however_often_the_clock_fires() -> None:
    appointment = booked()
    third = now_is(appointment).reminders[2].due_at
    for now in (FIRST - HOUR, FIRST, FIRST, FIRST + HOUR, SECOND, SECOND, third, third, START, START + HOUR):
        reminded(now)
    assert [one.at for one in written(appointment.patient, "reminder")] == [FIRST, SECOND, third]
    assert now_is(appointment).due_at is None


def test_two_sweeps_at_once_write_one_reminder() -> None:
    appointment = booked()
    with overtaken(lambda: remind("boavista", FIRST)):
        assert remind("boavista", FIRST).sent == 0
    assert len(written(appointment.patient, "reminder")) == 1


@pytest.mark.parametrize("move_first", [True, False])
def test_a_visit_moved_while_its_reminder_is_due_is_reminded_of_as_it_is_now(move_first: bool) -> None:
    appointment = booked()

    def move() -> None:
        move_appointment("boavista", appointment.id, "2026-12-01T10:00", FIRST, author="agent:ana")

    if move_first:
        with overtaken(move):
            remind("boavista", FIRST)
    else:
        remind("boavista", FIRST)
        move()
    assert [one.state for one in written(appointment.patient, "reminder")] == (
        [] if move_first else ["withdrawn"]
    )
    later = FIRST + timedelta(hours=24, minutes=30)
    remind("boavista", later)
    assert [one.at for one in written(appointment.patient, "reminder") if one.state == "queued"] == [later]
    assert [one.version for one in view().questions] == [2]


def test_a_visit_cancelled_while_its_reminder_is_due_is_not_reminded_of() -> None:
    appointment = booked()
    with overtaken(lambda: cancel_appointment("boavista", appointment.id, FIRST, author="agent:ana")):
        remind("boavista", FIRST)
    assert written(appointment.patient, "reminder") == []


def test_whoever_opted_out_is_not_reminded_and_the_row_says_why() -> None:
    appointment = booked()
    opted_out(appointment.patient)
    assert remind("boavista", FIRST) == Reminded(1, 0, (), None)
    assert written(appointment.patient, "reminder") == []
    assert (now_is(appointment).reminders[0].state, now_is(appointment).reminders[0].reason) == (
        "skipped",
        "opted_out",
    )
    assert now_is(appointment).due_at == SECOND
    assert view().questions == ()


def test_an_opt_out_that_comes_between_is_heeded() -> None:
    appointment = booked()
    with overtaken(lambda: opted_out(appointment.patient)):
        remind("boavista", FIRST)
    assert written(appointment.patient, "reminder") == []


@pytest.mark.parametrize(
    ("late", "states"),
    [
        (timedelta(minutes=6), ["sent", "planned", "planned", "planned"]),
        (timedelta(hours=15), ["skipped", "planned", "planned", "planned"]),
        (timedelta(hours=48), ["skipped", "sent", "planned", "planned"]),
        (timedelta(hours=54), ["skipped", "sent", "planned", "planned"]),
        (timedelta(hours=70, minutes=31), ["skipped", "skipped", "sent", "planned"]),
        (timedelta(hours=71, minutes=30), ["skipped"] * 4),
        (timedelta(hours=72), ["skipped"] * 4),
        (timedelta(days=30), ["skipped"] * 4),
    ],
)
def test_after_an_outage_nothing_stale_goes_out_and_each_step_skipped_says_why(
    late: timedelta, states: list[str]
) -> None:
    appointment = booked()
    remind("boavista", FIRST + late)
    assert [one.state for one in now_is(appointment).reminders] == states
    assert len(written(appointment.patient, "reminder")) == states.count("sent")
    assert all(one.reason for one in now_is(appointment).reminders if one.state == "skipped")


def test_a_sweep_in_the_night_puts_it_off_to_the_morning() -> None:
    appointment = booked(start="2026-11-30T20:00")
    night = FIRST + timedelta(hours=12)
    assert remind("boavista", night).sent == 0
    assert now_is(appointment).due_at == FIRST + timedelta(hours=22, minutes=30)
    assert remind("boavista", FIRST + timedelta(hours=22, minutes=30)).sent == 1


def test_a_change_of_the_tz_database_moves_the_instant_and_keeps_the_wall_time() -> None:
    appointment = booked()
    shifted = {"start": START + HOUR, "tz_version": "2026a"}
    reminders = [one.model_copy(update={"due_at": one.due_at + HOUR}) for one in appointment.reminders]
    older = appointment.model_copy(
        update={**shifted, "reminders": tuple(reminders), "due_at": reminders[0].due_at}
    )
    appointments.save_appointment("boavista", older)
    remind("boavista", FIRST + HOUR)
    current = now_is(appointment)
    assert (current.start, current.local_start) == (START, "2026-11-30T09:30")
    assert current.tz_version == appointment.tz_version
    assert [one.start for one in view().upcoming] == [START]
    assert current.due_at == SECOND


def test_a_change_of_the_tz_database_that_changes_nothing_here_is_only_noted() -> None:
    appointment = booked()
    older = appointment.model_copy(update={"tz_version": "2026a"})
    appointments.save_appointment("boavista", older)
    assert reminded() == ["72h"]
    assert now_is(appointment).tz_version == appointment.tz_version


def test_a_reminder_costs_a_page_of_the_index_its_rows_what_they_had_this_week_and_a_transaction() -> None:
    booked()
    tenants.get("boavista")
    with counted() as calls:
        remind("boavista", FIRST)
    assert calls == ["Query", "BatchGetItem", "Query", "TransactWriteItems"]


def test_when_nothing_is_due_it_costs_one_read() -> None:
    with counted() as calls:
        assert remind("boavista", FIRST) == Reminded(0, 0, (), None)
    assert calls == ["Query"]


def test_a_clinic_with_many_due_is_seen_to_page_by_page() -> None:
    first = booked()
    for number in range(PAGE + 29):
        came_early = {"id": f"0{number}", "version": 0, "status": "arrived"}  # seen to before it, all of them
        appointments.save_appointment("boavista", first.model_copy(update=came_early))
    page = remind("boavista", FIRST)
    assert page.due == PAGE
    assert page.next is not None
    last = remind("boavista", FIRST, page.next)
    assert (last.due, last.next, page.sent + last.sent) == (30, None, 1)
    assert remind("boavista", FIRST).due == 0


def test_one_visit_that_cannot_be_seen_to_does_not_stop_the_others() -> None:
    good, bad = booked(), booked(start="2026-11-30T10:15")
    lost = {"patient": "p-gone", "due_at": FIRST - HOUR}
    appointments.save_appointment("boavista", bad.model_copy(update=lost))
    page = remind("boavista", FIRST + HOUR)
    assert (page.sent, page.failed) == (1, (bad.id,))
    assert len(written(good.patient, "reminder")) == 1
    assert remind("boavista", FIRST + HOUR).failed == (bad.id,)


def test_another_clinics_visits_are_not_touched(clinic: Cloud) -> None:
    appointment = booked()
    assert remind("delsol", FIRST).due == 0
    assert now_is(appointment) == appointment


def test_the_last_reminder_speaks_of_a_visit_that_is_near() -> None:
    appointment = booked()
    remind("boavista", FIRST)
    remind("boavista", SECOND)
    assert [one.template.name for one in written(appointment.patient, "reminder") if one.template] == [
        "reminder_72h",
        "reminder_24h",
    ]
    assert len(view().questions) == 1

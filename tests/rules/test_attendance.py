"""What may become of a visit on its day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from recado.errors import Conflict
from recado.model.appointment import Appointment, AppointmentStatus, Reminder
from recado.rules.appointments import touched
from recado.rules.attendance import REGRET, Outcome, noted, reopened

START = datetime(2026, 11, 30, 12, 30, tzinfo=UTC)
LATER = START + timedelta(minutes=5)


def visit(status: AppointmentStatus = "booked") -> Appointment:
    return Appointment(
        id="a1",
        patient="p1",
        language="pt-BR",
        practitioner="Dra. Costa",
        type="consulta",
        minutes=30,
        start=START,
        local_start="2026-11-30T09:30",
        timezone="America/Sao_Paulo",
        tz_version="2026f",
        status=status,
        reminders=(
            Reminder(step="24h", due_at=START - timedelta(days=1), state="sent"),
            Reminder(step="3h", due_at=START + timedelta(hours=3)),
        ),
        due_at=START + timedelta(hours=3),
        channel="whatsapp",
        account="1",
        address="5511",
        contact_point="phone#+5511",
        created_at=START - timedelta(days=9),
        created_by="agent:ana",
    )


ALLOWED = {
    ("booked", "arrived"),
    ("booked", "fulfilled"),
    ("booked", "noshow"),
    ("arrived", "fulfilled"),
}


@pytest.mark.parametrize("outcome", get_args(Outcome))
@pytest.mark.parametrize("status", get_args(AppointmentStatus))
def test_only_these_states_follow_each_other(status: AppointmentStatus, outcome: Outcome) -> None:
    if (status, outcome) in ALLOWED:
        assert noted(visit(status), outcome, LATER).status == outcome
    else:
        with pytest.raises(Conflict) as caught:
            noted(visit(status), outcome, LATER)
        assert caught.value.field == "status"


def test_nobody_has_missed_a_visit_before_it_begins() -> None:
    with pytest.raises(Conflict):
        noted(visit(), "noshow", START - timedelta(seconds=1))
    assert noted(visit(), "noshow", START).status == "noshow"


def test_whoever_comes_early_has_come_but_not_the_day_before() -> None:
    assert noted(visit(), "arrived", START - timedelta(hours=3)).status == "arrived"
    with pytest.raises(Conflict):
        noted(visit(), "arrived", START - timedelta(hours=13))


def test_nothing_is_left_to_remind_of() -> None:
    after = noted(visit(), "arrived", LATER)
    assert [one.state for one in after.reminders] == ["sent", "cancelled"]
    assert after.due_at is None


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_a_mistake_is_taken_back_within_a_day_and_what_was_planned_is_planned_again(outcome: Outcome) -> None:
    done = touched(noted(visit(), outcome, LATER), outcome, LATER, "agent:ana")
    again = reopened(done, LATER + timedelta(minutes=1))
    assert (again.status, again.reminders, again.due_at) == ("booked", visit().reminders, visit().due_at)
    with pytest.raises(Conflict):
        reopened(done, LATER + REGRET + timedelta(seconds=1))


def test_what_the_patient_made_needless_stays_so_and_what_was_to_follow_follows_no_more() -> None:
    needless = Reminder(step="2h", due_at=START + timedelta(hours=4), state="cancelled", reason="confirmed")
    survey = Reminder(step="survey", due_at=START + timedelta(days=1))
    known = visit().model_copy(update={"reminders": (needless,)})
    done = touched(noted(known, "fulfilled", LATER), "fulfilled", LATER, "agent:ana")
    done = done.model_copy(update={"reminders": (*done.reminders, survey)})
    again = reopened(done, LATER)
    assert (again.reminders, again.due_at) == ((needless,), None)


def test_what_would_be_due_already_is_not_planned_again() -> None:
    done = touched(noted(visit(), "noshow", LATER), "noshow", LATER, "agent:ana")
    again = reopened(done, LATER + timedelta(hours=4))
    assert [one.state for one in again.reminders] == ["sent", "cancelled"]
    assert again.due_at is None


@pytest.mark.parametrize("status", ["booked", "cancelled"])
def test_what_has_no_outcome_has_none_to_take_back(status: AppointmentStatus) -> None:
    with pytest.raises(Conflict):
        reopened(visit(status), LATER)

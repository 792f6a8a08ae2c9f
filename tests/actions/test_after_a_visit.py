"""What follows a visit: steps of the same policy, once it took place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.record_attendance import record_attendance
from recado.actions.remind import remind
from recado.model.appointment import Appointment
from recado.model.policy import Policy, Step
from recado.store import missed, patients, tenants

from tests.visits import START, booked, now_is, written

pytestmark = pytest.mark.usefixtures("clinic")
SEEN = START + timedelta(hours=1)
DUE = START + timedelta(hours=4)


@pytest.fixture
def visit() -> Appointment:
    """One of a clinic that asks four hours later."""
    asks = Step(name="ask", minutes=240, purpose="survey", text="survey_nps")
    clinic = tenants.fresh("boavista")
    policy = Policy(steps=(*Policy().steps, asks))
    tenants.save_tenant("boavista", clinic.model_copy(update={"reminders": policy}))
    tenants.forget()
    return booked()


def seen(visit: Appointment) -> None:
    record_attendance("boavista", visit.id, "fulfilled", SEEN, author="agent:ana")


def test_it_is_planned_when_the_visit_took_place_and_goes_once(visit: Appointment) -> None:
    assert "ask" not in {one.step for one in now_is(visit).reminders}
    seen(visit)
    assert now_is(visit).due_at == DUE
    for minutes in (0, 1, 30):
        remind("boavista", DUE + timedelta(minutes=minutes))
    assert [one.at for one in written(visit.patient, "survey")] == [DUE]


def test_who_did_not_come_is_not_asked_how_it_was(visit: Appointment) -> None:
    record_attendance("boavista", visit.id, "noshow", SEEN, author="agent:ana")
    remind("boavista", DUE)
    assert written(visit.patient, "survey") == []


@pytest.mark.parametrize(
    "changes", [{"opted_out": frozenset({"marketing"})}, {"care_team": "reception"}], ids=["stop", "care"]
)
def test_nor_is_who_does_not_want_it_or_whom_a_team_looks_after(
    visit: Appointment, changes: dict[str, object]
) -> None:
    seen(visit)
    patients.put("boavista", patients.get("boavista", visit.patient).model_copy(update=changes))
    remind("boavista", DUE)
    assert written(visit.patient, "survey") == []
    assert now_is(visit).reminders[-1].reason == "opted_out"


def test_nobody_is_asked_days_later(visit: Appointment) -> None:
    seen(visit)
    remind("boavista", DUE + timedelta(hours=20))
    assert written(visit.patient, "survey") == []
    assert missed.outage("boavista") is None, "and nobody is to be called for it"

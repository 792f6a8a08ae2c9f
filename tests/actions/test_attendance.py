"""The front desk notes who came, and takes it back."""

from __future__ import annotations

from typing import get_args

import pytest
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.record_attendance import record_attendance
from recado.actions.reopen_appointment import reopen_appointment
from recado.errors import Conflict, NotFound, Stale
from recado.model.appointment import Appointment
from recado.model.policy import Step
from recado.model.tenant import Tenant
from recado.rules.attendance import Outcome
from recado.store import agendas, contacts, tenants

from tests.practice import SLOT, opened
from tests.samples import NOW
from tests.visits import FIRST, MARIA, START, booked, now_is, overtaken, reminded, view, written

pytestmark = pytest.mark.usefixtures("clinic")

every_outcome = pytest.mark.parametrize("outcome", get_args(Outcome))


def noted(visit: Appointment, outcome: Outcome = "arrived", version: int | None = None) -> Appointment:
    return record_attendance("boavista", visit.id, outcome, START, author="agent:ana", version=version)


@every_outcome
def test_what_became_of_a_visit_is_in_its_history(outcome: Outcome) -> None:
    visit = booked()
    after = noted(visit, outcome)
    assert now_is(visit) == after
    assert after.status == outcome
    assert (after.history[-1].what, after.history[-1].by, after.history[-1].at) == (
        outcome,
        "agent:ana",
        START,
    )


@every_outcome
def test_noted_twice_it_is_noted_once(outcome: Outcome) -> None:
    visit = booked()
    once = noted(visit, outcome)
    assert noted(visit, outcome) == once


def test_a_visit_that_is_not_to_come_is_not_shown_as_such_and_asks_nothing() -> None:
    visit = booked()
    reminded()
    assert (len(view().upcoming), len(view().questions)) == (1, 1)
    noted(visit)
    assert (view().upcoming, view().questions) == ((), ())


def test_what_was_written_and_not_sent_is_withdrawn() -> None:
    visit = booked()
    noted(visit, "fulfilled")
    assert [one.state for one in written(visit.patient)] == ["withdrawn"]
    assert contacts.timeline("boavista", visit.patient)[0]


def test_a_mistake_taken_back_is_a_visit_to_come_again() -> None:
    visit = booked()
    noted(visit, "noshow")
    after = reopen_appointment("boavista", visit.id, START, author="agent:ana")
    assert now_is(visit) == after
    assert (after.status, after.history[-1].what) == ("booked", "reopened")
    assert [one.appointment for one in view().upcoming] == [visit.id]
    assert reopen_appointment("boavista", visit.id, START, author="agent:ana") == after


def test_a_cancelled_visit_has_no_outcome() -> None:
    visit = booked()
    cancel_appointment("boavista", visit.id, FIRST, author="agent:ana")
    with pytest.raises(Conflict):
        noted(visit)
    with pytest.raises(Conflict):
        reopen_appointment("boavista", visit.id, START, author="agent:ana")


def test_an_agent_who_saw_another_version_is_told() -> None:
    visit = booked()
    noted(visit)
    with pytest.raises(Stale):
        noted(visit, "fulfilled", version=1)
    with pytest.raises(Stale):
        reopen_appointment("boavista", visit.id, START, author="agent:ana", version=1)


def test_a_visit_of_nobody_is_not_found() -> None:
    visit = booked()
    with pytest.raises(NotFound):
        record_attendance("delsol", visit.id, "arrived", START, author="agent:lucia")


def test_of_two_who_say_otherwise_at_once_the_second_is_refused() -> None:
    visit = booked()
    with overtaken(lambda: noted(visit, "noshow")), pytest.raises(Conflict):
        noted(visit, "arrived")
    assert now_is(visit).status == "noshow"


@every_outcome
def test_a_visit_keeps_its_time_whatever_became_of_it(outcome: Outcome) -> None:
    opened()
    visit = book("boavista", MARIA, SLOT, NOW, author="agent:ana")
    noted(visit, outcome)
    (kept,) = agendas.get("boavista", "helena", START.date()).taken
    assert kept.by == visit.id


def test_what_follows_a_visit_is_planned_when_it_took_place_and_not_when_that_was_a_mistake() -> None:
    survey = Step(name="survey", minutes=24 * 60, purpose="survey", text="booked")
    tenants.save_tenant("boavista", followed_by(survey))
    tenants.forget()
    visit = booked()
    assert "survey" not in planned(visit)
    noted(visit, "arrived")
    assert planned(visit) == []
    noted(visit, "fulfilled")
    assert planned(visit) == ["survey"]
    reopen_appointment("boavista", visit.id, START, author="agent:ana")
    assert planned(visit) == []


def followed_by(step: Step) -> Tenant:
    clinic = tenants.get("boavista")
    policy = clinic.reminders.model_copy(update={"steps": (step,)})
    return clinic.model_copy(update={"reminders": policy})


def planned(visit: Appointment) -> list[str]:
    return [one.step for one in now_is(visit).reminders if one.state == "planned"]

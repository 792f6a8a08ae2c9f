"""A clinic compares two policies: drafted, started, stopped; and each visit goes by its patient's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.draft_experiment import Idea, draft_experiment
from recado.actions.start_experiment import start_experiment, stop_experiment
from recado.actions.weigh_experiment import weigh_experiment
from recado.errors import Conflict, Invalid, Stale
from recado.model.experiment import Estimate, Experiment
from recado.model.policy import Policy, Step
from recado.rules.experiments import arm_of
from recado.store import appointments, experiments

from tests.samples import NOW
from tests.visits import booked

pytestmark = pytest.mark.usefixtures("clinic", "provider")

TRIED = Policy(steps=(Step(name="48h", minutes=-48 * 60),))
ENOUGH = Estimate(kept=0.8, a_week=100, patients=900, weeks=9)


def drafted(estimate: Estimate = ENOUGH) -> Experiment:
    """One, as if the clinic had so many patients."""
    made = draft_experiment("boavista", Idea("48 h", TRIED, 0.05), NOW, author="role:admin")
    return experiments.put("boavista", made.model_copy(update={"estimate": estimate}))


def started() -> Experiment:
    return start_experiment("boavista", drafted().id, NOW, author="role:admin")


def test_before_it_is_started_it_says_what_it_would_take() -> None:
    made = draft_experiment("boavista", Idea("48 h", TRIED, 0.05), NOW, author="role:admin")
    assert (made.state, made.estimate.weeks, made.estimate.a_week) == ("draft", None, 0.0)
    with pytest.raises(Conflict):
        start_experiment("boavista", made.id, NOW, author="role:admin")


def test_a_policy_that_could_not_be_the_clinics_is_none_to_be_tried() -> None:
    wrong = Policy(steps=(Step(name="48h", minutes=-48 * 60, channels=("pigeon",)),))
    with pytest.raises(Invalid):
        draft_experiment("boavista", Idea("48 h", wrong, 0.05), NOW, author="role:admin")


def test_each_visit_is_reminded_of_by_its_patients_policy_until_it_is_over() -> None:
    one = started()
    visit = booked(now=NOW + timedelta(minutes=2))
    expected = {"tried": ["48h"], "usual": ["72h", "24h", "3h", "call"]}
    assert [step.step for step in visit.reminders] == expected[arm_of("boavista", one.id, visit.patient)]
    stop_experiment("boavista", one.id, NOW + timedelta(minutes=3), author="role:admin")
    later = booked(start="2026-12-01T09:30", now=NOW + timedelta(minutes=5))
    assert [step.step for step in later.reminders] == expected["usual"]


def test_one_runs_at_a_time() -> None:
    one, other = started(), drafted()
    with pytest.raises(Conflict):
        start_experiment("boavista", other.id, NOW, author="role:admin")
    stop_experiment("boavista", one.id, NOW, author="role:admin")
    assert start_experiment("boavista", other.id, NOW, author="role:admin").state == "running"


def test_of_two_that_are_started_at_once_one_is() -> None:
    first, second = (
        one.model_copy(update={"state": "running", "started_at": NOW}) for one in (drafted(), drafted())
    )
    experiments.start("boavista", first)
    with pytest.raises(Stale):
        experiments.start("boavista", second)
    assert [one.state for one in experiments.listing("boavista")].count("running") == 1


def test_who_has_seen_an_older_version_changes_nothing() -> None:
    one = started()
    with pytest.raises(Stale):
        stop_experiment("boavista", one.id, NOW, author="role:admin", version=1)


def test_what_came_of_it_is_counted_by_arm() -> None:
    one = started()
    visit = booked(now=NOW + timedelta(minutes=1))
    appointments.save_appointment(
        "boavista", appointments.get("boavista", visit.id).model_copy(update={"status": "fulfilled"})
    )
    _, found = weigh_experiment("boavista", one.id, NOW + timedelta(days=8))
    arm = found.tried if arm_of("boavista", one.id, visit.patient) == "tried" else found.usual
    assert (arm.patients, arm.kept, arm.missed, found.enough) == (1, 1, 0, False)

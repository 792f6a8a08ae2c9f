"""An experiment assigns by lot, says beforehand what it takes, and afterwards what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Conflict, Invalid
from recado.model.appointment import Appointment
from recado.model.experiment import Estimate, Experiment
from recado.model.policy import Policy, Step
from recado.rules import experiments as rules

from tests.samples import NOW

SHORT = Policy(steps=(Step(name="3h", minutes=-180),), quiet_from="22:00")
ONE = Experiment(
    id="x1",
    name="Short",
    policy=SHORT,
    difference=0.05,
    estimate=Estimate(kept=0.8, a_week=10, patients=4, weeks=1),
    created_at=NOW,
    created_by="role:admin",
)
RUNNING = ONE.model_copy(update={"state": "running", "started_at": NOW})


def visit(patient: str, status: str = "fulfilled", after: int = 1, number: int = 0) -> Appointment:
    """A visit that was booked so many hours after the experiment began."""
    booked = NOW + timedelta(hours=after)
    return Appointment.model_validate(
        {
            "id": f"a{patient}{number}", "patient": patient, "language": "ca", "practitioner": "", "type": "",
            "minutes": 30, "start": NOW + timedelta(days=9), "local_start": "2026-12-02T09:30",
            "timezone": "Europe/Madrid", "tz_version": "2026b", "channel": "sms", "account": "1",
            "address": "", "contact_point": "", "created_at": booked, "created_by": "agent:ana",
            "status": status,
        }
    )  # fmt: skip


def patients(arm: str, how_many: int) -> list[str]:
    """Some who are in this arm."""
    names = (f"p{number}" for number in range(10_000))
    return [one for one in names if rules.arm_of("t", "x1", one) == arm][:how_many]


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_patient_stays_in_their_arm(experiment: str, patient: str) -> None:
    assert rules.arm_of("t", experiment, patient) == rules.arm_of("t", experiment, patient)


@given(st.text("abcdef0123456789", min_size=4, max_size=20))
def test_the_arms_are_balanced_whatever_the_experiment(experiment: str) -> None:
    tried = sum(rules.arm_of("t", experiment, f"p{number}") == "tried" for number in range(2_000))
    # Five standard deviations of a fair coin.
    assert abs(tried - 1_000) < 5 * 22.4


def test_experiments_and_clinics_draw_lots_of_their_own() -> None:
    everybody = [f"p{number}" for number in range(2_000)]
    first, other, elsewhere = (
        [rules.arm_of(tenant, one, each) for each in everybody]
        for tenant, one in (("t", "x1"), ("t", "x2"), ("u", "x1"))
    )
    for lot in (other, elsewhere):
        agreed = sum(a == b for a, b in zip(first, lot, strict=True))
        assert abs(agreed - 1_000) < 5 * 22.4


def test_only_steps_and_words_are_the_experiments() -> None:
    usual = Policy(quiet_from="20:00")
    (tried,), (as_ever,) = patients("tried", 1), patients("usual", 1)
    policy = rules.policy_for("t", usual, [RUNNING], visit(tried))
    assert (policy.steps, policy.quiet_from) == (SHORT.steps, "20:00")
    assert rules.policy_for("t", usual, [RUNNING], visit(as_ever)) == usual


def test_visits_of_before_and_after_it_and_of_other_types_go_as_usual() -> None:
    usual, (tried,) = Policy(), patients("tried", 1)
    over = RUNNING.model_copy(update={"state": "stopped", "stopped_at": NOW + timedelta(hours=5)})
    of_type = RUNNING.model_copy(update={"type_id": "first"})
    assert rules.policy_for("t", usual, [RUNNING], visit(tried, after=-1)) == usual
    assert rules.policy_for("t", usual, [over], visit(tried, after=6)) == usual
    assert rules.policy_for("t", usual, [over], visit(tried, after=4)) != usual
    assert rules.policy_for("t", usual, [of_type], visit(tried)) == usual
    assert rules.policy_for("t", usual, [ONE], visit(tried)) == usual


@pytest.mark.parametrize(
    ("usual", "difference", "expected"),
    [(0.8, 0.03, 2626), (0.77, 0.05, 1020), (0.9, 0.02, 3205), (0.5, 0.1, 388), (0.8, -0.03, 2941)],
)
def test_how_many_it_takes_is_what_statsmodels_says(usual: float, difference: float, expected: int) -> None:
    """statsmodels 0.15, NormalIndPower().solve_power(proportion_effectsize(…), alpha=.05, power=.8)."""
    assert rules.needed(usual, difference) == expected


def test_more_than_all_cannot_come() -> None:
    with pytest.raises(Invalid) as refused:
        rules.needed(0.98, 0.05)
    assert refused.value.field == "difference"


def test_weeks_follow_from_how_many_patients_come() -> None:
    many = [visit(f"p{number}", "noshow" if number % 5 == 0 else "fulfilled") for number in range(800)]
    found = rules.estimate(many, 0.05)
    assert (found.a_week, found.patients) == (100.0, 2 * rules.needed((640 + 1) / 802, 0.05))
    assert found.weeks == -(-found.patients // 100)
    assert rules.estimate([*many, *many], 0.05).a_week == 100.0
    assert rules.estimate([], 0.05).weeks is None


def test_what_would_take_years_is_not_started() -> None:
    years = ONE.model_copy(update={"estimate": rules.estimate([visit("p1")], 0.05)})
    with pytest.raises(Conflict):
        rules.started(years, NOW, "role:admin", another=False)


def test_one_runs_at_a_time_and_once() -> None:
    running = rules.started(ONE, NOW, "role:admin", another=False)
    over = rules.stopped(running, NOW, "role:admin")
    for one, another in ((ONE, True), (running, False), (over, False)):
        with pytest.raises(Conflict):
            rules.started(one, NOW, "role:admin", another=another)
    with pytest.raises(Conflict):
        rules.stopped(over, NOW, "role:admin")


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.05243147, 0.33387265),
        ((9, 10, 3, 10), 0.17052272, 0.80901797),
        ((10, 10, 0, 20), 0.67908604, 1.0),
        ((410, 500, 380, 500), 0.00948403, 0.11019692),
    ],
)
def test_the_interval_is_newcombes(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    """statsmodels 0.15, confint_proportions_2indep(…, method="newcomb"); the first is Newcombe's."""
    found = rules.difference(*counts)
    assert found is not None
    assert found.low == pytest.approx(low, abs=1e-6)
    assert found.high == pytest.approx(high, abs=1e-6)


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 50), st.integers(1, 50))
def test_an_interval_holds_the_difference_and_turns_with_it(
    one: int, of: int, other: int, of_other: int
) -> None:
    ones, others = min(one, of), min(other, of_other)
    there, back = rules.difference(ones, of, others, of_other), rules.difference(others, of_other, ones, of)
    assert there is not None
    assert back is not None
    assert -1 - 1e-9 <= there.low <= there.of + 1e-9
    assert there.of - 1e-9 <= there.high <= 1 + 1e-9
    assert there.low == pytest.approx(-back.high)
    assert there.high == pytest.approx(-back.low)


def test_everybody_counts_in_the_arm_of_their_lot_by_their_first_visit() -> None:
    first, second = patients("tried", 2)
    other = patients("usual", 1)[0]
    found = rules.results(
        "t",
        RUNNING,
        [
            visit(first, "noshow", after=2),
            visit(first, "fulfilled", after=9, number=1),
            visit(second, "cancelled"),
            visit(other, "arrived"),
            visit(other, "noshow", after=-5, number=1),
        ],
    )
    assert found.tried == rules.Shares(patients=2, kept=0, missed=1)
    assert found.usual == rules.Shares(patients=1, kept=1, missed=0)
    assert found.kept is not None
    assert found.kept.of == -1
    assert not found.enough


def test_whoevers_first_visit_is_still_to_come_is_not_counted_yet() -> None:
    (one,) = patients("tried", 1)
    found = rules.results("t", RUNNING, [visit(one, "booked"), visit(one, "fulfilled", after=3, number=1)])
    assert (found.tried.patients, found.kept) == (0, None)


def test_it_is_enough_when_as_many_came_as_were_planned() -> None:
    some = [visit(one) for one in (*patients("tried", 2), *patients("usual", 2))]
    assert rules.results("t", RUNNING, some).enough
    assert not rules.results("t", RUNNING, some[1:]).enough

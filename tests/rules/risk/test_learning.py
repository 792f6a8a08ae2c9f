"""A clinic's model begins with what is believed, and comes to what is so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.rules.risk import prior
from recado.rules.risk.calibrating import area, brier, calibrate
from recado.rules.risk.learning import learn
from recado.rules.risk.scoring import calibrated, score, untaught
from recado.rules.risk.shares import odds_of
from recado.rules.risk.visits import Visit

from tests.rules.risk.histories import MONDAY, NOW, history, visit


def chance(model_of: list[Visit], own: Visit, *others: Visit) -> float:
    return score(learn(model_of, MONDAY, NOW), own, others, NOW).probability


def test_without_a_history_it_is_what_is_believed() -> None:
    model, before = learn([], MONDAY, NOW), untaught()
    assert (model.intercept, model.weights) == (before.intercept, before.weights)
    assert (model.visits, model.trial, model.typical) == (0, None, {})


def test_before_any_history_long_leads_and_missed_visits_are_risks_and_age_is_none() -> None:
    today, soon, far = (chance([], visit(lead=lead)) for lead in (0, 5, 30))
    assert today < soon < far < 0.5
    assert chance([], visit(), visit(number=1, day=MONDAY - timedelta(days=9), came=False)) > soon
    assert chance([], visit(age=25)) > soon > chance([], visit(age=70))


def test_a_few_visits_change_little_and_many_are_believed() -> None:
    """Who books for the same day seldom misses it, it is believed; here they do half the time."""
    so = history(100, 30, same_day=0.5)
    none, few, many = (chance(visits, visit(lead=0, patient="new")) for visits in ([], so[-10:], so))
    assert none < few < 0.3
    assert many == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize(("patient", "lead", "so"), [("new", 0, 0.1), ("new", 10, 0.24)])
def test_with_much_history_it_says_what_is_so(patient: str, lead: int, so: float) -> None:
    """Of whom nothing is known, one in ten misses 60 % of their visits."""
    assert chance(history(150, 30), visit(patient=patient, lead=lead)) == pytest.approx(so, abs=0.07)


def test_its_trial_is_on_visits_that_it_had_not_seen_and_is_better_than_always_the_same() -> None:
    trial = learn(history(100, 30), MONDAY, NOW).trial
    assert trial is not None
    assert trial.visits == 600
    assert trial.brier < trial.plain
    assert trial.area is not None
    assert trial.area > 0.6


def test_too_short_a_trial_changes_no_probability() -> None:
    model = learn(history(10, 10), MONDAY, NOW)
    assert (model.trial, model.calibration.shift, model.calibration.stretch) == (None, 0, 1)


def test_reasons_are_what_is_unusual_the_most_telling_first() -> None:
    model = learn(history(100, 30), MONDAY, NOW)
    missed = [visit(number=n, day=MONDAY - timedelta(days=n), came=False) for n in range(1, 5)]
    told = score(model, visit(lead=10), missed, NOW)
    assert told.reasons[0].feature.startswith("patient")
    assert told.reasons[0].moves > 0
    assert score(model, visit(lead=0), [], NOW).reasons[0].moves < 0


def test_a_prediction_says_what_it_came_from() -> None:
    model = learn(history(30, 10), MONDAY, NOW).model_copy(update={"version": 7, "high_from": 0.01})
    told = score(model, visit(), [], NOW)
    assert (told.model, told.definition, told.calibration) == (7, model.definition, model.calibration)
    assert told.features["lead"] == "5"
    assert (told.high, told.age, told.at) == (True, 40, NOW)


def test_learning_again_from_the_same_visits_in_another_order_gives_the_same() -> None:
    visits = history(20, 10)
    assert learn(visits, MONDAY, NOW) == learn(visits[::-1], MONDAY, NOW)


def test_nothing_but_shares_and_bins_of_what_is_stated_has_a_weight_before() -> None:
    assert all(-1 <= weight <= 1 for weight in prior.weights().values())


def test_calibration_makes_too_bold_a_model_modest_and_keeps_the_order() -> None:
    bold = [odds_of(0.05)] * 500 + [odds_of(0.9)] * 500
    missed = [n % 5 == 0 for n in range(500)] + [n % 2 == 0 for n in range(500)]
    found = calibrate(bold, missed)
    assert calibrated(found, bold[0]) == pytest.approx(0.2, abs=0.03)
    assert calibrated(found, bold[-1]) == pytest.approx(0.5, abs=0.03)


def test_the_area_is_the_chance_that_a_missed_visit_is_put_first() -> None:
    said, missed = [0.1, 0.4, 0.4, 0.8, 0.2], [False, True, False, True, False]
    both = list(zip(said, missed, strict=True))
    pairs = [(one, other) for one, was in both if was for other, came_not in both if not came_not]
    expected = sum(1.0 if one > other else 0.5 if one == other else 0.0 for one, other in pairs) / len(pairs)
    assert area(said, missed) == pytest.approx(expected, abs=1e-4)
    assert area([0.1, 0.2], [True, True]) is None
    assert brier([0.0, 1.0], [False, True]) == 0


def test_one_visit_in_five_is_at_risk() -> None:
    visits = history(100, 30)
    model, later = learn(visits, MONDAY, NOW), visits[-600:]
    high = [score(model, one, [each for each in visits if each.patient == one.patient], NOW) for one in later]
    assert sum(one.high for one in high) / len(high) == pytest.approx(0.2, abs=0.06)

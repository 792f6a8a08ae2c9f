"""Who may be leaving, by what the clinic can still make good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from recado.model.outcomes import AttemptFact, Pursuit
from recado.model.survey import Survey
from recado.rules.churn import LONG, Sign, gathered, may_be_asked, signs, stays, worst_first

from tests.rules.test_segments import patient, seen
from tests.samples import NOW

DAYS = timedelta(days=1)
SINCE = NOW - 3 * DAYS
SOON = timedelta(hours=1)


def missed(**changes: Any) -> Pursuit:
    return Pursuit.model_validate({"patient": "p1", "kind": "call", "since": SINCE, **changes})


def tried(after: timedelta) -> tuple[AttemptFact, ...]:
    return (AttemptFact(at=SINCE + after, outcome="no_answer"),)


def answered(score: int | None, patient: str = "p1", kind: str = "nps") -> Survey:
    known = {"id": "v1", "language": "ca", "day": "2026-11-24", "channel": "sms", "contact_point": "phone#+1"}
    told = {"kind": kind, "patient": patient, "score": score, "asked_at": SINCE, "answered_at": NOW}
    return Survey.model_validate(known | told | {"contact": "c1"})


@pytest.mark.parametrize(
    ("pursuit", "reason"),
    [
        (missed(), "unanswered"),
        (missed(since=NOW - LONG), None),
        (missed(attempts=tried(LONG)), None),
        (missed(attempts=tried(LONG + SOON)), "waited_long"),
        (missed(answered_at=SINCE + 2 * DAYS), "waited_long"),
        (missed(attempts=tried(SOON), answered_at=SINCE + 2 * DAYS), None),
        (missed(answered_at=SINCE - SOON), "unanswered"),
        (missed(ended_at=SINCE + SOON), None),
        (missed(ended_at=SINCE + 2 * DAYS), "waited_long"),
        (missed(attempts=tried(SOON), ended="unreachable"), "unreachable"),
        (missed(attempts=tried(2 * DAYS), ended="declined"), None),
        (missed(ended="booked"), None),
        (missed(ended="reached", ended_at=SINCE + 2 * DAYS), "waited_long"),
    ],
)
def test_whom_the_clinic_could_not_reach_in_time(pursuit: Pursuit, reason: str | None) -> None:
    found = signs([pursuit], [], NOW)
    assert [sign.reason for sign in found.get("p1", ())] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("survey", "low"),
    [
        (answered(6), True),
        (answered(7), False),
        (answered(2, kind="csat"), True),
        (answered(3, kind="csat"), False),
        (answered(None), False),
        (answered(0, patient=""), False),
    ],
)
def test_who_was_not_content(survey: Survey, *, low: bool) -> None:
    assert signs([], [survey], NOW) == ({"p1": {Sign(NOW, "low_score", "c1")}} if low else {})


def test_confirmed_records_of_a_person_are_one_and_the_latest_sign_comes_first() -> None:
    found = signs([missed(patient="p2"), missed(patient="p3")], [answered(1)], NOW)
    low, alone = Sign(NOW, "low_score", "c1"), Sign(SINCE, "unanswered")
    assert gathered(found, {"p1": "p1", "p2": "p1", "p3": "p3"}) == {"p1": (low, alone), "p3": (alone,)}
    assert gathered(found, {"p2": "p2"}) == {"p2": (alone,)}, "the others are no more"


def test_who_has_most_reasons_comes_first_then_whose_are_the_latest() -> None:
    late, early = Sign(NOW, "unanswered"), Sign(SINCE, "unanswered")
    twice = (early, Sign(SINCE - DAYS, "unanswered"))
    both = (early, Sign(SINCE, "low_score"))
    assert worst_first({"p1": twice, "p2": (late,), "p3": both}) == ["p3", "p2", "p1"]


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ({}, True),
        ({"kind": "lead"}, True),
        ({"kind": "household"}, False),
        ({"kind": "caregiver"}, False),
        ({"opted_out": ["care"]}, False),
    ],
)
def test_who_may_be_asked_back(known: dict[str, Any], *, asked: bool) -> None:
    assert may_be_asked(patient(**known)) is asked


@pytest.mark.parametrize(
    ("status", "days_ago", "stayed"),
    [
        ("booked", -9, True),
        ("cancelled", -9, False),
        ("fulfilled", 2, True),
        ("fulfilled", 4, False),
        ("noshow", 2, False),
        ("booked", 2, True),
    ],
)
def test_who_has_come_since_or_is_to_come_stays(status: str, days_ago: int, *, stayed: bool) -> None:
    assert stays((Sign(SINCE, "unanswered"),), [seen(days_ago, status)]) is stayed

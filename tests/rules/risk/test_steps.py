"""A step for visits at risk goes to those, and takes nobody else's place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from recado.model.policy import Policy, Step
from recado.rules.plans import Frame, judge, plan

START = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
POLICY = Policy(
    steps=(Step(name="24h", minutes=-24 * 60), Step(name="extra", minutes=-20 * 60, only="at_risk"))
)
PLANNED = plan(POLICY, POLICY.steps, Frame(START, "UTC"), START - timedelta(days=5))


def states(now: datetime, *, at_risk: bool, confirmed: bool = False) -> list[tuple[str, str | None]]:
    frame = Frame(START, "UTC", at_risk=at_risk, confirmed=confirmed)
    return [(one.state, one.reason) for one in judge(POLICY, PLANNED, frame, now).steps]


@pytest.mark.parametrize(
    ("at_risk", "confirmed", "expected"),
    [
        (True, False, [("skipped", "next_step"), ("sent", None)]),
        (False, False, [("sent", None), ("skipped", "low_risk")]),
        (True, True, [("sent", None), ("cancelled", "confirmed")]),
    ],
)
def test_it_goes_to_who_has_not_confirmed_a_visit_at_risk(
    at_risk: bool, confirmed: bool, expected: list[tuple[str, str | None]]
) -> None:
    assert states(START - timedelta(hours=19), at_risk=at_risk, confirmed=confirmed) == expected

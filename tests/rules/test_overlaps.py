"""Whether somebody would be in two places at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.model.appointment import Appointment
from recado.rules.overlaps import is_busy

from tests.rules.test_reminders import visit
from tests.samples import NOW


def _visit(**changes: object) -> Appointment:
    """Half an hour."""
    return visit(NOW).model_copy(update={"minutes": 30, **changes})


@pytest.mark.parametrize(
    ("later", "minutes", "busy"),
    [(-30, 30, False), (-30, 31, True), (-1, 5, True), (0, 30, True), (29, 1, True), (30, 30, False)],
)
def test_two_visits_that_only_touch_are_not_at_once(later: int, minutes: int, busy: bool) -> None:
    one = _visit()
    assert is_busy([one], one.start + timedelta(minutes=later), minutes) is busy


@pytest.mark.parametrize(
    ("status", "busy"), [("booked", True), ("arrived", True), ("cancelled", False), ("noshow", False)]
)
def test_what_is_not_to_be_is_in_nobodys_way(status: str, busy: bool) -> None:
    one = _visit(status=status)
    assert is_busy([one], one.start, 30) is busy


def test_a_visit_that_is_moved_is_not_in_its_own_way() -> None:
    one = _visit()
    assert not is_busy([one], one.start, 30, but=one.id)

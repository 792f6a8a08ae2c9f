"""K25: what a recall brings."""

from __future__ import annotations

from recado.rules import kpi_campaigns as kpi
from recado.rules.figures import Figure, Part
from recado.rules.kpi_campaigns import Recalled

from tests.rules.test_kpi_authorisations import issued
from tests.samples import later

BOOKED = issued(booked_at=later(days=3))
LATE = issued(booked_at=later(days=31))
NOT = issued()
HELD_OUT = issued(state="held_out")
AND_BOOKED = issued(state="held_out", booked_at=later(days=3))


def test_it_is_what_was_booked_beyond_what_is_booked_anyway() -> None:
    found = kpi.recall_conversion(
        Recalled([BOOKED, BOOKED, LATE, NOT, HELD_OUT, HELD_OUT, HELD_OUT, AND_BOOKED], later(days=40))
    )
    assert (found.value, found.n) == (0.25, 8)
    assert (found.parts["treated"], found.parts["control"]) == (Part(0.5, 4), Part(0.25, 4))
    assert (found.parts["low"].value or 0) < 0.25 < (found.parts["high"].value or 0)


def test_without_a_control_group_it_is_the_share_that_was_booked() -> None:
    found = kpi.recall_conversion(Recalled([BOOKED, NOT, NOT, NOT], later(days=40)))
    assert (found.value, found.n, found.parts["control"]) == (0.25, 4, Part(None, 0))


def test_whose_thirty_days_are_not_over_does_not_count_yet() -> None:
    found = kpi.recall_conversion(Recalled([BOOKED, NOT], later(days=29)))
    assert found == Figure(None, 0, {"open": Part(1.0, 2)})

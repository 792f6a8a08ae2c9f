"""K29: how soon somebody is seen, and who is helped out of hours."""

from __future__ import annotations

from datetime import timedelta

from recado.model.outcomes import Outcomes
from recado.model.schedule import Taken
from recado.rules import kpi_access as kpi
from recado.rules.figures import Part
from recado.rules.kpi_access import Access, Wait, wait

from tests.practice import CONSULTA, morning
from tests.samples import BOAVISTA, NOW, later

SPAN = (NOW, later(days=62))
"""NOW is a Monday, 11:00 there; the mornings end at 12:00."""


def test_the_third_free_time_is_counted_in_days_of_the_calendar() -> None:
    """Today 11:30 is left, tomorrow 09:00 and 09:30."""
    assert wait(BOAVISTA, morning("helena"), CONSULTA, [], SPAN) == Wait("helena", "consulta", 1)


def test_what_is_taken_is_not_free() -> None:
    taken = [Taken(by="v1", begins=NOW, ends=later(days=2))]
    assert wait(BOAVISTA, morning("helena"), CONSULTA, taken, SPAN).days == 3


def test_a_hold_that_has_lapsed_takes_nothing() -> None:
    held = [Taken(by="o1", begins=NOW, ends=later(days=2), until=NOW - timedelta(minutes=1))]
    assert wait(BOAVISTA, morning("helena"), CONSULTA, held, SPAN).days == 1


def test_who_has_no_third_free_time_is_in_no_average() -> None:
    waits = [Wait("helena", "a", 1), Wait("caio", "a", 4), Wait("caio", "b", None)]
    found = kpi.third_next_available(Access(waits, Outcomes()))
    assert (found.value, found.n) == (2.5, 2)
    assert found.parts == {"a": Part(2.5, 2), "b": Part(None, 0), "none": Part(1, 3)}


def test_a_clinic_without_schedules_has_no_wait() -> None:
    assert kpi.third_next_available(Access([], Outcomes()))[:2] == (None, 0)


def test_out_of_hours_is_of_who_came_then() -> None:
    given = Access([], Outcomes(after_hours=4, after_hours_served=3))
    assert kpi.after_hours_rate(given)[:2] == (0.75, 4)

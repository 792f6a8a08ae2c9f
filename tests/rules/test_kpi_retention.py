"""K26: who comes back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from recado.rules import kpi_retention as kpi
from recado.rules.figures import Figure, Part

from tests.rules.test_kpi_visits import fact
from tests.samples import NOW, later

DAY = timedelta(days=1)
NEXT_YEAR = later(days=400)


def kept(*visits: Visit, now: datetime = NEXT_YEAR, people: Mapping[str, str] | None = None) -> Figure:
    """The period is NOW's day."""
    facts = [fact(one.patient, start=NOW + one.after, status=one.status) for one in visits]
    return kpi.retention(kpi.seen(facts, people or {}, NOW, NOW + DAY, now))


class Visit(NamedTuple):
    """So long after NOW."""

    patient: int
    after: timedelta
    status: str = "fulfilled"


FIRST = Visit(1, timedelta())


def test_who_is_seen_again_within_a_year_has_come_back() -> None:
    assert kept(FIRST, Visit(1, 365 * DAY), Visit(2, timedelta()))[:2] == (0.5, 2)
    assert kept(FIRST, Visit(1, 366 * DAY))[:2] == (0.0, 1)


def test_a_visit_that_did_not_take_place_brings_nobody_back() -> None:
    assert kept(FIRST, Visit(1, 30 * DAY, "noshow"), Visit(1, 40 * DAY, "booked"))[:2] == (0.0, 1)
    assert kept(Visit(1, timedelta(), "noshow"), Visit(1, 30 * DAY))[:2] == (None, 0)


def test_two_visits_of_one_day_are_one_journey() -> None:
    assert kept(FIRST, Visit(1, timedelta(hours=2)))[:2] == (0.0, 1)


def test_whose_year_is_not_over_is_judged_once_they_are_back() -> None:
    found = kept(FIRST, Visit(2, timedelta()), Visit(2, 30 * DAY), now=NOW + 60 * DAY)
    assert found == (1.0, 1, {"so_far": Part(0.5, 2)})


def test_who_came_back_under_another_record_is_the_same_person() -> None:
    people = {"p1": "root", "p2": "root"}
    assert kept(FIRST, Visit(2, 30 * DAY), people=people)[:2] == (1.0, 1)

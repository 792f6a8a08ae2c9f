"""K20-K23, of visits' facts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.visit_fact import VisitFact
from recado.rules import kpi_visits as kpi
from recado.rules.figures import Part
from recado.rules.kpi_visits import Visits

from tests.samples import NOW, later

WEEK_AGO = NOW - timedelta(days=7)


def fact(n: int = 1, **more: Any) -> VisitFact:
    return VisitFact.model_validate(
        {
            "appointment": f"v{n}",
            "schedule": 1,
            "version": 1,
            "patient": f"p{n}",
            "channel": "whatsapp",
            "practitioner": "helena",
            "day": "2026-11-23",
            "start": NOW,
            "minutes": 30,
            "put_at": WEEK_AGO,
            "status": "booked",
            **more,
        }
    )


def off(n: int, before: timedelta, **more: Any) -> VisitFact:
    return fact(n, status="cancelled", off_at=NOW - before, **more)


def of(*facts: VisitFact, reminded: tuple[str, ...] = ()) -> Visits:
    return Visits(facts, facts, frozenset(reminded))


def test_only_what_has_begun_in_the_period_counts() -> None:
    facts = [fact(1), fact(2, start=later(hours=1)), fact(3, start=later(hours=3)), fact(4, start=WEEK_AGO)]
    found = kpi.begun(facts, NOW, later(hours=4), later(hours=2))
    assert [one.appointment for one in found] == ["v1", "v2"]


def test_coverage_is_of_visits_that_could_be_reminded_of() -> None:
    """Neither who called off, nor who booked on the day before or later, nor a time that was given up."""
    given = of(
        fact(1),
        fact(2),
        fact(3, put_at=NOW - timedelta(hours=23)),
        off(4, timedelta(days=2)),
        fact(5, moved=True, off_at=WEEK_AGO),
        reminded=("v1", "v3"),
    )
    assert kpi.reminder_coverage(given)[:2] == (0.5, 2)


def test_no_shows_are_of_those_who_came_or_did_not_and_who_was_not_noted_stands_beside() -> None:
    given = of(
        fact(1, status="noshow"),
        fact(2, status="fulfilled"),
        fact(3, status="arrived"),
        fact(4),
        off(5, timedelta(hours=1)),
    )
    found = kpi.no_show_rate(given)
    assert (found.value, found.n) == (0.3333, 3)
    assert found.parts == {"not_noted": Part(0.25, 4)}


@pytest.mark.parametrize(
    ("before", "late"), [(timedelta(hours=24), 0.0), (timedelta(hours=23, minutes=59), 0.5)]
)
def test_called_off_late_is_less_than_a_day_before(before: timedelta, late: float) -> None:
    found = kpi.late_cancel_rate(of(off(1, before), fact(2)))
    assert (found.value, found.n, found.parts["cancelled"]) == (late, 2, Part(0.5, 2))


def test_a_freed_time_that_somebody_else_takes_is_filled() -> None:
    given = of(off(1, timedelta(days=1)), fact(2, put_at=NOW - timedelta(hours=2)))
    found = kpi.backfill_rate(given)
    assert (found.value, found.n, found.parts["minutes"]) == (1.0, 1, Part(1.0, 30))


@pytest.mark.parametrize(
    "other",
    [
        {"practitioner": "caio"},
        {"put_at": WEEK_AGO},
        {"start": NOW + timedelta(minutes=30)},
        {"status": "cancelled", "off_at": NOW - timedelta(minutes=5)},
        {"moved": True, "off_at": NOW - timedelta(minutes=5)},
    ],
)
def test_what_is_elsewhere_was_there_before_or_is_off_fills_nothing(other: dict[str, Any]) -> None:
    taken = {"put_at": NOW - timedelta(hours=2), **other}
    freed = [one for one in (off(1, timedelta(days=1)), fact(2, **taken)) if one]
    found = kpi.backfill_rate(Visits(freed[:1], freed, frozenset()))
    assert (found.value, found.n) == (0.0, 1)


def test_a_shorter_visit_fills_some_of_the_minutes() -> None:
    given = of(off(1, timedelta(days=1)), fact(2, put_at=NOW - timedelta(hours=2), minutes=10))
    assert kpi.backfill_rate(given).parts["minutes"] == Part(0.3333, 30)


def test_a_time_that_was_freed_twice_is_one_time() -> None:
    given = of(
        off(1, timedelta(days=3)),
        off(2, timedelta(days=1), put_at=NOW - timedelta(days=2)),
        fact(3, put_at=NOW - timedelta(hours=3)),
    )
    assert kpi.backfill_rate(given)[:2] == (1.0, 1)


def test_who_moves_away_frees_a_time_as_well_but_nobody_called_off_after_it_began() -> None:
    away = fact(1, moved=True, off_at=NOW - timedelta(hours=5))
    late = fact(2, practitioner="caio", status="cancelled", off_at=later(minutes=1))
    assert kpi.backfill_rate(of(away, late))[:2] == (0.0, 1)


def test_with_no_visits_there_is_no_number() -> None:
    assert [(one.formula(of()).value, one.formula(of()).n) for one in kpi.KPIS] == [(None, 0)] * 4


def moments(least: int, most: int) -> st.SearchStrategy[datetime]:
    return st.integers(least, most).map(lambda quarters: NOW + timedelta(minutes=15 * quarters))


FACTS = st.lists(
    st.builds(
        fact,
        st.integers(1, 9),
        practitioner=st.sampled_from(["", "helena", "caio"]),
        start=moments(-8, 8),
        minutes=st.sampled_from([15, 30, 60]),
        put_at=moments(-200, -9),
        status=st.sampled_from(["booked", "arrived", "fulfilled", "noshow"]),
        off_at=st.none() | moments(-100, -9),
        channel=st.sampled_from(["whatsapp", "email"]),
    ),
    max_size=8,
)


@given(FACTS, st.randoms())
def test_the_order_of_facts_does_not_matter_and_shares_are_shares(facts: list[VisitFact], order: Any) -> None:
    known = [one.model_copy(update={"schedule": n}) for n, one in enumerate(facts)]
    shuffled = order.sample(known, len(known))
    for one in kpi.KPIS:
        found = one.formula(of(*known))
        assert found == one.formula(of(*shuffled))
        assert all(0 <= value <= 1 for value, _ in (found[:2], *found.parts.values()) if value is not None)


@given(FACTS)
def test_the_channels_are_parts_of_the_whole(facts: list[VisitFact]) -> None:
    whole = kpi.no_show_rate(of(*facts))
    parts = [
        kpi.no_show_rate(of(*(one for one in facts if one.channel == name))) for name in ("whatsapp", "email")
    ]
    assert sum(one.n for one in parts) == whole.n
    assert sum((one.value or 0) * one.n for one in parts) == pytest.approx(
        (whole.value or 0) * whole.n, abs=0.01
    )

"""K30, of conversations with self-service."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from recado.model.outcomes import Return, Talk
from recado.rules import kpi_bot as kpi
from recado.rules.figures import Part
from recado.rules.kpi_bot import Served

from tests.samples import NOW, later

WEEK = timedelta(days=7)


def talk(n: int = 1, **more: Any) -> Talk:
    known = {"patient": f"p{n}", "state": "done", "flow": "menu", "at": "menu/end", "closed_at": NOW}
    return Talk.model_validate({**known, **more})


def of(*talks: Talk, back: tuple[Return, ...] = (), now: datetime = NOW + WEEK) -> Served:
    return Served(talks, back, now)


def back(at: datetime, patient: str = "p1") -> Return:
    return Return(patient=patient, at=at)


def test_contained_is_what_was_settled_without_a_person() -> None:
    given = of(
        talk(1),
        talk(2, flow="book", state="handed_over", reason="asked"),
        talk(3, state="left"),
        talk(4, spoken=True),
        talk(5, state="open", closed_at=None),
    )
    found = kpi.bot_containment(given)
    assert (found.value, found.n) == (0.25, 4)
    assert found.parts == {"book": Part(0.0, 1), "menu": Part(0.3333, 3)}


@pytest.mark.parametrize(
    ("returned", "contained"),
    [
        (back(later(hours=72)), 0.0),
        (back(later(hours=72, minutes=1)), 1.0),
        (back(NOW - timedelta(hours=1)), 1.0),
        (back(later(hours=1), "p2"), 1.0),
    ],
)
def test_who_comes_again_within_three_days_was_not_helped(returned: Return, contained: float) -> None:
    assert kpi.bot_containment(of(talk(), back=(returned,))).value == contained


def test_what_is_not_known_yet_is_neither_contained_nor_not() -> None:
    soon = later(hours=10)
    assert kpi.bot_containment(of(talk(), now=soon))[:2] == (None, 0)
    assert kpi.bot_containment(of(talk(), back=(back(later(hours=1)),), now=soon))[:2] == (0.0, 1)
    assert kpi.bot_containment(of(talk(state="left"), now=soon))[:2] == (0.0, 1)


def test_it_is_told_why_people_were_fetched_and_where_patients_left() -> None:
    given = of(
        talk(1),
        talk(2, state="handed_over", reason="asked"),
        talk(3, state="handed_over"),
        talk(4, state="left", at="book/when"),
    )
    assert kpi.hand_over_rate(given) == (0.5, 4, {"asked": Part(0.25, 4), "flow": Part(0.25, 4)})
    assert kpi.drop_off_rate(given) == (0.25, 4, {"book/when": Part(0.25, 4)})


def test_without_conversations_there_is_no_number() -> None:
    assert {one.formula(of()).value for one in kpi.KPIS} == {None}

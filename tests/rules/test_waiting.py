"""Who comes first, and what somebody's answer may still do."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Conflict
from recado.model.waiting import WaitingEntry
from recado.rules import waiting as rules

from tests.samples import NOW

HOUR = timedelta(hours=1)


def entry(name: str = "w1", **changes: object) -> WaitingEntry:
    known = {"id": name, "patient": f"p{name}", "type_id": "t", "since": NOW, "created_by": "patient"}
    return WaitingEntry.model_validate({**known, **changes})


def test_priority_goes_before_place_and_place_before_how_often_they_were_asked() -> None:
    entries = [
        entry("asked", offers=3),
        entry("fresh"),
        entry("late", since=NOW + HOUR),
        entry("raised", since=NOW + HOUR, priority=1),
    ]
    assert [one.id for one in rules.in_order(entries)] == ["raised", "fresh", "asked", "late"]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99), st.integers(0, 5)), max_size=8).flatmap(
        lambda rows: st.permutations(list(enumerate(rows)))
    )
)
def test_the_order_does_not_hang_on_how_they_are_read(rows: list[tuple[int, tuple[int, int, int]]]) -> None:
    entries = [
        entry(str(number), priority=priority, since=NOW + hours * HOUR, offers=offers)
        for number, (priority, hours, offers) in rows
    ]
    in_order = rules.in_order(entries)
    assert in_order == rules.in_order(reversed(entries))
    assert all(
        (-one.priority, one.since, one.offers) <= (-other.priority, other.since, other.offers)
        for one, other in pairwise(in_order)
    )


@pytest.mark.parametrize(
    ("state", "offers", "standing"),
    [
        ("offered", 2, "open"),
        ("offered", 3, "late"),
        ("waiting", 2, "late"),
        ("booked", 2, "booked"),
        ("left", 2, "over"),
        ("expired", 2, "over"),
    ],
)
def test_an_answer_to_the_second_offer_stands_as_the_entry_does(
    state: str, offers: int, standing: str
) -> None:
    assert rules.standing(entry(state=state, offers=offers), 2) == standing


def test_who_declines_keeps_their_place_and_who_has_left_cannot_be_raised() -> None:
    asked = rules.asked(entry(), "f1")
    assert rules.back(asked).since == NOW
    assert (asked.state, asked.offers, rules.back(asked).offers) == ("offered", 1, 1)
    with pytest.raises(Conflict):
        rules.raised(rules.left(entry(), NOW), 1, "x")

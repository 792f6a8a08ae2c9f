"""Numbers follow who is one person with whom now, and nothing else of the past changes."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from recado.model.alias import Alias
from recado.model.interval import Counts, IntervalTotal
from recado.rules import folds, kpi
from recado.rules.canonical import canonical

from tests.rules.test_folds import contact, fold, message, together
from tests.samples import NOW, later


def alias(record: str, person: str, first_at: datetime | None = None) -> Alias:
    return Alias(record=record, person=person, first_at=first_at)


def counted(total: IntervalTotal, *aliases: Alias) -> Counts:
    return together(*canonical([total], aliases))


TWO = (contact(1), message(1, patient="p1"), contact(2), message(2, patient="p2"))


def test_two_records_of_one_person_are_one() -> None:
    found = counted(fold(*TWO), alias("p1", "p1"), alias("p2", "p1"))
    assert (kpi.unique_records(found), kpi.dup_rate(found)) == (1, 0.5)


def test_parted_again_they_are_two() -> None:
    found = counted(fold(*TWO))
    assert (kpi.unique_records(found), kpi.dup_rate(found)) == (2, 0.0)


def test_who_came_first_under_one_record_did_not_under_the_other() -> None:
    found = counted(fold(*TWO), alias("p1", "p1", NOW), alias("p2", "p1", later(hours=-1)))
    assert found.first_touch == {"unknown": 1}
    assert found.contacted == {"whatsapp": 1}


def test_who_came_first_in_another_period_did_not_in_this() -> None:
    found = counted(fold(contact(2)), alias("p1", "p1", later(hours=-1)), alias("p2", "p1", NOW))
    assert found.first_touch == {}
    assert found.last_touch == {"unknown": 1}


def test_totals_of_before_have_people_for_sources() -> None:
    old = fold(*TWO)
    stripped = old.model_copy(
        update={
            "channels": {
                name: one.model_copy(update={"sources": frozenset(), "newcomers": {}})
                for name, one in old.channels.items()
            }
        }
    )
    found = counted(stripped, alias("p1", "p1"), alias("p2", "p1"))
    assert (kpi.unique_records(found), kpi.dup_rate(found)) == (1, 0.5)
    assert found.first_touch == {"unknown": 2}


def test_what_is_of_one_kind_follows_as_well() -> None:
    total = fold(*(fact.model_copy(update={"kind": "lead"}) for fact in TWO))
    (joined,) = canonical([total], [alias("p1", "p1"), alias("p2", "p1")])
    assert together(*folds.of_kind([joined], "lead")).patients == {"p1"}


@given(st.lists(st.sampled_from([1, 2, 3, 4]), max_size=12), st.sets(st.sampled_from(["p2", "p3", "p4"])))
def test_people_are_as_many_as_are_left_when_records_are_joined(heard: list[int], members: set[str]) -> None:
    facts = [message(number, patient=f"p{person}") for number, person in enumerate(heard)]
    aliases = [alias(one, "p1") for one in sorted({*members, "p1"})] if members else []
    people = {"p1" if f"p{one}" in members else f"p{one}" for one in heard}
    found = counted(fold(*facts), *aliases)
    assert found.patients == people
    assert len(found.sources) >= len(people)

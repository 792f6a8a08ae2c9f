"""Pairs of records that a person decides about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.errors import NotFound, Stale
from recado.model.review import Review
from recado.rules.reviews import pair_id
from recado.store import reviews
from recado.store.rows import transaction

from tests.counter import counted
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("cloud")


def review(one: str = "p1", other: str = "p2", minutes: int = 0) -> Review:
    return Review(
        id=pair_id(one, other),
        one=one,
        other=other,
        reason="likely",
        score=0.8,
        rule="1",
        raised_at=NOW + timedelta(minutes=minutes),
    )


def raised(*some: Review, tenant: str = "boavista") -> None:
    for one in some:
        with transaction() as work:
            reviews.raise_(tenant, one, work)


def decided(found: Review, state: str = "different") -> None:
    with transaction() as work:
        reviews.decide("boavista", found.model_copy(update={"state": state, "decided_by": "ana"}), work)


def opened(limit: int = 100, after: str | None = None) -> tuple[list[str], str | None]:
    page, more = reviews.open_ones("boavista", limit, after)
    return [one.id for one in page], more


def test_a_pair_has_one_name_whichever_was_first() -> None:
    assert pair_id("p1", "p2") == pair_id("p2", "p1") != pair_id("p1", "p3")


def test_a_pair_is_asked_about_once() -> None:
    raised(review())
    with pytest.raises(Stale):
        raised(review("p2", "p1", minutes=5))
    assert reviews.get("boavista", "p1.p2") == review().model_copy(update={"version": 1})


def test_what_is_open_is_listed_oldest_first_page_by_page() -> None:
    raised(review("p1", "p4", 3), review("p1", "p2", 1), review("p1", "p3", 2))
    first, more = opened(limit=2)
    second, end = opened(limit=2, after=more)
    assert (first, second, end) == (["p1.p2", "p1.p3"], ["p1.p4"], None)


def test_what_is_decided_is_found_and_listed_no_more_and_not_even_read() -> None:
    raised(*(review("p1", f"p{n}", n) for n in range(2, 6)))
    for n in (2, 3, 4):
        decided(reviews.get("boavista", f"p1.p{n}"))
    with counted() as calls:
        assert opened(limit=1) == (["p1.p5"], "O#2026-11-23T14:05:00.000Z#p1.p5")
    assert calls == ["Query", "BatchGetItem"]
    assert reviews.get("boavista", "p1.p2").state == "different"


def test_of_two_decisions_at_once_one_counts() -> None:
    raised(review())
    found = reviews.get("boavista", "p1.p2")
    decided(found, "same")
    with pytest.raises(Stale):
        decided(found)
    assert reviews.get("boavista", "p1.p2").state == "same"


def test_a_decided_pair_is_not_asked_about_again() -> None:
    raised(review())
    decided(reviews.get("boavista", "p1.p2"))
    with pytest.raises(Stale):
        raised(review(minutes=9))
    assert opened() == ([], None)


def test_of_some_pairs_those_are_found_of_which_anything_is_known() -> None:
    raised(review(), review("p1", "p3"))
    found = reviews.some("boavista", ["p1.p3", "p1.p9", "p1.p2"])
    assert [one.id for one in found] == ["p1.p3", "p1.p2"]
    assert reviews.some("boavista", []) == []


def test_every_pair_of_a_record_is_found_and_forgotten_with_it() -> None:
    raised(
        review("p2", "p5"), review("p1", "p2"), review("p2", "p3"), review("p1", "p3"), review("p20", "p3")
    )
    found = reviews.of_record("boavista", "p2")
    assert sorted(one.id for one in found) == ["p1.p2", "p2.p3", "p2.p5"]
    with transaction() as work:
        for one in found:
            reviews.drop("boavista", one, work)
    assert reviews.of_record("boavista", "p2") == []
    assert sorted(opened()[0]) == ["p1.p3", "p20.p3"]


def test_another_clinics_pairs_are_nobodys() -> None:
    raised(review(), tenant="boavista")
    assert reviews.open_ones("boa") == ([], None)
    assert reviews.some("boa", ["p1.p2"]) == reviews.of_record("boa", "p1") == []
    with pytest.raises(NotFound):
        reviews.get("boa", "p1.p2")

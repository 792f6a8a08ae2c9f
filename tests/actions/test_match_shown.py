"""A record may show that two who are filed are one person: when they are made one, and when not."""

from __future__ import annotations

import pytest
from recado.actions.join_records import join_records
from recado.model.contact_point import ContactPoint
from recado.model.patient import Join, Told
from recado.model.review import Review
from recado.rules.blocks import keys_of
from recado.store import reviews
from recado.store.rows import transaction

from tests.actions.test_match import BORN, asked, called_different, changed, filed, known, matched, of
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("clinic")

PHONE = ContactPoint(system="phone", value="+5511987654321")
DOCUMENT = ContactPoint(system="document", value="52998224725")
WHOLE = {"birth_date": Told(value=BORN, source="import", at=NOW)}


def raised(*pair: str) -> None:
    review = Review(
        id=".".join(pair), one=pair[0], other=pair[1], reason="likely", score=0.9, rule="1", raised_at=NOW
    )
    with transaction() as work:
        reviews.raise_("boavista", review, work)


def two_and_a_third() -> None:
    """Two who have nothing in common but a name, and one with whom each has all in common."""
    known("pa", "Ana Souza", contact_points=(PHONE,))
    known("pb", "Ana Souza", told=WHOLE, contact_points=(DOCUMENT,))
    assert matched("pa", "pb") == ["new", "new"]
    known("pc", "Ana Souza", told=WHOLE, contact_points=(PHONE, DOCUMENT))


def test_who_shows_two_to_be_one_person_makes_them_one() -> None:
    two_and_a_third()
    assert matched("pc") == ["same"]
    other, third = of("pa").joined
    assert (other.record, other.into, other.by, other.confirmed) == ("pb", "pa", "recado", False)
    assert (third.record, third.by, third.confirmed) == ("pc", "recado", False)
    for join in (other, third):
        assert join.score > 0.95
        assert join.rule
        assert join.evidence
    assert {of(one).person for one in ("pb", "pc")} == {"pa"}
    for key in keys_of(of("pb")):
        assert {person for _, person in filed(key)} == {"pa"}
    assert asked() == []
    assert matched("pa", "pb", "pc") == ["nothing"] * 3


@pytest.mark.parametrize("answered", [True, False])
def test_of_whom_people_are_asked_or_have_said_they_are_two_is_not_made_one(answered: bool) -> None:
    two_and_a_third()
    raised("pa", "pb")
    if answered:
        called_different("pa", "pb")
    assert matched("pc") == ["same"]
    assert (of("pa").joined, of("pc").person) == ((), "pb")


def test_whom_people_told_from_the_record_is_not_joined_to_its_person() -> None:
    two_and_a_third()
    raised("pa", "pc")
    called_different("pa", "pc")
    assert matched("pc") == ["same"]
    assert (of("pa").joined, of("pc").person) == ((), "pb")


def test_who_conflicts_with_any_record_of_the_person_is_not_made_one_with_them() -> None:
    two_and_a_third()
    odd = {"birth_date": Told(value="1971-03-09", source="agent:ana", at=NOW)}
    known("pd", "Rui Lima", told=odd)
    join_records("boavista", "pd", "pa", "agent:ana", NOW)
    assert matched("pc") == ["same"]
    assert (of("pb").person, of("pc").person) == (None, "pb")


def test_who_has_as_many_records_as_can_be_gets_no_other_with_them() -> None:
    two_and_a_third()
    joins = (Join(record=f"q{n}", into="pa", by="agent:ana", at=NOW) for n in range(19))
    changed(of("pa"), joined=tuple(joins))
    assert matched("pc") == ["same"]
    assert (of("pb").person, of("pc").person) == (None, "pb")

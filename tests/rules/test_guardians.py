"""Who may act for whom, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from recado.model.patient import Link
from recado.model.related_person import Mandate, Relationship
from recado.rules.guardians import acts_for, ends, head, wards, writer

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def mandate(record: str = "maria", days: float | None = None) -> Mandate:
    return Mandate(record=record, until=NOW + timedelta(days=days) if days is not None else None)


def child(*guardians: Mandate, name: str | None = "Pedro Silva") -> Link:
    return Link(patient="pedro", name=name, guardians=guardians)


MARIA = Link(patient="maria", name="Maria Silva")
RUI = Link(patient="rui", name="Rui Dias")


@pytest.mark.parametrize(
    ("relationship", "born", "end"),
    [
        ("parent", "2010-05-17", "2028-05-17T03:00:00+00:00"),
        ("guardian", "2010-05-17", "2028-05-17T03:00:00+00:00"),
        ("parent", "2012-02-29", "2030-03-01T03:00:00+00:00"),
        ("parent", "", None),
        ("parent", "2010", None),
        ("caregiver", "2010-05-17", None),
        ("spouse", "1980-05-17", None),
    ],
)
def test_a_parent_acts_until_the_eighteenth_birthday_begins_at_the_clinic(
    relationship: Relationship, born: str, end: str | None
) -> None:
    found = ends(relationship, born, "America/Sao_Paulo")
    assert (found.astimezone(UTC).isoformat() if found else None) == end


@pytest.mark.parametrize(("days", "acts"), [(None, True), (1, True), (0, False), (-1, False)])
def test_a_mandate_lasts_until_it_ends(days: float | None, acts: bool) -> None:
    assert acts_for(MARIA, child(mandate(days=days)), NOW) == acts
    assert wards(Link(patient="maria", wards=(mandate("pedro", days),)), NOW) == (("pedro",) if acts else ())


def test_another_record_of_the_guardian_acts_once_somebody_has_confirmed_that_it_is_theirs() -> None:
    other = Link(patient="other", person="maria")
    assert not acts_for(other, child(mandate()), NOW)
    assert acts_for(other.model_copy(update={"confirmed": True}), child(mandate()), NOW)


def test_who_acts_for_all_the_others_is_their_head() -> None:
    assert head([MARIA, child(mandate())], NOW) == MARIA
    assert head([MARIA, child(mandate()), RUI], NOW) is None
    assert head([MARIA], NOW) is None


def test_for_a_child_one_of_its_guardians_writes() -> None:
    both = child(mandate(), mandate("rui"))
    assert writer(child(mandate()), [MARIA], "🌸", NOW) == MARIA
    assert writer(both, [MARIA, RUI], "Rui", NOW) == RUI
    assert writer(both, [MARIA, RUI], "🌸", NOW) is None, "either may have"


def test_who_bears_the_child_s_own_name_writes_themselves() -> None:
    assert writer(child(mandate()), [MARIA], "Pedro", NOW) is None


def test_nobody_writes_for_whom_they_do_not_act() -> None:
    assert writer(child(), [MARIA], "Maria", NOW) is None
    assert writer(child(mandate(days=-1)), [MARIA], "Maria", NOW) is None

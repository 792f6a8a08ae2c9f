"""To whom something of theirs may be said at a contact point alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.contact_point import ContactPoint
from recado.model.patient import Link
from recado.rules.disclosure import AGING, NOTED_EVERY, is_noteworthy, is_own, may_disclose

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def link(patient: str = "p1", days_ago: float | None = 1, **known: object) -> Link:
    seen = NOW - timedelta(days=days_ago) if days_ago is not None else None
    return Link.model_validate({"patient": patient, "seen_at": seen, **known})


def shown(*links: Link) -> str | None:
    found = may_disclose(links, NOW)
    return found.patient if found else None


def test_the_only_one_who_was_there_of_late_may_be_told() -> None:
    assert shown(link()) == "p1"
    assert shown() is None


@pytest.mark.parametrize("days_ago", [45, 400, None])
def test_who_was_not_there_of_late_may_have_given_the_number_up(days_ago: float | None) -> None:
    assert shown(link(days_ago=days_ago)) is None


def test_of_two_people_nothing_is_said() -> None:
    assert shown(link("p1"), link("p2")) is None
    assert shown(link("p1"), link("p2", days_ago=400)) is None


def test_two_records_are_one_person_s_once_somebody_of_the_clinic_has_said_so() -> None:
    member = {"person": "p1", "confirmed": True}
    assert shown(link("p1", days_ago=3), link("p2", days_ago=1, **member)) == "p2"
    assert shown(link("p1"), link("p2", person="p1")) is None, "the rules only think so"


DAYS = st.none() | st.floats(min_value=0, max_value=1000)
LINKS = st.builds(
    link,
    st.sampled_from(["p1", "p2", "p3"]),
    DAYS,
    person=st.sampled_from(["", "p1"]),
    confirmed=st.booleans(),
)


@given(st.lists(LINKS, max_size=4))
def test_who_is_told_was_there_of_late_and_alone(links: list[Link]) -> None:
    found = may_disclose(links, NOW)
    if found is not None:
        assert found.seen_at is not None
        assert NOW - found.seen_at < AGING
        assert {one.keeper for one in links} == {found.keeper}


@pytest.mark.parametrize(
    ("days_ago", "sure", "noted"),
    [
        (1, True, False),
        (29, True, False),
        (30, False, True),
        (44, False, True),
        (45, False, False),
        (45, True, True),
        (400, True, True),
        (None, True, True),
        (None, False, False),
    ],
)
def test_that_somebody_was_there_is_noted_seldom_and_never_of_who_may_be_another(
    days_ago: float | None, sure: bool, noted: bool
) -> None:
    assert is_noteworthy(link(days_ago=days_ago), NOW, sure=sure) == noted
    assert NOTED_EVERY < AGING


@pytest.mark.parametrize("system", ["bsuid", "telegram", "messenger", "instagram", "webchat"])
def test_a_messenger_s_account_is_its_holder_s_own(system: str) -> None:
    assert is_own(ContactPoint(system=system, value="1"))


@pytest.mark.parametrize("system", ["phone", "email", "unverified_email", "document", "ehr"])
def test_numbers_and_addresses_may_be_shared(system: str) -> None:
    assert not is_own(ContactPoint(system=system, value="1"))

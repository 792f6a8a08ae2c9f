"""What the disclosure check counts: who calls, and what they would be shown."""

from datetime import UTC, datetime, timedelta

import pytest
from recado.model.contact_point import ContactPoint
from recado.model.profile import Profile

from tests.bench.identity.disclosure import AGAIN, FIRST, NEXT, OTHERWISE, RELATIVE, TOLD, Calls, Check, Told
from tests.bench.identity.online import Record
from tests.bench.identity.population import Caller

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PHONE = "+5511987654321"
NOBODY = Calls(0, 0, 0)


def told(name: str, *, channel: str = "whatsapp", person: str = "", days: int = 0) -> Told:
    """A record of somebody of that name, from the phone, so many days before the end."""
    points = (ContactPoint(system="phone", value=PHONE),)
    profile = Profile(name=name, points=points, seen_at=NOW - timedelta(days=days))
    return Told(Record(f"{name}-{days}", "clinic", profile), channel, person or name)


def caller(person: str, kind: str = "own") -> Caller:
    return Caller("clinic", PHONE, person, kind)


@pytest.fixture
def check() -> Check:
    return Check(guardians={"Pedro Lima": "Ana Lima"})


def test_who_is_alone_behind_their_number_is_shown_what_is_theirs(check: Check) -> None:
    check.arrive(told("Ana Lima", days=9))
    check.arrive(told("Ana Lima", days=8))
    check.end(caller("Ana Lima"), NOW)
    found = check.calls()
    assert (found[FIRST], found[AGAIN], found[TOLD]) == (Calls(1, 0, 0), Calls(1, 1, 0), Calls(1, 1, 0))


def test_who_shares_a_number_is_shown_nothing(check: Check) -> None:
    check.arrive(told("Ana Lima", days=9))
    check.arrive(told("Otto Braun", days=8))
    for person in ("Ana Lima", "Otto Braun"):
        check.end(caller(person), NOW)
    assert check.calls()[TOLD] == Calls(2, 0, 0)


def test_two_people_in_one_record_are_shown_each_others(check: Check) -> None:
    check.arrive(told("Ana Lima", days=9))
    check.arrive(told("Ana Lima", person="her daughter of the same name", days=8))
    check.end(caller("Ana Lima"), NOW)
    assert check.calls()[TOLD] == Calls(1, 1, 1)


def test_a_call_without_a_name_leaves_nothing_to_show(check: Check) -> None:
    check.arrive(told("", person="Otto Braun", days=9))
    check.arrive(told("Ana Lima", days=8))
    check.end(caller("Ana Lima"), NOW)
    assert check.calls()[TOLD] == Calls(1, 1, 0)


def test_a_guardian_may_be_told_of_the_child(check: Check) -> None:
    check.arrive(told("Pedro Lima", days=9))
    check.end(caller("Ana Lima"), NOW)
    assert check.calls()[TOLD] == Calls(1, 1, 0)


def test_who_never_gave_us_the_number_is_counted_apart(check: Check) -> None:
    check.arrive(told("Ana Lima", days=9))
    check.arrive(told("Otto Braun", channel="desk", days=8))
    for kind in ("own", "unknown relative", "unknown next owner"):
        check.end(caller("Zoe", kind), NOW)
    found = check.calls()
    assert [found[kind].made for kind in (FIRST, OTHERWISE, RELATIVE, NEXT)] == [1, 1, 1, 1]


def test_a_first_call_from_anothers_number_is_counted_with_what_it_is_shown(check: Check) -> None:
    check.arrive(told("Ana Lima", days=9))
    check.arrive(told("Otto Braun", days=8))
    assert check.calls()[FIRST] == Calls(2, 1, 1)


def test_nobody_calls_when_the_desk_types(check: Check) -> None:
    check.arrive(told("Ana Lima", channel="desk"))
    assert set(check.calls().values()) == {NOBODY}

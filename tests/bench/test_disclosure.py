"""What the disclosure check counts: who calls, and what they would be shown."""

from collections.abc import Mapping
from datetime import UTC, datetime

from recado.model.patient import Link

from tests.bench.identity.disclosure import NEXT, OTHERWISE, RELATIVE, TOLD, Calls, calls
from tests.bench.identity.population import Caller
from tests.bench.identity.runs import Run

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PHONE = "+5511987654321"
NOBODY = Calls(0, 0, 0)


def run(filed: Mapping[str, str]) -> Run:
    """Everything was told from one number; `filed`: as whose, by record."""
    links = [
        Link(patient=record, person="" if person == record else person) for record, person in filed.items()
    ]
    return Run([], dict(filed), {("clinic", PHONE): links}, 0)


def caller(person: str, kind: str = "own") -> Caller:
    return Caller("clinic", PHONE, person, kind)


def test_who_is_alone_behind_their_number_is_shown_what_is_theirs() -> None:
    found = calls([caller("Ana")], {"a": "Ana", "b": "Ana"}, run({"a": "a", "b": "a"}), NOW)
    assert found == {TOLD: Calls(1, 1, 0), OTHERWISE: NOBODY, RELATIVE: NOBODY, NEXT: NOBODY}


def test_who_shares_a_number_is_shown_nothing() -> None:
    found = calls([caller("Ana")], {"a": "Ana", "b": "Bia"}, run({"a": "a", "b": "b"}), NOW)
    assert found[TOLD] == Calls(2, 0, 0)


def test_two_people_in_one_record_are_shown_each_others() -> None:
    found = calls([], {"a": "Ana", "b": "Bia"}, run({"a": "a", "b": "a"}), NOW)
    assert found[TOLD] == Calls(2, 2, 2)


def test_a_strangers_record_from_elsewhere_counts_as_well() -> None:
    done = run({"a": "a"})
    found = calls([], {"a": "Ana", "z": "Zoe"}, done._replace(filed={"a": "a", "z": "a"}), NOW)
    assert found[TOLD] == Calls(1, 1, 1)


def test_who_never_gave_us_the_number_is_counted_apart() -> None:
    others = [caller("Bia"), caller("Caio", "unknown relative"), caller("Davi", "unknown next owner")]
    found = calls(others, {"a": "Ana"}, run({"a": "a"}), NOW)
    assert found == {
        TOLD: Calls(1, 1, 0),
        OTHERWISE: Calls(1, 1, 1),
        RELATIVE: Calls(1, 1, 1),
        NEXT: Calls(1, 1, 1),
    }


def test_a_number_that_no_record_has_shows_nobody() -> None:
    stranger = Caller("clinic", "+5511900000000", "Eva", "own")
    assert calls([stranger], {"a": "Ana"}, run({"a": "a"}), NOW)[OTHERWISE] == NOBODY

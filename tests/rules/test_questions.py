"""Which open question a message answers."""

from datetime import datetime, timedelta

from recado.model.patient import Question
from recado.rules.questions import answered

from tests.rules.test_contacts import NOW


def asked(appointment: str, minutes_ago: int, until: datetime | None = None) -> Question:
    return Question(
        subject=appointment,
        version=1,
        patient="p1",
        communication=f"m-{appointment}",
        asked_at=NOW - timedelta(minutes=minutes_ago),
        until=until,
    )


def answers(*questions: Question, **said: object) -> str | None:
    given = {"payload": None, "quoted": None, "spoken_at": None, "now": NOW, **said}
    found = answered(questions, **given)  # type: ignore[arg-type]
    return found.subject if found else None


def test_a_bare_answer_means_what_was_asked_last() -> None:
    assert answers(asked("a1", 90), asked("a2", 10)) == "a2"


def test_a_bare_answer_means_nothing_when_nothing_was_asked() -> None:
    assert answers() is None


def test_a_bare_answer_to_two_questions_at_once_goes_to_a_person() -> None:
    assert answers(asked("a1", 11), asked("a2", 10)) is None


def test_a_bare_answer_after_a_person_spoke_is_meant_for_the_person() -> None:
    assert answers(asked("a1", 10), spoken_at=NOW - timedelta(minutes=5)) is None
    assert answers(asked("a1", 10), spoken_at=NOW - timedelta(minutes=15)) == "a1"


def test_a_button_names_its_visit_whatever_was_asked_since() -> None:
    said = {"payload": "confirm:a1:1", "spoken_at": NOW}
    assert answers(asked("a1", 90), asked("a2", 10), **said) == "a1"


def test_a_button_of_a_visit_that_is_not_asked_about_any_more_answers_nothing() -> None:
    assert answers(asked("a2", 10), payload="confirm:a1:1") is None


def test_a_quoted_question_is_the_one_that_is_answered() -> None:
    assert answers(asked("a1", 11), asked("a2", 10), quoted="m-a1") == "a1"


def test_a_question_stands_until_its_visit_begins_and_no_longer() -> None:
    begins = NOW + timedelta(hours=1)
    assert answers(asked("a1", 10, begins), now=begins - timedelta(seconds=1)) == "a1"
    for said in ({}, {"payload": "confirm:a1:1"}, {"quoted": "m-a1"}):
        assert answers(asked("a1", 10, begins), now=begins, **said) is None

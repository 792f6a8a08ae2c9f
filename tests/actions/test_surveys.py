"""After a visit: one question, its answer, why, and a person for whoever was not content."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from recado.actions.book import book
from recado.actions.forget_surveys import forget_surveys
from recado.actions.record_attendance import record_attendance
from recado.actions.remind import remind
from recado.actions.respond import respond
from recado.model.appointment import Appointment
from recado.model.contact import Contact
from recado.model.policy import Policy, Step
from recado.model.survey import Survey
from recado.store import contacts, surveys, tenants

from tests.samples import PHONE
from tests.visits import START, VISIT, booked, now_is, overtaken, said, view, written

pytestmark = pytest.mark.usefixtures("clinic")
SEEN = START + timedelta(hours=1)
DUE = START + timedelta(hours=4)
LATER = DUE + timedelta(minutes=10)


@pytest.fixture
def visit() -> Appointment:
    """One that took place, of a clinic that asks four hours after it began."""
    asks("survey_nps")
    visit = booked()
    seen(visit)
    return visit


def asks(text: str) -> None:
    step = Step(name="ask", minutes=240, purpose="survey", text=text)
    policy = Policy(steps=(*Policy().steps, step))
    tenants.save_tenant("boavista", tenants.fresh("boavista").model_copy(update={"reminders": policy}))
    tenants.forget()


def seen(visit: Appointment, now: datetime = SEEN) -> None:
    record_attendance("boavista", visit.id, "fulfilled", now, author="agent:ana")


def asked(visit: Appointment, now: datetime = DUE) -> Survey:
    remind("boavista", now)
    (found,) = surveys.of_patient("boavista", visit.patient)
    return found


def answers(text: str, message_id: str = "wamid.9", now: datetime = LATER, **event: Any) -> Contact:
    contact, _ = said(text, message_id, now, **event)
    respond("boavista", contact.id, now)
    return contacts.get_contact("boavista", contact.id)


def survey(visit: Appointment) -> Survey:
    (found,) = surveys.of_patient("boavista", visit.patient)
    return found


def told(visit: Appointment) -> list[str]:
    return [one.text for one in written(visit.patient, "self_service")]


def test_who_is_noted_as_seen_after_the_question_was_due_is_asked_all_the_same() -> None:
    asks("survey_nps")
    visit = booked()
    noted = DUE + timedelta(hours=1)
    seen(visit, noted)
    assert asked(visit, noted + timedelta(minutes=1)).asked_at >= noted


def test_the_message_asks_for_a_number_and_is_kept(visit: Appointment) -> None:
    found = asked(visit)
    (message,) = written(visit.patient, "survey")
    assert (found.id, found.kind, found.day, found.score) == (message.id, "nps", "2026-11-30", None)
    assert message.template is not None
    assert message.template.name == "survey_nps"
    (question,) = [one for one in view().questions if one.about == "survey"]
    assert (question.subject, question.expects) == (found.id, "nps")


@pytest.mark.parametrize("text", ["9", "nove", "un 10!", "10/10", "9, ótimo"])
def test_a_score_is_kept_and_thanked_for_and_closes_the_contact(visit: Appointment, text: str) -> None:
    asked(visit)
    contact = answers(text)
    assert survey(visit).score in (9, 10)
    assert (contact.state, contact.disposition) == ("closed", "surveyed")
    assert len(told(visit)) == 1


def test_they_are_asked_why_once_and_thanked(visit: Appointment) -> None:
    asked(visit)
    answers("9")
    contact = answers("Muito obrigada!", "wamid.10", LATER + timedelta(minutes=1))
    assert survey(visit).comment == "Muito obrigada!"
    assert (contact.state, contact.disposition) == ("closed", "surveyed")
    assert [text[:8] for text in told(visit)] == ["Obrigado", "Obrigado"]
    assert [one for one in view().questions if one.about == "survey"] == []


def test_who_says_why_with_the_number_is_not_asked_for_it(visit: Appointment) -> None:
    asked(visit)
    answers("9, mas demorou")
    assert survey(visit).comment == "9, mas demorou"
    assert [one for one in view().questions if one.about == "survey"] == []


@pytest.mark.parametrize("text", ["3", "0", "6 porque esperei muito"])
def test_who_was_not_content_gets_a_person(visit: Appointment, text: str) -> None:
    found = asked(visit)
    contact = answers(text)
    assert (contact.state, contact.recovery, contact.agent) == ("assigned", found.id, "ana")
    assert contact.unanswered_since is not None
    assert "Alguém da nossa equipe" in told(visit)[0]


def test_why_they_were_not_content_is_read_by_that_person(visit: Appointment) -> None:
    asked(visit)
    answers("3")
    contact = answers("Ninguém me atendeu", "wamid.10", LATER + timedelta(minutes=1))
    assert survey(visit).comment == "Ninguém me atendeu"
    assert (contact.state, contact.unread) == ("assigned", 2)
    assert len(told(visit)) == 1


def test_another_wish_after_the_score_is_for_a_person(visit: Appointment) -> None:
    asked(visit)
    answers("10")
    contact = answers("Quero remarcar minha consulta", "wamid.10", LATER + timedelta(minutes=1))
    assert contact.state == "assigned"


def test_the_same_answer_again_changes_nothing(visit: Appointment) -> None:
    asked(visit)
    contact = answers("9")
    respond("boavista", contact.id, LATER)
    answers("2", "wamid.11", LATER + timedelta(minutes=2))
    assert survey(visit).score == 9
    assert len(told(visit)) == 1


def test_two_workers_at_once_answer_once(visit: Appointment) -> None:
    asked(visit)
    contact, _ = said("9", "wamid.9", LATER)
    with overtaken(lambda: respond("boavista", contact.id, LATER)):
        respond("boavista", contact.id, LATER)
    assert survey(visit).score == 9
    assert len(told(visit)) == 1


def test_a_time_is_no_score(visit: Appointment) -> None:
    asked(visit)
    contact = answers("9 horas")
    assert survey(visit).score is None
    assert contact.state == "assigned"


def test_a_number_days_later_answers_nothing(visit: Appointment) -> None:
    asked(visit)
    answers("9", now=DUE + timedelta(days=8))
    assert survey(visit).score is None


def test_a_reminder_s_answer_is_no_score(visit: Appointment) -> None:
    """Somebody who was asked about the next visit after it means that one."""
    asked(visit)
    other = book("boavista", visit.patient, VISIT._replace(start="2026-12-02T09:30"), DUE, author="agent:ana")
    moment = DUE + timedelta(days=1)
    for minutes in range(3):
        remind("boavista", moment + timedelta(minutes=minutes))
    contact, _ = said("1", "wamid.12", moment + timedelta(hours=1))
    respond("boavista", contact.id, moment + timedelta(hours=1))
    assert now_is(other).confirmation == "confirmed"
    assert survey(visit).score is None


def test_nobody_is_asked_twice_in_ninety_days(visit: Appointment) -> None:
    asked(visit)
    start = START + timedelta(days=60)
    again = book(
        "boavista",
        visit.patient,
        VISIT._replace(start=start.isoformat()),
        START + timedelta(days=1),
        author="agent:ana",
    )
    seen(again, start + timedelta(hours=1))
    remind("boavista", start + timedelta(hours=4))
    assert len(surveys.of_patient("boavista", visit.patient)) == 1
    assert (now_is(again).reminders[-1].state, now_is(again).reminders[-1].reason) == (
        "skipped",
        "asked_lately",
    )


def test_content_is_asked_for_from_one_to_five() -> None:
    asks("survey_csat")
    visit = booked()
    seen(visit)
    assert asked(visit).kind == "csat"
    contact = answers("5/5")
    assert (survey(visit).score, contact.state) == (5, "closed")


def test_surveys_are_found_by_the_day_of_the_visit(visit: Appointment) -> None:
    found = asked(visit)
    assert [one.id for one in surveys.of_day("boavista", "2026-11-30")] == [found.id]
    assert surveys.of_day("delsol", "2026-11-30") == []


def test_of_somebody_who_was_erased_the_score_is_left_and_nothing_else(visit: Appointment) -> None:
    found = asked(visit)
    answers("3, Maria não gostou")
    assert forget_surveys("boavista", visit.patient, LATER) == 1
    assert forget_surveys("boavista", visit.patient, LATER) == 0
    (kept,) = surveys.of_day("boavista", "2026-11-30")
    assert (kept.id, kept.score, kept.patient) == (found.id, 3, "")
    assert "Maria" not in kept.model_dump_json()
    assert PHONE not in kept.model_dump_json()


def test_a_button_of_another_visit_is_no_score(visit: Appointment) -> None:
    asked(visit)
    contact = answers("Confirmo", payload=f"confirm:{visit.id}:1")
    assert survey(visit).score is None
    assert contact.state == "assigned"

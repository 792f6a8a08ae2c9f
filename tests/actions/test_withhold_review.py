"""After a visit: an invitation to tell others, to everybody alike, and seldom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.book import book
from recado.actions.record_attendance import record_attendance
from recado.actions.remind import remind
from recado.actions.respond import respond
from recado.model.appointment import Appointment
from recado.model.policy import Policy, Step
from recado.store import surveys, tenants

from tests.visits import START, VISIT, booked, now_is, said, written

pytestmark = pytest.mark.usefixtures("clinic")
ASKED = START + timedelta(hours=4)
INVITED = START + timedelta(days=1)
LINK = "https://g.page/r/boavista/review"


def invites(link: str = LINK) -> None:
    """A clinic that asks how it was after four hours, and invites a day later."""
    ask = Step(name="ask", minutes=240, purpose="survey", text="survey_nps")
    invite = Step(name="invite", minutes=24 * 60, purpose="review", text="review")
    changes = {"reminders": Policy(steps=(*Policy().steps, ask, invite)), "review_link": link}
    tenants.save_tenant("boavista", tenants.fresh("boavista").model_copy(update=changes))
    tenants.forget()


def seen(visit: Appointment) -> Appointment:
    """After it took place, and all that follows was due."""
    record_attendance("boavista", visit.id, "fulfilled", visit.start, author="agent:ana")
    remind("boavista", visit.start + (ASKED - START))
    return visit


def invited(visit: Appointment) -> tuple[str, str | None]:
    remind("boavista", visit.start + (INVITED - START))
    last = now_is(visit).reminders[-1]
    return last.state, last.reason


@pytest.mark.parametrize("score", ["10", "0", None], ids=["content", "not content", "silent"])
def test_everybody_is_invited_alike_whatever_they_answered(score: str | None) -> None:
    invites()
    visit = seen(booked())
    if score:
        contact, _ = said(score, "wamid.9", ASKED + timedelta(minutes=1))
        respond("boavista", contact.id, ASKED + timedelta(minutes=1))
        (survey,) = surveys.of_patient("boavista", visit.patient)
        assert survey.score == int(score)
    assert invited(visit) == ("sent", None)
    (message,) = written(visit.patient, "review")
    assert LINK in message.text
    assert message.template is not None
    assert (message.template.name, message.template.parameters["link"]) == ("review", LINK)


def test_a_clinic_without_a_link_invites_nobody() -> None:
    invites("")
    visit = seen(booked())
    assert invited(visit) == ("skipped", "no_link")
    assert written(visit.patient, "review") == []


def test_nobody_is_invited_twice_in_ninety_days() -> None:
    invites()
    visit = seen(booked())
    invited(visit)
    later = VISIT._replace(start=(START + timedelta(days=60)).isoformat())
    again = seen(book("boavista", visit.patient, later, INVITED, author="agent:ana"))
    assert invited(again) == ("skipped", "asked_lately")
    assert len(written(visit.patient, "review")) == 1

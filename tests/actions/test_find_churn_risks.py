"""Who may be leaving: whom the clinic kept waiting, or who was not content, and who has not come since."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from recado.actions.book import book
from recado.actions.find_churn_risks import LOOKED_BACK, find_churn_risks
from recado.model.interval import IntervalTotal, interval_of
from recado.model.outcomes import Outcomes, Pursuit
from recado.store import intervals

from tests.actions.test_surveys import LATER, answers, asked, asks, seen
from tests.visits import VISIT, booked, said

pytestmark = pytest.mark.usefixtures("clinic")
DAY = timedelta(days=1)


def missed(patient: str, since: datetime) -> None:
    """Nobody ever called them back."""
    start, pursuit = interval_of(since), Pursuit(patient=patient, kind="call", since=since)
    found = {"voice": Outcomes(pursuits=(pursuit,))}
    intervals.save_total("boavista", IntervalTotal(start=start, outcomes=found))


def test_who_was_not_content_and_not_called_back_is_listed_until_they_book() -> None:
    asks("survey_nps")
    visit = booked()
    seen(visit)
    asked(visit)
    contact = answers("3")
    missed(visit.patient, LATER - 2 * DAY)
    (found,) = find_churn_risks("boavista", LATER + DAY)
    assert (found.patient.id, found.patient.name) == (visit.patient, "Maria Silva")
    assert found.contact == contact.id
    assert [sign.reason for sign in found.signs] == ["low_score", "unanswered"]
    assert find_churn_risks("delsol", LATER + DAY) == []
    coming = VISIT._replace(start="2026-12-08T09:30")
    book("boavista", visit.patient, coming, LATER, author="agent:ana")
    assert find_churn_risks("boavista", LATER + DAY) == []


def test_what_was_long_ago_and_who_is_nobody_s_patient_any_more_are_left_out() -> None:
    patient = booked().patient
    missed(patient, LATER - LOOKED_BACK - DAY)
    missed("pgone", LATER - 2 * DAY)
    assert find_churn_risks("boavista", LATER) == []


def test_whom_nobody_called_back_is_reached_by_their_latest_contact() -> None:
    contact, _ = said("Olá", now=LATER - 3 * DAY)
    missed(contact.patient, LATER - 2 * DAY)
    (found,) = find_churn_risks("boavista", LATER)
    assert (found.contact, [sign.reason for sign in found.signs]) == (contact.id, ["unanswered"])

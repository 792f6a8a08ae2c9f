"""What came of surveys, by what is kept of them and of their messages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.report_surveys import report_surveys
from recado.store import contacts

from tests.actions.test_surveys import LATER, answers, asked, asks, seen
from tests.visits import booked, written

pytestmark = pytest.mark.usefixtures("clinic")
AFTER = LATER + timedelta(days=1)


def test_a_survey_that_arrived_and_was_answered_counts_on_its_visit_s_day() -> None:
    asks("survey_csat")
    visit = booked()
    seen(visit)
    asked(visit)
    (message,) = written(visit.patient, "survey")
    contacts.save_communication("boavista", message.model_copy(update={"state": "delivered"}))
    answers("5")
    made = report_surveys("boavista", "2026-11-30", "2026-12-01", AFTER)
    assert (made.whole.taken, made.whole.delivered) == (frozenset({message.id}), frozenset({message.id}))
    assert [one.score for one in made.whole.surveys] == [5]
    assert made.channels == {"whatsapp": made.whole}
    assert report_surveys("boavista", "2026-11-29", "2026-11-30", AFTER).whole.surveys == []
    assert report_surveys("delsol", "2026-11-30", "2026-12-01", AFTER).whole.surveys == []

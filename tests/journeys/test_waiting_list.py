"""Journey 7: a freed time is offered to those who wait for it; the first to accept has it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.story import Clinic, eventually
from tests.journeys.waiting import Offered

pytestmark = pytest.mark.local_stack


def test_a_freed_time_is_offered_to_two_and_the_first_yes_has_it(
    aurora: Clinic, offered: Offered, a_minute_passes: Callable[[], None]
) -> None:
    first, second, freed = offered
    a_minute_passes()
    for phone in (first, second):
        eventually(lambda phone=phone: "Si è liberato" in phone.received()[-1])  # type: ignore[misc]
    assert "è fissato" in second.says("sì")
    eventually(lambda: "è stato preso" in first.received()[-1])
    assert "posto nella lista" in first.received()[-1], "and they keep their place"
    assert [one["patient_name"] for one in aurora.get("/waiting-list")["items"]] == [first.patient.name]
    day = aurora.get("/appointments", day=freed["local_start"][:10])["items"]
    there = [one for one in day if one["start"] == freed["start"] and one["type_id"] == "consulto"]
    assert [one["patient_name"] for one in there if one["status"] == "booked"] == [second.patient.name]

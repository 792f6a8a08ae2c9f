"""What is given back, how long it is held, and what counts as filled again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.appointment import Appointment
from recado.model.schedule import Taken
from recado.rules import openings as rules
from recado.rules.agendas import Place

from tests.samples import BOAVISTA, NOW

BEGINS = datetime(2026, 11, 30, 12, 30, tzinfo=UTC)
PLACE = Place("helena", BEGINS, BEGINS + timedelta(minutes=30))
HOUR = timedelta(hours=1)


def visit(**changes: object) -> Appointment:
    known: dict[str, object] = {
        "id": "a1",
        "patient": "p1",
        "language": "pt-BR",
        "practitioner": "Dra. Helena",
        "practitioner_id": "helena",
        "type": "Consulta",
        "minutes": 30,
        "start": BEGINS,
        "local_start": "2026-11-30T09:30",
        "timezone": "America/Sao_Paulo",
        "tz_version": "2026f",
        "channel": "whatsapp",
        "account": "1",
        "address": "1",
        "contact_point": "phone#1",
        "created_at": NOW,
        "created_by": "agent:ana",
    }
    return Appointment.model_validate({**known, **changes})


@pytest.mark.parametrize(
    ("changes", "given_back"),
    [
        ({"status": "cancelled"}, True),
        ({"start": BEGINS + HOUR, "schedule": 2}, True),
        ({"practitioner_id": "caio", "schedule": 2}, True),
        ({"start": BEGINS + HOUR / 4, "schedule": 2}, False),
        ({"start": BEGINS + HOUR}, False),
        ({"status": "noshow"}, False),
        ({"minutes": 15}, False),
    ],
)
def test_a_time_is_given_back_by_who_goes_and_by_no_other_change(
    changes: dict[str, object], given_back: bool
) -> None:
    found = rules.given_back(visit(), visit(**changes), NOW)
    assert found == (PLACE if given_back else None)


def test_nothing_is_given_back_that_has_begun_or_is_nobodys() -> None:
    cancelled = visit(status="cancelled")
    assert rules.given_back(visit(), cancelled, BEGINS) is None
    assert rules.given_back(None, visit(), NOW) is None
    nobodys = {"practitioner_id": None}
    assert rules.given_back(visit(**nobodys), visit(status="cancelled", **nobodys), NOW) is None


@given(minutes=st.integers(1, 60 * 24 * 30))
def test_a_hold_is_never_longer_than_the_clinic_s_nor_goes_to_where_it_is_of_no_use(minutes: int) -> None:
    opening = rules.blank("o1", Place("helena", NOW + timedelta(minutes=minutes), BEGINS))
    held = rules.hold_until(BOAVISTA, opening, NOW) - NOW
    assert rules.SHORTEST <= held <= timedelta(minutes=BOAVISTA.offer_hold_minutes)
    if minutes >= 120:
        assert NOW + held <= opening.begins - rules.NOTICE


@given(events=st.lists(st.sampled_from(["free", "fill"]), max_size=12), capacity=st.integers(1, 3))
def test_what_is_filled_again_is_never_more_than_what_was_freed(events: list[str], capacity: int) -> None:
    """Seats that are given back and taken, in any order; only what is seen as it begins is counted."""
    opening, there = None, capacity
    freed = filled = 0
    for event in events:
        if event == "free" and there:
            there, freed = there - 1, freed + 1
            opening = rules.opened(opening, "o1", PLACE, capacity=capacity, now=NOW)
        elif event == "fill" and there < capacity:
            there, filled = there + 1, filled + 1
    if opening is None:
        return
    seats = [Taken(by=f"a{number}", begins=PLACE.begins, ends=PLACE.ends) for number in range(there)]
    done = rules.counted(opening, seats, capacity)
    assert (done.freed, done.refilled) == (freed, filled)


def test_a_shorter_visit_fills_the_time_and_a_hold_does_not() -> None:
    opening = rules.opened(None, "o1", PLACE, capacity=1, now=NOW)
    short = Taken(by="a2", begins=PLACE.begins, ends=PLACE.begins + timedelta(minutes=10))
    assert rules.counted(opening, [short], 1).refilled == 1
    assert rules.counted(opening, [short.model_copy(update={"until": BEGINS})], 1).refilled == 0

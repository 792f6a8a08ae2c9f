"""Two at once at the waiting list: whoever is overtaken between looking and saving looks again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.leave_waiting import leave_waiting
from recado.actions.offer_time import offer_time
from recado.errors import Conflict, SlotTaken
from recado.model.waiting import WaitingEntry

from tests.practice import SLOT
from tests.samples import NOW
from tests.visits import overtaken
from tests.waiting import (
    HOLD,
    MINUTE,
    TENANT,
    freed,
    held,
    minute,
    now_is,
    offer_of,
    offering,
    opening,
    patient,
    practice,
    says,
    taken,
    told,
    visits,
    waits,
)

pytestmark = pytest.mark.usefixtures("clinic")
Pair = tuple[WaitingEntry, WaitingEntry]


@pytest.fixture
def asked() -> Pair:
    """Two wait, and the first of them is asked."""
    practice()
    first, second = waits(1, since=NOW - HOLD), waits(2)
    freed()
    minute(NOW)
    return first, second


def sweep(now: object = NOW + HOLD) -> Callable[[], object]:
    return lambda: minute(now)  # type: ignore[arg-type]


def test_two_minutes_at_once_make_one_offer() -> None:
    practice()
    first, second = waits(1, since=NOW - HOLD), waits(2)
    freed()
    with overtaken(lambda: minute(NOW)):
        minute(NOW)
    assert [len(told(one)) for one in (first, second)] == [1, 0]
    assert (opening().offers, held()) == (1, [now_is(first).offer])


@pytest.mark.parametrize("yes_first", [True, False])
def test_a_yes_as_the_offer_lapses_is_a_booking_or_is_told_kindly(asked: Pair, yes_first: bool) -> None:
    first, second = asked
    yes = lambda: says(1, "sim", NOW + HOLD)  # noqa: E731 - one of two workers
    worker, other = (sweep(), yes) if yes_first else (yes, sweep())
    with overtaken(other):
        worker()
    minute(NOW + HOLD + MINUTE)
    assert visits() in ([("Paciente A", "09:30")], [])
    if visits():
        assert (now_is(first).state, now_is(second).state) == ("booked", "waiting")
    else:
        assert (now_is(first).state, now_is(second).state) == ("waiting", "offered")
        assert "já foi ocupado" in told(first)[-1].text


def test_a_yes_as_the_clinic_takes_them_off_the_list_is_a_booking_or_is_for_a_person(asked: Pair) -> None:
    first, _ = asked
    with overtaken(lambda: leave_waiting(TENANT, first.id, NOW + MINUTE)):
        says(1, "sim", NOW + MINUTE)
    assert (now_is(first).state, visits()) == ("left", [])


def test_who_is_taken_off_the_list_as_they_say_yes_has_their_visit(asked: Pair) -> None:
    first, _ = asked
    with overtaken(lambda: says(1, "sim", NOW + MINUTE)), pytest.raises(Conflict):
        leave_waiting(TENANT, first.id, NOW + MINUTE)
    assert now_is(first).state == "booked"
    assert visits() == [("Paciente A", "09:30")]


def test_the_desk_does_not_get_a_time_that_is_held_until_it_lapses(asked: Pair) -> None:
    other = patient(3)
    with pytest.raises(SlotTaken):
        book(TENANT, other, SLOT, NOW + HOLD - MINUTE, author="agent:ana")
    book(TENANT, other, SLOT, NOW + HOLD, author="agent:ana")
    says(1, "sim", NOW + HOLD)
    assert visits() == [("Paciente C", "09:30")]
    assert "já foi ocupado" in told(asked[0])[-1].text
    assert minute(NOW + HOLD) == 0
    assert (opening().refilled, now_is(asked[0]).state) == (1, "waiting")


def test_the_desk_books_as_the_offer_is_made_and_nobody_is_asked() -> None:
    practice()
    entry, other = waits(1), patient(2)
    freed()
    with overtaken(lambda: book(TENANT, other, SLOT, NOW, author="agent:ana")):
        minute(NOW)
    assert (told(entry), visits()) == ([], [("Paciente B", "09:30")])


def test_two_openings_at_once_make_one_offer_to_somebody_who_waits_for_two_things() -> None:
    practice()
    one = waits(1, practitioners=("helena",))
    both = waits(1, patient=one.patient, type_id="retorno", practitioners=("caio",))
    freed()
    cancel_appointment(TENANT, taken(practitioner_id="caio", type_id="retorno").id, NOW, author="agent:ana")
    with overtaken(lambda: minute(NOW)):
        minute(NOW)
    assert sorted([now_is(one).offers, now_is(both).offers]) == [0, 1]


def test_a_time_given_back_twice_is_one_opening_and_counts_twice(asked: Pair) -> None:
    says(1, "sim", NOW + MINUTE)
    visit = now_is(asked[0]).appointment or ""
    cancel_appointment(TENANT, visit, NOW + 2 * MINUTE, author="agent:ana")
    assert minute(NOW + 2 * MINUTE) == 1
    says(2, "sim", NOW + 3 * MINUTE)
    done = opening()
    assert (done.freed, done.refilled) == (2, 2)
    assert visits() == [("Paciente B", "09:30")]


def test_with_room_for_two_both_times_are_offered() -> None:
    practice(capacity=2)
    offering(offer_at_once=1)
    entries = [waits(number, since=NOW + number * MINUTE) for number in (1, 2)]
    visits_there = [taken(), book(TENANT, patient(5), SLOT, NOW, author="agent:ana")]
    for one in visits_there:
        cancel_appointment(TENANT, one.id, NOW, author="agent:ana")
    minute(NOW)
    says(1, "sim", NOW + MINUTE)
    minute(NOW + 2 * MINUTE)
    says(2, "sim", NOW + 3 * MINUTE)
    assert [now_is(one).state for one in entries] == ["booked", "booked"]
    minute(NOW + 4 * MINUTE)
    assert (opening().freed, opening().refilled) == (2, 2)


def test_the_same_offer_by_hand_at_once_is_one() -> None:
    practice()
    entry = waits(1)

    def by_hand() -> object:
        return offer_time(TENANT, entry.id, "helena", SLOT.start, NOW, author="agent:ana")

    with overtaken(by_hand), pytest.raises(Conflict):
        by_hand()
    assert (len(told(entry)), offer_of(entry).state) == (1, "open")

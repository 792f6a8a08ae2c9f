"""A freed time is offered in fair order, held, and the first to accept has it; nobody is left in the dark."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.erase import erase
from recado.actions.join_waiting import Wanted, join_waiting
from recado.actions.leave_waiting import leave_waiting
from recado.actions.move_appointment import move_appointment
from recado.actions.offer_time import offer_time
from recado.actions.raise_priority import raise_priority
from recado.actions.sweep import sweep
from recado.errors import Conflict, Invalid, NotFound, SlotTaken
from recado.model.patient import Quiet
from recado.model.tenant import OpeningHours
from recado.store import appointments, contacts, waiting

from tests.practice import SLOT
from tests.samples import NOW
from tests.visits import overtaken
from tests.waiting import (
    BEGINS,
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

pytestmark = pytest.mark.usefixtures("offered")
HOUR = timedelta(hours=1)


@pytest.fixture
def offered(clinic: object) -> None:
    practice()


def test_a_freed_time_is_held_for_who_has_waited_longest_and_offered_to_them() -> None:
    second, first = waits(1, since=NOW), waits(2, since=NOW - HOUR)
    freed()
    assert minute(NOW) == 1
    (message,) = told(first)
    assert (message.template and message.template.name, message.not_after) == ("offer_slot", NOW + HOLD)
    assert "Helena" not in message.text
    assert "09:30" in message.text
    assert "11:30" in message.text
    assert told(second) == []
    assert (now_is(first).state, now_is(first).offers) == ("offered", 1)
    assert held() == [now_is(first).offer]
    with pytest.raises(SlotTaken):
        taken()


def test_the_first_yes_has_it_and_their_history_says_how() -> None:
    entry = waits(1)
    freed()
    minute(NOW)
    contact = says(1, "Sim", NOW + MINUTE)
    assert visits() == [("Paciente A", "09:30")]
    after = now_is(entry)
    visit = appointments.get(TENANT, after.appointment or "")
    assert (after.state, offer_of(entry).state, offer_of(entry).taken_by) == ("booked", "taken", entry.id)
    assert [one.what for one in visit.history] == ["asked", "held", "offered", "booked"]
    assert held() == [visit.id]
    stored = contacts.get_contact(TENANT, contact)
    assert (stored.state, stored.disposition, stored.pending) == ("closed", "booked", ())
    minute(NOW + 2 * MINUTE)
    done = opening()
    assert (done.freed, done.refilled) == (1, 1)
    assert done.due_at == BEGINS


def test_who_does_not_answer_keeps_their_place_and_the_next_one_is_asked() -> None:
    first, second = waits(1, since=NOW - HOUR), waits(2)
    freed()
    minute(NOW)
    assert minute(NOW + HOLD - MINUTE) == 0
    assert minute(NOW + HOLD) == 1
    assert (now_is(first).state, now_is(first).since) == ("waiting", NOW - HOUR)
    assert (now_is(second).state, held()) == ("offered", [now_is(second).offer])
    assert len(told(first)) == 1
    freed(NOW + HOLD, "2026-12-01T09:30")
    assert minute(NOW + HOLD) == 1
    assert now_is(first).offers == 2


def test_a_no_frees_the_time_for_the_next_at_once() -> None:
    first, second = waits(1, since=NOW - HOUR), waits(2)
    freed()
    minute(NOW)
    says(1, "2", NOW + MINUTE)
    assert (now_is(first).state, held()) == ("waiting", [])
    assert "lista de espera" in told(first)[-1].text
    assert minute(NOW + 2 * MINUTE) == 1
    assert now_is(second).state == "offered"


def test_asked_a_few_at_once_the_others_hear_kindly_that_it_is_gone_and_keep_their_places() -> None:
    offering(offer_at_once=3)
    entries = [waits(number, since=NOW - number * HOUR) for number in (1, 2, 3, 4)]
    freed()
    minute(NOW)
    assert [now_is(one).state for one in entries] == ["waiting", "offered", "offered", "offered"]
    for one in entries[1:]:
        message = told(one)[0]
        contacts.save_communication(TENANT, message.model_copy(update={"state": "sent"}))
    says(3, "1", NOW + MINUTE)
    assert [now_is(one).state for one in entries] == ["waiting", "waiting", "booked", "waiting"]
    assert [len(told(one, "offer_gone")) for one in entries] == [0, 1, 0, 1]
    assert [now_is(one).since for one in entries] == [one.since for one in entries]
    says(2, "sim", NOW + 2 * MINUTE)
    assert visits() == [("Paciente C", "09:30")]
    assert [one.purpose for one in told(entries[1])] == ["offer", "offer"]
    says(4, "sim", NOW + 30 * MINUTE)
    assert "já foi ocupado" in told(entries[3])[-1].text
    assert visits() == [("Paciente C", "09:30")]


def test_what_was_not_sent_yet_is_withdrawn_when_the_time_is_gone() -> None:
    offering(offer_at_once=2)
    first, second = waits(1, since=NOW - HOUR), waits(2)
    freed()
    minute(NOW)
    says(1, "sim", NOW + MINUTE)
    assert [one.state for one in told(second)] == ["withdrawn"]
    assert now_is(first).state == "booked"


def test_two_who_say_yes_at_once_are_one_booking() -> None:
    offering(offer_at_once=2)
    first, second = waits(1, since=NOW - HOUR), waits(2)
    freed()
    minute(NOW)
    with overtaken(lambda: says(2, "sim", NOW + MINUTE)):
        says(1, "sim", NOW + MINUTE)
    assert len(visits()) == 1
    assert sorted([now_is(first).state, now_is(second).state]) == ["booked", "waiting"]


def test_the_same_yes_again_changes_nothing() -> None:
    entry = waits(1)
    freed()
    minute(NOW)
    button = f"confirm:{entry.id}:1"
    for minutes in (1, 2):
        says(1, "Sim", NOW + minutes * MINUTE, payload=button, type="button")
    assert visits() == [("Paciente A", "09:30")]


def test_a_late_yes_counts_while_the_time_is_free_and_after_that_it_is_answered_kindly() -> None:
    first, second = waits(1, since=NOW - HOUR), waits(2, since=NOW, earliest=date(2026, 12, 2))
    freed()
    minute(NOW)
    minute(NOW + HOLD)
    assert now_is(first).state == "waiting"
    says(1, "sim", NOW + 2 * HOUR)
    assert visits() == [("Paciente A", "09:30")]
    assert now_is(second).state == "waiting"


def test_a_late_yes_to_a_time_that_is_held_for_somebody_else_is_too_late() -> None:
    first, second = waits(1, since=NOW - HOUR), waits(2)
    freed()
    minute(NOW)
    minute(NOW + HOLD)
    says(1, "sim", NOW + HOLD + MINUTE)
    assert visits() == []
    assert "já foi ocupado" in told(first)[-1].text
    says(2, "sim", NOW + HOLD + 2 * MINUTE)
    assert visits() == [("Paciente B", "09:30")]
    assert now_is(second).state == "booked"


def test_when_nobody_wants_it_the_time_is_free_again_for_everybody() -> None:
    waits(1)
    freed()
    minute(NOW)
    minute(NOW + HOLD)
    assert minute(NOW + 2 * HOLD) == 0
    taken(now=NOW + 2 * HOLD)
    minute(NOW + 7 * HOUR)
    assert (opening().refilled, opening().due_at) == (1, BEGINS)
    minute(BEGINS)
    assert (opening().state, opening().refilled, opening().due_at) == ("closed", 1, None)


def test_a_freed_time_that_stays_empty_is_counted_so() -> None:
    freed()
    for hours in range(0, 8 * 24, 6):
        minute(NOW + hours * HOUR)
    assert (opening().state, opening().freed, opening().refilled) == ("closed", 1, 0)


def test_somebody_has_one_offer_at_a_time() -> None:
    entry = waits(1)
    both = join_waiting(TENANT, Wanted(entry.patient, "retorno"), NOW, author="agent:ana")
    freed()
    freed(NOW, "2026-12-01T09:30")
    cancel_appointment(TENANT, taken(practitioner_id="caio", type_id="retorno").id, NOW, author="agent:ana")
    for _ in range(3):
        minute(NOW)
    assert sorted([now_is(entry).offers, now_is(both).offers]) == [0, 1]


def test_the_clinic_lets_somebody_go_first_and_says_why() -> None:
    waits(1, since=NOW - HOUR)
    entry = waits(2)
    with pytest.raises(Invalid, match="Say why"):
        raise_priority(TENANT, entry.id, 5, " ")
    raise_priority(TENANT, entry.id, 5, "Viaja em dezembro")
    freed()
    minute(NOW)
    assert now_is(entry).state == "offered"


@pytest.mark.parametrize(
    "wanted",
    [
        {"practitioners": ("caio",)},
        {"earliest": date(2026, 12, 1)},
        {"latest": date(2026, 11, 29)},
        {"weekdays": (1, 2, 3)},
        {"parts": ("afternoon", "evening")},
        {"type_id": "retorno"},
    ],
)
def test_nobody_is_asked_whom_the_time_does_not_suit(wanted: dict[str, Any]) -> None:
    entry = waits(1, **wanted)
    freed()
    assert minute(NOW) == 0
    assert now_is(entry).state == "waiting"


def test_what_is_freed_at_night_is_offered_in_the_morning() -> None:
    entry = waits(1)
    night = NOW + 14 * HOUR
    freed(night)
    assert minute(night) == 0
    assert minute(NOW + 21 * HOUR) == 1
    assert now_is(entry).state == "offered"


def test_nobody_is_disturbed_for_what_the_night_would_lose_nor_for_what_is_too_soon() -> None:
    entry = waits(1)
    visit = taken()
    cancel_appointment(TENANT, visit.id, BEGINS - 9 * HOUR, author="agent:ana")
    for hours in range(9, -1, -1):
        assert minute(BEGINS - hours * HOUR) == 0
    assert (now_is(entry).state, opening().state) == ("waiting", "closed")


def test_a_hold_is_shorter_where_the_time_is_soon() -> None:
    entry = waits(1)
    visit = taken("2026-11-24T11:30")
    now = NOW.replace(day=24, hour=12)
    cancel_appointment(TENANT, visit.id, now, author="agent:ana")
    minute(now)
    assert offer_of(entry).until == now + 150 * MINUTE / 8


def test_a_hold_counts_open_hours_only() -> None:
    week = tuple(OpeningHours(weekday=day, opens="09:00", closes="18:00") for day in range(5))
    offering(hours=week, offer_hold_minutes=60)
    entry = waits(1)
    evening = NOW.replace(hour=20, minute=40)
    freed(evening)
    minute(evening)
    assert offer_of(entry).until == NOW.replace(day=24, hour=12, minute=40)


def test_nobody_is_asked_in_their_own_quiet_hours_or_without_their_consent() -> None:
    quiet = patient(1, quiet=Quiet(begins="10:00", ends="13:00"))
    stopped = patient(2, opted_out=frozenset({"care"}))
    for number, who in enumerate((quiet, stopped)):
        waits(number, patient=who)
    freed()
    assert minute(NOW) == 0


def test_who_waits_with_a_later_visit_gets_that_one_earlier_and_gives_back_its_time() -> None:
    later_visit = taken("2026-12-03T09:30")
    entry = waits(99, patient=later_visit.patient, instead_of=later_visit.id)
    freed()
    minute(NOW)
    says(99, "sim", NOW + MINUTE)
    moved = appointments.get(TENANT, later_visit.id)
    assert (moved.local_start, moved.schedule, moved.status) == (SLOT.start, 2, "booked")
    assert [one.what for one in moved.history] == ["booked", "asked", "held", "offered", "moved"]
    assert now_is(entry).state == "booked"
    again = waits(2)
    assert minute(NOW + 2 * MINUTE) == 1
    assert (now_is(again).state, offer_of(again).begins) == ("offered", later_visit.start)


def test_no_time_is_offered_that_is_later_than_what_they_have() -> None:
    soon = taken("2026-11-27T09:30")
    waits(99, patient=soon.patient, instead_of=soon.id)
    freed()
    assert minute(NOW) == 0


def test_a_moved_visit_gives_back_its_old_time() -> None:
    entry = waits(1)
    move_appointment(TENANT, taken().id, "2026-12-04T09:30", NOW, author="agent:ana")
    assert minute(NOW) == 1
    assert offer_of(entry).begins == BEGINS


def test_who_leaves_while_asked_makes_room_for_the_next() -> None:
    first, second = waits(1, since=NOW - HOUR), waits(2)
    freed()
    minute(NOW)
    leave_waiting(TENANT, first.id, NOW)
    assert leave_waiting(TENANT, first.id, NOW).state == "left"
    minute(NOW + MINUTE)
    assert (now_is(first).state, now_is(second).state) == ("left", "offered")
    with pytest.raises(Conflict):
        raise_priority(TENANT, first.id, 1, "x")


def test_an_entry_ends_with_its_last_day() -> None:
    entry = waits(1, latest=date(2026, 11, 24))
    minute(NOW.replace(day=25, hour=2))
    assert now_is(entry).state == "waiting"
    minute(NOW.replace(day=25, hour=3))
    assert (now_is(entry).state, waiting.all_waiting(TENANT)) == ("expired", [])


def test_who_comes_onto_the_list_again_keeps_their_place_unless_they_had_left() -> None:
    entry = waits(1)
    wanted = Wanted(entry.patient, "consulta", weekdays=(1,))
    again = join_waiting(TENANT, wanted, NOW + HOUR, author="patient")
    assert (again.id, again.since, again.weekdays) == (entry.id, NOW, (1,))
    leave_waiting(TENANT, entry.id, NOW + HOUR)
    anew = join_waiting(TENANT, wanted, NOW + 2 * HOUR, author="patient")
    assert (anew.state, anew.since) == ("waiting", NOW + 2 * HOUR)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"type_id": "none"}, "type_id"),
        ({"practitioners": ("nobody",)}, "practitioners"),
        ({"latest": date(2026, 11, 22)}, "latest"),
        ({"earliest": date(2026, 12, 2), "latest": date(2026, 12, 1)}, "latest"),
        ({"instead_of": "a1"}, "instead_of"),
    ],
)
def test_what_cannot_be_waited_for_names_its_field(wanted: dict[str, Any], field: str) -> None:
    asked = {"patient": patient(1), "type_id": "consulta", **wanted}
    with pytest.raises(Invalid) as caught:
        join_waiting(TENANT, Wanted(**asked), NOW, author="patient")
    assert caught.value.field == field


def test_the_desk_offers_a_time_by_hand_to_whom_it_likes() -> None:
    entry, other = waits(1, since=NOW - HOUR), waits(2, weekdays=(4,))
    offer = offer_time(TENANT, other.id, "helena", SLOT.start, NOW, author="agent:ana")
    assert (offer.made_by, offer.until, now_is(other).state) == ("agent:ana", NOW + HOLD, "offered")
    with pytest.raises(Conflict, match="offered to somebody"):
        offer_time(TENANT, entry.id, "helena", SLOT.start, NOW, author="agent:ana")
    with pytest.raises(Conflict, match="wait for their answer"):
        offer_time(TENANT, other.id, "caio", SLOT.start, NOW, author="agent:ana")
    says(2, "sim", NOW + MINUTE)
    assert visits() == [("Paciente B", "09:30")]
    minute(NOW + 2 * MINUTE)
    assert (opening().freed, opening().refilled, now_is(entry).state) == (0, 0, "waiting")
    with pytest.raises(Conflict, match="not free"):
        offer_time(TENANT, entry.id, "helena", SLOT.start, NOW, author="agent:ana")


def test_of_somebody_who_was_erased_nothing_is_left_but_that_they_waited() -> None:
    entry = waits(1)
    raise_priority(TENANT, entry.id, 2, "Maria")
    for visit in appointments.of_patient(TENANT, entry.patient):
        cancel_appointment(TENANT, visit.id, NOW, author="agent:ana")
    erase(TENANT, entry.patient, NOW, by="role:admin", reason="requested")
    for minutes in range(1, 13):
        sweep(TENANT, NOW + minutes * MINUTE)
    kept = waiting.find_entry(TENANT, entry.id)
    assert kept is not None
    assert (kept.state, kept.reason) == ("left", "")
    with pytest.raises(NotFound):
        waiting.get_entry(TENANT, entry.id)

"""Visits by slot: one slot is one booking, whoever asks for it and when."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from moto.dynamodb.responses import DynamoHandler
from recado.actions.admit import Person
from recado.actions.book import book
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.find_slots import Wanted, find_slots
from recado.actions.move_appointment import move_appointment
from recado.actions.place_visit import Visit
from recado.errors import Conflict, Invalid, RecadoError, SlotTaken, Stale
from recado.model.appointment import Appointment
from recado.model.schedule import Agenda, Schedule, Taken
from recado.store import agendas, appointments, schedules
from recado.store.rows import transaction

from tests.practice import CAIO, SLOT, opened
from tests.samples import NOW
from tests.visits import MARIA, now_is, overtaken

pytestmark = pytest.mark.usefixtures("practice")

DAY = date(2026, 11, 30)
MIDNIGHT = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
"""As the 30th begins in São Paulo."""


@pytest.fixture
def practice(clinic: object) -> None:
    opened()


def person(number: int) -> Person:
    return Person(f"Paciente {chr(64 + number)}", f"(11) 98765-43{number:02}")


def booked(visit: Visit = SLOT, who: Person = MARIA, author: str = "agent:ana") -> Appointment:
    return book("boavista", who, visit, NOW, author=author)


def free(practitioner: str | None = "helena", *, by_patient: bool = False) -> list[str]:
    wanted = Wanted("consulta", practitioner, MIDNIGHT, MIDNIGHT + timedelta(days=1))
    found = find_slots("boavista", wanted, NOW, by_patient=by_patient)
    return [f"{one.practitioner.id} {one.slot.wall:%H:%M}" for one in found]


def taken_of(practitioner: str = "helena", day: date = DAY) -> list[str]:
    return [one.by for one in agendas.get("boavista", practitioner, day).taken]


def test_a_visit_by_ids_has_the_names_and_the_length_that_the_clinic_gave() -> None:
    visit = booked()
    assert (visit.practitioner, visit.practitioner_id) == ("Dra. Helena Prado", "helena")
    assert (visit.type, visit.type_id, visit.minutes) == ("Consulta", "consulta", 30)
    assert visit.local_start == "2026-11-30T09:30"


def test_a_slot_that_is_booked_is_free_no_more_and_cancelled_it_is_again() -> None:
    before = free()
    visit = booked()
    assert "helena 09:30" in before
    assert free() == [one for one in before if one != "helena 09:30"]
    cancel_appointment("boavista", visit.id, NOW, author="agent:ana")
    assert free() == before
    assert taken_of() == []


def test_whoever_does_it_is_found_where_nobody_is_named() -> None:
    booked()
    assert free(None)[:3] == ["caio 09:00", "helena 09:00", "caio 09:30"]


def test_the_second_who_asks_for_a_slot_hears_of_three_others_nearby() -> None:
    booked()
    with pytest.raises(SlotTaken) as caught:
        booked(who=person(1))
    assert [one["local_start"] for one in caught.value.alternatives] == [
        "2026-11-30T09:00",
        "2026-11-30T10:00",
        "2026-11-30T10:30",
    ]
    assert caught.value.body()["alternatives"][0] == {
        "practitioner_id": "helena",
        "start": "2026-11-30T12:00:00.000Z",
        "local_start": "2026-11-30T09:00",
        "timezone": "America/Sao_Paulo",
    }
    assert [one.patient_name for one in appointments.of_day("boavista", "2026-11-30")] == ["Maria Silva"]


def test_who_is_overtaken_between_looking_and_booking_is_refused_as_well() -> None:
    with overtaken(lambda: booked(who=person(1))), pytest.raises(SlotTaken):
        booked()
    assert len(taken_of()) == 1


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request is carried out as a whole, as on AWS: moto takes back a transaction by putting all tables
    back as they were, whoever has written since."""
    carry_out, lock = DynamoHandler.call_action, threading.Lock()

    def one_by_one(handler: DynamoHandler) -> Any:
        with lock:
            return carry_out(handler)

    monkeypatch.setattr(DynamoHandler, "call_action", one_by_one)


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """What came of each, all of them begun at the same time."""
    outcomes: list[str] = []

    def carry(act: Callable[[], object]) -> None:
        try:
            act()
            outcomes.append("booked")
        except RecadoError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=carry, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sorted(outcomes)


@pytest.mark.usefixtures("whole")
def test_of_eight_at_once_one_has_the_slot() -> None:
    outcomes = at_once([partial(booked, who=person(number)) for number in range(8)])
    assert outcomes == ["booked"] + ["slot_taken"] * 7
    (visit,) = appointments.of_day("boavista", "2026-11-30")
    assert taken_of() == [visit.id]


@pytest.mark.usefixtures("whole")
def test_of_four_at_once_who_want_four_times_each_has_theirs() -> None:
    wanted = [SLOT._replace(start=f"2026-11-30T{time}") for time in ("09:00", "09:30", "10:00", "10:30")]
    acts = [partial(booked, visit, person(number)) for number, visit in enumerate(wanted)]
    assert at_once(acts) == ["booked"] * 4
    assert len(taken_of()) == 4


def test_the_front_desk_may_overbook_when_it_says_so() -> None:
    one = booked()
    other = booked(SLOT._replace(over=True), person(1))
    assert sorted(taken_of()) == sorted([one.id, other.id])


def test_outside_the_schedule_the_desk_books_only_when_it_says_so() -> None:
    evening = SLOT._replace(start="2026-11-30T19:00")
    with pytest.raises(Invalid) as caught:
        booked(evening)
    assert caught.value.field == "start"
    assert booked(evening._replace(over=True)).local_start == "2026-11-30T19:00"


def test_a_practitioner_named_at_the_desk_is_the_one_of_that_name() -> None:
    visit = booked(Visit("2026-11-30T09:30", "dra helena prado", "consulta", 20))
    assert (visit.practitioner_id, visit.practitioner) == ("helena", "Dra. Helena Prado")
    assert (visit.type_id, visit.minutes) == ("consulta", 20)
    assert "helena 09:30" not in free()
    with pytest.raises(SlotTaken):
        booked(Visit("2026-11-30T09:45", "Dra. Helena Prado", "outra", 20), person(1))


def test_a_name_of_two_is_nobodys() -> None:
    schedules.save_practitioner("boavista", CAIO.model_copy(update={"id": "other"}))
    visit = booked(Visit("2026-11-30T09:30", "Dr. Caio Menezes", "consulta", 30))
    assert visit.practitioner_id is None


def test_somebody_whom_the_clinic_has_not_entered_is_booked_as_ever() -> None:
    visit = Visit("2026-11-30T09:30", "Dra. Costa", "avaliação", 30)
    booked(visit)
    other = booked(visit, person(1))
    assert (other.practitioner_id, other.type_id) == (None, None)


@pytest.mark.parametrize(
    ("visit", "field"),
    [
        (SLOT._replace(practitioner_id="nobody"), "practitioner_id"),
        (SLOT._replace(type_id="nothing"), "type_id"),
        (SLOT._replace(type_id="retorno"), "type_id"),
        (SLOT._replace(type_id=None), "type"),
        (SLOT._replace(type_id=None, type="avaliação"), "minutes"),
        (SLOT._replace(practitioner_id=None), "practitioner"),
    ],
)
def test_what_cannot_be_booked_is_named(visit: Visit, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        booked(visit)
    assert caught.value.field == field


def test_two_visits_fit_where_two_are_seen_at_once() -> None:
    (held,) = [
        one for one in schedules.practice("boavista").schedules.values() if one.practitioner == "helena"
    ]
    schedules.save_schedule("boavista", held.model_copy(update={"capacity": 2}))
    booked()
    booked(who=person(1))
    with pytest.raises(SlotTaken):
        booked(who=person(2))


def test_a_visit_over_the_end_of_a_utc_day_is_in_both_agendas() -> None:
    late = SLOT._replace(start="2026-11-30T20:45", over=True)
    visit = booked(late)
    next_day = DAY + timedelta(days=1)
    assert taken_of() == taken_of(day=next_day) == [visit.id]
    with pytest.raises(SlotTaken):
        booked(Visit("2026-11-30T21:05", "Dra. Helena Prado", "consulta", 30), person(1))
    cancel_appointment("boavista", visit.id, NOW, author="agent:ana")
    assert taken_of() == taken_of(day=next_day) == []


def test_a_patient_books_only_what_is_offered_to_patients() -> None:
    known = booked().patient
    early = book("boavista", known, SLOT._replace(start="2026-11-30T10:00"), NOW, author="patient")
    assert early.history[0].by == "patient"
    for start in ("2026-11-30T10:10", "2026-11-30T12:00", "2026-11-29T09:30", "2027-11-29T09:30"):
        with pytest.raises(SlotTaken):
            book("boavista", known, SLOT._replace(start=start, over=True), NOW, author="patient")
    retorno = SLOT._replace(start="2026-11-30T11:00", practitioner_id="caio", type_id="retorno")
    with pytest.raises(Invalid):
        book("boavista", known, retorno, NOW, author="patient")


def test_patients_book_no_later_and_no_further_ahead_than_the_clinic_allows() -> None:
    today = Wanted("consulta", "helena", NOW, NOW + timedelta(days=1))
    held = schedules.schedule("boavista", "helena")
    assert held is not None
    schedules.save_schedule("boavista", held.model_copy(update={"lead_minutes": 24 * 60, "horizon_days": 3}))
    found = find_slots("boavista", today._replace(until=NOW + timedelta(days=9)), NOW, by_patient=True)
    assert found[0].slot.begins >= NOW + timedelta(days=1)
    assert found[-1].slot.begins < NOW + timedelta(days=3)


def test_a_moved_visit_takes_the_new_time_and_gives_back_the_old_at_once() -> None:
    visit = booked()
    moved = move_appointment("boavista", visit.id, "2026-12-01T10:00", NOW, author="agent:ana")
    assert taken_of() == []
    assert taken_of(day=DAY + timedelta(days=1)) == [visit.id]
    assert now_is(moved).local_start == "2026-12-01T10:00"


def test_a_move_within_a_day_may_overlap_its_own_old_time() -> None:
    visit = booked()
    move_appointment("boavista", visit.id, "2026-11-30T09:45", NOW, author="agent:ana")
    (kept,) = agendas.get("boavista", "helena", DAY).taken
    assert kept.begins == datetime(2026, 11, 30, 12, 45, tzinfo=UTC)


def test_a_move_to_a_taken_time_changes_nothing() -> None:
    booked()
    mine = booked(SLOT._replace(start="2026-11-30T11:00"), person(1))
    with pytest.raises(SlotTaken):
        move_appointment("boavista", mine.id, "2026-11-30T09:30", NOW, author="agent:ana")
    assert now_is(mine).local_start == "2026-11-30T11:00"
    move_appointment("boavista", mine.id, "2026-11-30T09:30", NOW, author="agent:ana", over=True)
    assert now_is(mine).local_start == "2026-11-30T09:30"


def test_a_visit_can_go_to_another_practitioner_at_the_same_time() -> None:
    visit = booked()
    moved = move_appointment(
        "boavista", visit.id, SLOT.start, NOW, author="agent:ana", practitioner_id="caio"
    )
    assert (moved.practitioner, moved.schedule) == ("Dr. Caio Menezes", 2)
    assert (taken_of("helena"), taken_of("caio")) == ([], [visit.id])


def test_a_patient_moves_to_what_is_offered_to_patients() -> None:
    visit = booked()
    with pytest.raises(SlotTaken):
        move_appointment("boavista", visit.id, "2026-11-30T18:00", NOW, author="patient")
    move_appointment("boavista", visit.id, "2026-11-30T11:00", NOW, author="patient")
    assert now_is(visit).local_start == "2026-11-30T11:00"


def test_a_patient_may_move_their_visit_by_less_than_its_length() -> None:
    schedules.save_schedule("boavista", _every_quarter())
    visit = booked()
    with pytest.raises(SlotTaken) as caught:
        move_appointment("boavista", visit.id, "2026-11-30T09:35", NOW, author="patient")
    others = [one["local_start"][-5:] for one in caught.value.alternatives]
    assert others == ["09:15", "09:45", "10:00"], "and not the time that they have"
    move_appointment("boavista", visit.id, "2026-11-30T09:45", NOW, author="patient")
    assert now_is(visit).local_start == "2026-11-30T09:45"
    with pytest.raises(SlotTaken):
        booked(SLOT._replace(start="2026-11-30T10:00"), person(1))


def _every_quarter() -> Schedule:
    held = schedules.schedule("boavista", "helena")
    assert held is not None
    return held.model_copy(update={"grid": 15})


def test_outside_the_schedule_the_desk_moves_a_visit_only_when_it_says_so() -> None:
    visit = booked()
    with pytest.raises(SlotTaken) as caught:
        move_appointment("boavista", visit.id, "2026-11-30T19:00", NOW, author="agent:ana")
    assert len(caught.value.alternatives) == 3
    moved = move_appointment("boavista", visit.id, "2026-11-30T19:00", NOW, author="agent:ana", over=True)
    assert moved.local_start == "2026-11-30T19:00"


def test_a_practitioner_in_another_zone_is_booked_by_the_clocks_there() -> None:
    held = schedules.schedule("boavista", "caio")
    assert held is not None
    there = held.model_copy(update={"timezone": "America/Manaus", "location": "Manaus"})
    schedules.save_schedule("boavista", there)
    visit = booked(SLOT._replace(practitioner_id="caio"))
    assert (visit.timezone, visit.location) == ("America/Manaus", "Manaus")
    assert visit.start == datetime(2026, 11, 30, 13, 30, tzinfo=UTC)
    assert visit.tz_version


def test_a_hold_keeps_others_away_until_it_lapses_or_its_offer_is_taken_up() -> None:
    start, later = datetime(2026, 11, 30, 12, 30, tzinfo=UTC), NOW + timedelta(minutes=30)
    held = Taken(by="o1", begins=start, ends=start + timedelta(minutes=30), until=later)
    with transaction() as work:
        agendas.save_agendas("boavista", [Agenda(practitioner="helena", day=DAY, taken=(held,))], work)
    with pytest.raises(SlotTaken):
        booked()
    book("boavista", MARIA, SLOT, later, author="agent:ana")
    assert "o1" not in taken_of()


def test_the_same_request_again_is_the_same_booking() -> None:
    first = book("boavista", MARIA, SLOT, NOW, author="agent:ana", once="k")
    again = book("boavista", MARIA, SLOT, NOW, author="agent:ana", once="k")
    assert first.id == again.id
    assert taken_of() == [first.id]


def test_without_a_schedule_no_agenda_is_kept() -> None:
    schedules.save_practitioner("boavista", CAIO.model_copy(update={"id": "rosa", "name": "Dra. Rosa"}))
    booked(SLOT._replace(practitioner_id="rosa"))
    booked(SLOT._replace(practitioner_id="rosa"), person(1))
    assert taken_of("rosa") == []


def test_who_books_the_visit_that_they_have_is_told_so_and_not_that_it_is_taken() -> None:
    booked()
    with pytest.raises(Conflict) as caught:
        booked()
    assert not isinstance(caught.value, SlotTaken | Stale)


def test_more_than_two_months_at_once_are_refused_and_so_is_an_unknown_type() -> None:
    with pytest.raises(Invalid) as caught:
        find_slots("boavista", Wanted("consulta", None, NOW, NOW + timedelta(days=63)), NOW)
    assert caught.value.field == "until"
    with pytest.raises(Invalid) as caught:
        find_slots("boavista", Wanted("nothing", None, NOW, NOW + timedelta(days=1)), NOW)
    assert caught.value.field == "type"

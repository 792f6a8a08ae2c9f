"""Nobody is booked for two visits at once, unless the desk means it."""

from __future__ import annotations

import pytest
from recado.actions.book import book
from recado.actions.join_records import join_records
from recado.actions.move_appointment import move_appointment
from recado.actions.offer_time import offer_time
from recado.errors import Conflict, PatientBusy
from recado.model.appointment import Appointment
from recado.model.tenant import OpeningHours

from tests import people, talks, waiting
from tests.cloud import Cloud
from tests.practice import SLOT, opened
from tests.samples import NOW

TENANT = "boavista"
ALWAYS = tuple(OpeningHours(weekday=day, opens="00:00", closes="24:00") for day in range(7))


@pytest.fixture(autouse=True)
def practice(clinic: Cloud) -> None:
    opened()


def booked(patient: str, start: str = SLOT.start, *, at: str = "helena", over: bool = False) -> Appointment:
    visit = SLOT._replace(start=start, practitioner_id=at, over=over)
    return book(TENANT, patient, visit, NOW, author="agent:ana")


def moved(visit: Appointment, start: str, *, over: bool = False) -> str:
    return move_appointment(TENANT, visit.id, start, NOW, author="agent:ana", over=over).local_start[11:16]


def test_the_desk_hears_of_it_with_times_at_which_both_are_free_and_may_mean_it() -> None:
    people.known_as("p1")
    booked("p1")
    with pytest.raises(PatientBusy) as caught:
        booked("p1", at="caio")
    others = [one["local_start"][11:16] for one in caught.value.alternatives]
    assert (caught.value.body()["error"]["code"], others) == ("patient_busy", ["09:00", "10:00", "10:30"])
    assert booked("p1", at="caio", over=True).status == "booked"


def test_a_visit_that_is_moved_is_not_in_its_own_way_but_another_of_theirs_is() -> None:
    people.known_as("p1")
    booked("p1")
    later = booked("p1", "2026-11-30T10:30", at="caio")
    with pytest.raises(PatientBusy):
        moved(later, SLOT.start)
    assert moved(later, "2026-11-30T10:00") == "10:00"
    assert moved(later, "2026-11-30T10:15") == "10:15"
    assert moved(later, SLOT.start, over=True) == "09:30"


def test_records_that_are_surely_one_persons_are_one_person_and_a_guess_keeps_nobody_from_a_time() -> None:
    for one in ("p1", "p2", "p3"):
        people.known_as(one)
    join_records(TENANT, "p2", "p1", "agent:ana", NOW)
    people.believed("p3", "p1")
    booked("p1")
    with pytest.raises(PatientBusy):
        booked("p2", at="caio")
    assert booked("p3", at="caio").status == "booked"


def test_self_service_offers_no_time_at_which_they_are_elsewhere() -> None:
    talks.bot_on(hours=ALWAYS)
    talk = talks.Talk()
    talk.says("quero marcar uma consulta")
    first = talk.latest.buttons[0].title
    assert first == "ter 24/11 09:00"
    booked(talk.patient, "2026-11-24T09:00", at="caio")
    assert "09:00" not in talk.later(hours=49).says("quero marcar uma consulta").splitlines()[1]


def test_a_freed_time_is_offered_to_nobody_who_is_elsewhere_then() -> None:
    first, second = waiting.waits(1), waiting.waits(2)
    booked(first.patient, at="caio")
    waiting.freed()
    waiting.minute(NOW)
    assert (waiting.told(first, "offer_slot"), len(waiting.told(second, "offer_slot"))) == ([], 1)
    booked(first.patient, "2026-11-30T10:30", at="caio")
    with pytest.raises(Conflict, match="another visit"):
        offer_time(TENANT, first.id, "helena", "2026-11-30T10:30", NOW, author="agent:ana")

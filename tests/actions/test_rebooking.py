"""Who missed a visit is offered another one; who has an authorisation, one to begin with."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.book import book
from recado.actions.note_authorisation import Authorisation, note_authorisation
from recado.actions.record_attendance import record_attendance
from recado.actions.remind import remind
from recado.actions.reopen_appointment import reopen_appointment
from recado.actions.respond import respond
from recado.errors import Conflict, Invalid, NotFound
from recado.model.appointment import Appointment
from recado.model.tenant import OpeningHours
from recado.store import contacts, outreach, patients, tenants

from tests.samples import NOW
from tests.visits import START, VISIT, booked, said, written

pytestmark = pytest.mark.usefixtures("clinic")
MISSED = START + timedelta(hours=1)
MINUTE = timedelta(minutes=1)
AUTHORISED = Authorisation("ehr-1", "2026-12-31", "9876543")


@pytest.fixture
def visit() -> Appointment:
    return booked()


def missed(visit: Appointment) -> None:
    record_attendance("boavista", visit.id, "noshow", MISSED, author="agent:ana")
    tenants.forget()


def texts(visit: Appointment, purpose: str = "recall") -> list[str]:
    return [one.text for one in written(visit.patient, purpose)]


def test_who_missed_a_visit_is_written_to_once_and_kindly(visit: Appointment) -> None:
    missed(visit)
    for minutes in range(3):
        remind("boavista", MISSED + minutes * MINUTE)
    (text,) = texts(visit)
    assert "segunda-feira, 30 de novembro" in text
    assert "outro horário" in text


def test_it_waits_until_the_clinic_is_open(visit: Appointment) -> None:
    hours = tuple(OpeningHours(weekday=day, opens="14:00", closes="18:00") for day in range(5))
    tenants.save_tenant("boavista", tenants.fresh("boavista").model_copy(update={"hours": hours}))
    missed(visit)
    remind("boavista", MISSED + MINUTE)
    assert texts(visit) == []
    remind("boavista", START.replace(hour=17, minute=0))
    assert len(texts(visit)) == 1


def test_what_was_noted_by_mistake_is_not_written_about(visit: Appointment) -> None:
    missed(visit)
    reopen_appointment("boavista", visit.id, MISSED, author="agent:ana")
    remind("boavista", MISSED + MINUTE)
    assert texts(visit) == []


@pytest.mark.parametrize(
    "changes", [{"opted_out": frozenset({"care"})}, {"care_team": "reception"}], ids=["stop", "care"]
)
def test_nor_is_who_wants_nothing_or_whom_a_team_looks_after(
    visit: Appointment, changes: dict[str, object]
) -> None:
    known = patients.get("boavista", visit.patient)
    patients.put("boavista", known.model_copy(update=changes))
    missed(visit)
    remind("boavista", MISSED + MINUTE)
    assert texts(visit) == []


def test_nor_is_who_has_another_visit_to_come(visit: Appointment) -> None:
    book("boavista", visit.patient, VISIT._replace(start="2026-12-20T09:30"), NOW, author="agent:ana")
    missed(visit)
    remind("boavista", MISSED + MINUTE)
    assert texts(visit) == []


def test_who_says_yes_is_a_person_s(visit: Appointment) -> None:
    missed(visit)
    remind("boavista", MISSED + MINUTE)
    contact, _ = said("sim", "wamid.7", MISSED + 5 * MINUTE)
    respond("boavista", contact.id, MISSED + 5 * MINUTE)
    assert contacts.get_contact("boavista", contact.id).state == "assigned"


def test_an_authorisation_is_told_at_once_and_once_more(visit: Appointment) -> None:
    made = note_authorisation("boavista", visit.patient, AUTHORISED, NOW, author="role:admin")
    for minutes in range(3):
        remind("boavista", NOW + minutes * MINUTE)
    (text,) = texts(visit, "authorisation")
    assert "autorização" in text
    assert "9876543" not in text
    remind("boavista", NOW + timedelta(days=3, minutes=1))
    assert len(texts(visit, "authorisation")) == 2
    assert outreach.get_outreach("boavista", made.id).reference == "9876543"


def test_told_again_it_is_as_it_was(visit: Appointment) -> None:
    one = note_authorisation("boavista", visit.patient, AUTHORISED, NOW, author="role:admin")
    again = note_authorisation("boavista", visit.patient, AUTHORISED, NOW + MINUTE, author="role:admin")
    assert (again.id, again.created_at) == (one.id, one.created_at)


def test_whoever_books_has_used_it(visit: Appointment) -> None:
    made = note_authorisation("boavista", visit.patient, AUTHORISED, NOW, author="role:admin")
    tenants.forget()
    remind("boavista", NOW)
    then = NOW + timedelta(hours=2)
    book("boavista", visit.patient, VISIT._replace(start="2026-12-20T09:30"), then, author="agent:ana")
    found = outreach.get_outreach("boavista", made.id)
    assert (found.state, found.booked_at) == ("booked", then)


@pytest.mark.parametrize("expires", ["2026-11-22", "2028-01-01", "31/12/2026", ""])
def test_a_day_that_makes_no_sense_is_refused(visit: Appointment, expires: str) -> None:
    told = AUTHORISED._replace(expires=expires)
    with pytest.raises(Invalid) as caught:
        note_authorisation("boavista", visit.patient, told, NOW, author="role:admin")
    assert caught.value.field == "expires"


def test_nobody_is_written_to_who_is_not_the_clinic_s_or_wants_nothing(visit: Appointment) -> None:
    with pytest.raises(NotFound):
        note_authorisation("delsol", visit.patient, AUTHORISED, NOW, author="role:admin")
    known = patients.get("boavista", visit.patient)
    patients.put("boavista", known.model_copy(update={"opted_out": frozenset({"care"})}))
    with pytest.raises(Conflict):
        note_authorisation("boavista", visit.patient, AUTHORISED, NOW, author="role:admin")

"""Parents and others act for whom they stand by: from where a visit was asked about, or from their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.admit import Person
from recado.actions.record import record
from recado.actions.relate import Relation, relate, unrelate
from recado.errors import Invalid, NotFound
from recado.model.appointment import Appointment
from recado.model.communication import Communication
from recado.model.related_person import Relationship
from recado.store import contacts, patients

from tests import visits
from tests.households import NOBODY, handle, wrote
from tests.samples import NOW, later, received
from tests.visits import MARIA, view

pytestmark = pytest.mark.usefixtures("clinic")

FATHER = Person("Rui Dias", "(11) 90000-0002")
PEDRO = Person("Pedro Dias", FATHER.phone)
"""Maria's son, at his father's number."""
AFTER = (visits.FIRST - NOW) / timedelta(minutes=1) + 5
"""Minutes: the visits have been asked about."""


def mother() -> str:
    return wrote("Oi", "wamid.m", "Maria Silva").patient


def child(person: Person = PEDRO) -> Appointment:
    return visits.booked(person)


def stands_by(
    patient: str, other: str, relationship: Relationship = "parent", until: str | None = "2033-05-17"
) -> None:
    relate("boavista", "ana", patient, Relation(other, relationship, until), NOW)


def answered(
    text: str, message_id: str = "wamid.9", name: str = "Maria Silva", minutes: float = AFTER
) -> Communication:
    visits.reminded()
    return wrote(text, message_id, name, minutes)


@pytest.mark.parametrize(("text", "status"), [("1", "booked"), ("2", "cancelled")])
def test_a_mother_answers_from_her_own_number_what_was_asked_at_the_father_s(text: str, status: str) -> None:
    maria, visit = mother(), child()
    stands_by(visit.patient, maria)
    told = answered(text)
    assert visits.now_is(visit).status == status
    assert visits.now_is(visit).confirmation != "none"
    assert (told.patient, told.author) == (visit.patient, f"guardian:{maria}")


def test_who_has_a_mother_s_old_number_by_now_answers_nothing_for_her_child() -> None:
    months_ago = -60 * 24 * 60
    maria, visit = wrote("Oi", "wamid.m", "Maria Silva", months_ago).patient, child()
    stands_by(visit.patient, maria)
    told = answered("2", name=NOBODY)
    assert visits.now_is(visit).status == "booked"
    assert told.patient != visit.patient
    assert answered("2", "wamid.10", "Maria Silva", AFTER + 1).author == f"guardian:{maria}"
    assert visits.now_is(visit).status == "cancelled"


def test_what_she_writes_otherwise_is_her_own_affair() -> None:
    maria, visit = mother(), child()
    stands_by(visit.patient, maria)
    told = answered("Bom dia, quanto custa?")
    assert (told.patient, told.author) == (maria, "patient")


def test_her_own_question_goes_first() -> None:
    maria = visits.booked(MARIA)
    visit = child()
    stands_by(visit.patient, maria.patient)
    assert answered("1").patient == maria.patient
    assert visits.now_is(visit).confirmation == "none"


def test_two_children_s_questions_are_not_told_apart_by_a_bare_answer() -> None:
    maria, pedro, clara = mother(), child(), child(Person("Clara Dias", FATHER.phone))
    for one in (pedro, clara):
        stands_by(one.patient, maria)
    assert answered("1").patient == maria
    button = received("Confirmar", "wamid.b", name="Maria Silva", payload=f"confirm:{clara.id}:1")
    record("boavista", button, later(minutes=AFTER + 1))
    handle(AFTER + 1)
    assert [visits.now_is(one).confirmation for one in (pedro, clara)] == ["none", "confirmed"]


@pytest.mark.parametrize("relationship", ["spouse", "sibling", "other"])
def test_who_is_related_otherwise_may_not_answer(relationship: Relationship) -> None:
    maria, visit = mother(), child()
    stands_by(visit.patient, maria, relationship, None)
    assert answered("2").patient == maria
    assert visits.now_is(visit).status == "booked"


def test_who_is_not_related_may_not_answer() -> None:
    maria, visit = mother(), child()
    assert answered("2").patient == maria
    assert visits.now_is(visit).status == "booked"


def test_a_parent_answers_until_the_child_is_of_age_and_no_longer() -> None:
    maria, visit = mother(), child()
    stands_by(visit.patient, maria, until=visits.FIRST.date().isoformat())
    assert answered("2").patient == maria
    assert visits.now_is(visit).status == "booked"


def test_a_parent_who_is_told_apart_again_may_not_answer() -> None:
    maria, visit = mother(), child()
    stands_by(visit.patient, maria)
    for _ in range(2):
        unrelate("boavista", maria, visit.patient)
    assert answered("2").patient == maria
    assert visits.now_is(visit).status == "booked"


def test_on_a_number_of_guardian_and_child_only_the_guardian_writes() -> None:
    maria, visit = mother(), child(Person("Pedro Dias", MARIA.phone))
    stands_by(visit.patient, maria)
    assert wrote("preciso de uma informação", "wamid.1", NOBODY).patient == maria


def test_an_answer_at_the_child_s_number_is_the_child_s_and_written_by_the_guardian() -> None:
    maria, visit = mother(), child(Person("Pedro Dias", MARIA.phone))
    stands_by(visit.patient, maria)
    told = answered("1", name=NOBODY)
    assert (told.patient, told.author) == (visit.patient, f"guardian:{maria}")
    assert visits.now_is(visit).confirmation == "confirmed"
    assert len(view().links) == 2, "the number stays both's"


def test_until_when_follows_from_the_birth_date() -> None:
    maria, visit = mother(), child()
    with pytest.raises(Invalid, match="until"):
        stands_by(visit.patient, maria, until=None)
    born = patients.get("boavista", visit.patient)
    told = {"value": "2015-05-17", "source": "agent:ana", "at": NOW}
    patients.put("boavista", type(born).model_validate({**born.model_dump(), "told": {"birth_date": told}}))
    stands_by(visit.patient, maria, until=None)
    (one,) = patients.get("boavista", visit.patient).related
    assert one.until is not None
    assert one.until.isoformat() == "2033-05-17T03:00:00+00:00", "as the day begins in São Paulo"


def test_nobody_stands_by_themselves_nor_by_a_household() -> None:
    maria = mother()
    wrote("Oi", "wamid.1", "Rui Pereira")
    wrote("Oi", "wamid.2", NOBODY)
    with pytest.raises(Invalid):
        stands_by(maria, maria)
    household = view().household
    assert household is not None
    with pytest.raises(Invalid):
        stands_by(maria, household)


def test_one_clinic_s_people_are_not_another_s() -> None:
    visit = child()
    record("delsol", received("Hola"), NOW)
    (theirs,) = contacts.open_contacts("delsol")[0]
    with pytest.raises(NotFound):
        stands_by(visit.patient, theirs.patient)

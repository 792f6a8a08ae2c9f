"""What comes from a number of several people and says of nobody whom it concerns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado import texts
from recado.actions.attribute import gather
from recado.actions.record import record
from recado.actions.respond import respond
from recado.store import contacts, patients

from tests import visits
from tests.households import (
    JOAO,
    NOBODY,
    answers,
    contact_of,
    couple,
    handle,
    home,
    open_contacts,
    said,
    wrote,
)
from tests.samples import NOW, later, received
from tests.visits import MARIA, POINT, overtaken, view

pytestmark = pytest.mark.usefixtures("clinic")

WHOM = texts.render("whom", "pt-BR")


def test_who_says_no_name_is_asked_for_whom_it_is_and_nobody_s_record_is_touched() -> None:
    maria, joao = couple()
    message = wrote("Bom dia, preciso remarcar", "wamid.1")
    assert message.patient == home() not in (maria.patient, joao.patient)
    assert answers(home()) == [WHOM]
    assert answers(maria.patient) == answers(joao.patient) == []
    (contact,) = open_contacts()
    assert (contact.kind, contact.patient_name, contact.language) == ("household", None, "pt-BR")


def test_they_are_asked_once() -> None:
    couple()
    wrote("Bom dia", "wamid.1")
    wrote("tem alguém aí?", "wamid.2", minutes=1)
    assert answers(home()) == [WHOM]
    (contact,) = open_contacts()
    assert contact.unread == 2


def test_the_question_names_nobody() -> None:
    couple()
    wrote("Bom dia", "wamid.1")
    (asked,) = answers(home())
    assert not any(name in asked for name in ("Maria", "João", "Silva", "Souza"))


def test_a_name_said_then_makes_all_of_it_theirs() -> None:
    _, joao = couple()
    wrote("Bom dia, preciso remarcar", "wamid.1")
    first = home()
    wrote("É para o João, obrigada", "wamid.2", minutes=1)
    (contact,) = open_contacts()
    assert (contact.patient, contact.patient_name, contact.kind) == (joao.patient, "João Souza", "patient")
    told, _ = contacts.timeline("boavista", joao.patient)
    assert [one.text for one in told if one.contact == contact.id] == [
        "Bom dia, preciso remarcar",
        WHOM,
        "É para o João, obrigada",
    ]
    assert contacts.timeline("boavista", first)[0] == []
    aside = contacts.get_contact("boavista", f"{first}.1")
    assert (aside.state, aside.merged_into) == ("closed", contact.id)


def test_it_goes_on_in_the_open_contact_that_they_have() -> None:
    maria, _ = couple()
    own = contact_of(wrote("Oi", "wamid.1", "Maria Silva"))
    wrote("preciso remarcar", "wamid.2", minutes=1)
    wrote("Maria", "wamid.3", minutes=2)
    (contact,) = open_contacts()
    assert (contact.id, contact.patient, contact.unread) == (own.id, maria.patient, 3)
    told, _ = contacts.timeline("boavista", maria.patient)
    assert contact.sequence == len([one for one in told if one.contact == contact.id])


def test_what_follows_goes_on_with_them_who_were_named() -> None:
    _, joao = couple()
    wrote("Bom dia", "wamid.1")
    wrote("João", "wamid.2", minutes=1)
    after = wrote("pode ser amanhã?", "wamid.3", minutes=2)
    assert after.patient == joao.patient
    assert answers(joao.patient) == [WHOM]


def test_a_name_that_nobody_there_has_is_somebody_new() -> None:
    couple()
    wrote("Bom dia", "wamid.1")
    wrote("é para a minha filha Clara", "wamid.2", minutes=1)
    (contact,) = open_contacts()
    clara = patients.get("boavista", contact.patient)
    assert (clara.name, clara.kind, clara.contact_points) == ("Clara", "lead", (POINT,))
    assert [one.name for one in view().links] == ["Maria Silva", "João Souza", "Clara"]


@pytest.mark.parametrize("text", ["obrigada", "sim", "quero marcar uma consulta", "para os dois", "1", "?"])
def test_what_names_nobody_is_for_a_person(text: str) -> None:
    couple()
    wrote("Bom dia", "wamid.1")
    wrote(text, "wamid.2", minutes=1)
    (contact,) = open_contacts()
    assert (contact.patient, contact.pending) == (home(), ())
    assert len(view().links) == 2


def test_a_bare_answer_to_two_people_s_questions_settles_neither_until_it_is_known_whose_it_is() -> None:
    maria, joao = couple()
    visits.reminded()
    at = (visits.FIRST - NOW) / timedelta(minutes=1) + 5
    wrote("1", "wamid.1", "Maria Silva", minutes=at)
    assert visits.now_is(maria).confirmation == visits.now_is(joao).confirmation == "none"
    wrote("João", "wamid.2", minutes=at + 1)
    handle(at + 1)
    assert visits.now_is(maria).confirmation == "none"
    assert visits.now_is(joao).confirmation == "confirmed"


def test_a_bare_answer_to_the_only_question_there_is_theirs_who_were_asked() -> None:
    maria = visits.booked(MARIA)
    visits.reminded()
    at = (visits.FIRST - NOW) / timedelta(minutes=1) + 5
    visits.booked(JOAO, "2026-12-15T15:00", now=later(minutes=at - 1))
    wrote("1", "wamid.1", "João Souza", minutes=at)
    assert visits.now_is(maria).confirmation == "confirmed"


def test_a_machine_is_asked_nothing() -> None:
    couple()
    wrote("Estou fora do escritório", "wamid.1", automatic=True)
    assert answers(home()) == []
    (contact,) = open_contacts()
    assert contact.state in ("waiting", "assigned")


def test_a_word_to_stop_stops_everybody_there_also_when_nobody_knows_whose_it_is() -> None:
    maria, joao = couple()
    wrote("PARAR", "wamid.1")
    stopped = [patients.get("boavista", one).opted_out for one in (maria.patient, joao.patient, home())]
    assert stopped == [{"care", "marketing"}] * 3


def test_a_household_comes_to_a_number_with_what_was_stopped_there() -> None:
    couple()
    wrote("PARAR", "wamid.1", "Maria Silva")
    wrote("Bom dia", "wamid.2", minutes=1)
    assert patients.get("boavista", home()).opted_out == {"care", "marketing"}


def test_two_messages_at_once_make_one_household() -> None:
    couple()
    with overtaken(lambda: record("boavista", received("um", "wamid.1", name=NOBODY), NOW)):
        record("boavista", received("dois", "wamid.2", name=NOBODY), NOW)
    (contact,) = open_contacts()
    assert (contact.patient, contact.unread) == (home(), 2)
    assert said("wamid.1").patient == said("wamid.2").patient


def test_two_who_read_the_same_name_at_once_move_it_once() -> None:
    couple()
    wrote("Bom dia", "wamid.1")
    record("boavista", received("João", "wamid.2", name=NOBODY), later(minutes=1))
    (contact,) = open_contacts()
    with overtaken(lambda: respond("boavista", contact.id, later(minutes=1))):
        respond("boavista", contact.id, later(minutes=1))
    (after,) = open_contacts()
    assert (after.patient_name, after.sequence) == ("João Souza", 3)


def test_what_came_too_late_onto_the_timeline_follows() -> None:
    _, joao = couple()
    wrote("Bom dia", "wamid.1")
    wrote("João", "wamid.2", minutes=1)
    first = contacts.get_contact("boavista", f"{home()}.1")
    late = said("wamid.1").model_copy(update={"patient": home(), "contact": first.id})
    contacts.save_communication("boavista", late)
    gather("boavista", first.id, later(minutes=3))
    assert said("wamid.1").patient == joao.patient
    assert contacts.get_contact("boavista", first.id).due_at is None

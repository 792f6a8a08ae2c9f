"""Somebody whose call we missed says when they may be called."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from recado.actions.close import close
from recado.actions.hear_call import hear_call
from recado.actions.lookup_caller import answer_flow
from recado.actions.record import record
from recado.actions.reply import reply
from recado.actions.respond import respond
from recado.actions.take import take
from recado.actions.transfer import transfer
from recado.errors import Unavailable
from recado.model.communication import Communication
from recado.model.contact import Contact
from recado.model.record import iso
from recado.model.tenant import OpeningHours
from recado.store import contacts, tenants

from tests import calls
from tests.actions.test_desk import lost_answer
from tests.calls import ABANDONED, CALLER
from tests.samples import BOAVISTA, NOW, later, received
from tests.visits import booked, overtaken, reminded, view, written

pytestmark = pytest.mark.usefixtures("clinic")
SOON = later(minutes=5)
TEN_TOMORROW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
"""In São Paulo."""


@pytest.fixture(autouse=True)
def owed(clinic: object) -> Contact:
    """Maria rang, gave up in the queue, and is owed a call within the hour."""
    ring(calls.CALL, NOW)
    contact = contact_now()
    assert contact.callback is not None
    return contact


def ring(call: str, at: datetime) -> None:
    """Maria rings, and gives up in the queue."""
    answer_flow(calls.flow(call=call), at)
    for message in (*calls.events(ABANDONED, call, at), calls.record(ABANDONED, CALLER, call, at)):
        hear_call(json.dumps(message).encode(), at + timedelta(seconds=200))


def contact_now() -> Contact:
    patient = view().links[0].patient
    found = contacts.latest_contact("boavista", patient)
    assert found is not None
    return found


def say(text: str, message_id: str = "wamid.t", now: datetime = SOON) -> Contact:
    """Maria writes, and routing hears of it."""
    record("boavista", received(text, message_id)._replace(at=iso(now)), now)
    respond("boavista", contact_now().id, now)
    return contact_now()


def told() -> list[Communication]:
    return written(contact_now().patient, "self_service")


def test_the_text_about_a_missed_call_asks_when_to_call(owed: Contact) -> None:
    (text,) = written(owed.patient, "text_back")
    assert text.template is not None
    assert text.template.name == "missed_call"
    assert "Quando podemos ligar de volta?" in text.text


def test_a_time_becomes_the_call_s_time_and_is_told_once() -> None:
    contact = say("amanhã às 10")
    assert contact.callback is not None
    assert (contact.callback.phone, contact.callback.due_at) == (CALLER, TEN_TOMORROW)
    assert contact.callback.agreed
    (answer,) = told()
    assert (answer.state, answer.contact, answer.channel) == ("queued", contact.id, "whatsapp")
    assert answer.text.startswith("Combinado: vamos ligar para você terça-feira, 24 de novembro, às 10:00.")


def test_until_then_it_waits_out_of_sight_and_is_still_open_for_whoever_calls() -> None:
    contact = say("amanhã às 10")
    assert (contact.state, contact.reason, contact.pending) == ("scheduled", "missed_call", ())
    assert contact.due_at == TEN_TOMORROW
    assert contact.answered_at is None
    assert contact.unread > 0


def test_whoever_has_it_keeps_it(owed: Contact) -> None:
    take("boavista", "ana", owed.id, SOON)
    contact = say("amanhã às 10")
    assert (contact.state, contact.agent) == ("assigned", "ana")


def test_with_something_else_left_to_answer_it_stays_in_sight() -> None:
    say("Oi, quero marcar uma consulta", "wamid.0")
    transfer("boavista", contact_now().id, SOON, queue="reception")
    assert say("amanhã às 10", now=later(minutes=6)).state == "assigned"


def test_a_time_at_which_the_clinic_is_closed_is_its_next_opening() -> None:
    hours = tuple(OpeningHours(weekday=day, opens="08:00", closes="18:00") for day in range(5))
    stored = tenants.get("boavista")
    tenants.save_tenant("boavista", BOAVISTA.model_copy(update={"hours": hours, "version": stored.version}))
    tenants.forget()
    contact = say("sábado às 10")
    assert contact.callback is not None
    assert contact.callback.due_at == datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
    assert "segunda-feira, 30 de novembro, às 08:00" in told()[0].text


@pytest.mark.parametrize(
    "text", ["Quero marcar consulta amanhã às 10", "não posso amanhã às 10", "10 ou 11", "Obrigada!", "10"]
)
def test_what_is_no_clear_time_is_for_a_person(owed: Contact, text: str) -> None:
    contact = say(text)
    assert contact.callback == owed.callback
    assert (contact.state, contact.pending) == ("assigned", ())
    assert told() == []


def test_another_time_takes_the_first_one_s_place_and_the_same_one_changes_nothing() -> None:
    say("amanhã às 10")
    say("amanhã às 10", "wamid.same")
    assert len(told()) == 1
    contact = say("melhor amanhã às 11", "wamid.other")
    assert contact.callback is not None
    assert contact.callback.due_at == TEN_TOMORROW + timedelta(hours=1)
    assert len(told()) == 2


def test_the_same_message_again_says_nothing_again() -> None:
    first = say("amanhã às 10")
    assert say("amanhã às 10").version == first.version
    assert len(told()) == 1


def test_once_a_person_has_spoken_a_time_is_about_what_they_speak_of(owed: Contact) -> None:
    say("Oi, quero marcar uma consulta", "wamid.0")
    reply("boavista", "ana", owed.id, "Quando quer a sua consulta?", SOON)
    assert contact_now().callback is None
    assert say("amanhã às 10", now=later(minutes=6)).callback is None
    assert told() == []


def test_a_time_after_a_question_about_a_visit_may_answer_that() -> None:
    booked(start="2026-11-26T09:30")
    assert contact_now().disposition == "booked"
    again = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)
    ring("c0ffee00-0000-4000-8000-000000000002", again)
    owed = contact_now()
    visit_asked = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
    reminded(visit_asked)
    assert owed.callback is not None
    assert say("amanhã às 10", now=visit_asked + timedelta(minutes=5)).callback == owed.callback


def test_a_closed_contact_has_no_call_left(owed: Contact) -> None:
    record("boavista", received("amanhã às 10", "wamid.t"), SOON)
    close("boavista", owed.id, "resolved", SOON)
    respond("boavista", owed.id, SOON)
    assert told() == []
    assert contacts.get_contact("boavista", owed.id).pending == ()


def test_who_takes_it_at_the_same_moment_loses_nothing(owed: Contact) -> None:
    record("boavista", received("amanhã às 10", "wamid.t"), SOON)
    with overtaken(lambda: take("boavista", "ana", owed.id, SOON)):
        respond("boavista", owed.id, SOON)
    contact = contact_now()
    assert contact.callback is not None
    assert (contact.agent, contact.callback.due_at) == ("ana", TEN_TOMORROW)
    assert len(told()) == 1


def test_an_answer_that_was_stored_though_nobody_was_told_is_not_given_twice(owed: Contact) -> None:
    record("boavista", received("amanhã às 10", "wamid.t"), SOON)
    with lost_answer("TransactWriteItems"), pytest.raises(Unavailable):
        respond("boavista", owed.id, SOON)
    respond("boavista", owed.id, SOON)
    assert len(told()) == 1


def test_tomorrow_is_counted_from_when_it_was_said(owed: Contact) -> None:
    said_at = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)  # still the 23rd in São Paulo
    record("boavista", received("amanhã às 10", "wamid.t")._replace(at=iso(said_at)), said_at)
    respond("boavista", owed.id, said_at + timedelta(hours=2))
    assert contact_now().callback is not None
    assert written(owed.patient, "self_service")[0].text.count("24 de novembro") == 1

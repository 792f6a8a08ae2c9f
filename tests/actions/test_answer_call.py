"""The last rung of the ladder: we call, they press a key; or nobody answers, and a person sees to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from recado.actions.cancel_appointment import cancel_appointment
from recado.actions.deliver import deliver
from recado.actions.hear_call import hear_call
from recado.actions.move_appointment import move_appointment
from recado.actions.set_policy import set_policy
from recado.model.policy import Policy, Step
from recado.store import contacts, patients, tenants

from infra.connect.embed import flow
from infra.local.fakes.connect import Exchange
from tests import rings, visits
from tests.rings import MORNING, called, hears, now_is
from tests.samples import NOW

pytestmark = pytest.mark.usefixtures("exchange")


@pytest.fixture
def exchange(clinic: object, provider: object) -> Iterator[Exchange]:
    rings.turned_on()
    with rings.connected() as made:
        yield made


def test_when_no_message_was_answered_the_clinic_calls_and_connect_is_told_nothing_of_the_visit(
    exchange: Exchange,
) -> None:
    _, call, contact = called(exchange)
    assert (call.channel, call.state, call.provider_id) == ("voice", "sent", contact)
    (rung,) = exchange.calls
    assert (rung.to, rung.attributes) == (rings.MARIA, {"reference": call.id})
    deliver("boavista", call.id, MORNING)
    assert len(exchange.calls) == 1


def test_the_call_says_the_least_in_words_and_takes_three_keys(exchange: Exchange) -> None:
    _, call, contact = called(exchange)
    heard = hears("ring", contact, call.id)
    assert heard["say"] == (
        "Olá. Aqui é Clínica Boa Vista, com um lembrete para Maria Silva."
        " A sua consulta é segunda-feira, 30 de novembro, às nove e meia da manhã."
    )
    assert (heard["status"], heard["voice"]) == ("ok", "Camila")
    used = set(re.findall(r"\$\.External\.(\w+)", json.dumps(flow("reminder"))))
    assert used <= heard.keys()


@pytest.mark.parametrize(
    ("key", "status", "confirmation"), [("1", "booked", "confirmed"), ("2", "cancelled", "declined")]
)
def test_a_key_is_an_answer_like_any_other_and_counts_once(
    exchange: Exchange, key: str, status: str, confirmation: str
) -> None:
    visit, call, contact = called(exchange)
    first, second = (hears("pressed", contact, call.id, key) for _ in range(2))
    assert first == second
    after = visits.now_is(visit)
    assert (after.status, after.confirmation) == (status, confirmation)
    last = after.history[-1]
    assert (last.by, last.channel) == ("patient", "voice")
    assert [one.what for one in after.history].count(last.what) == 1
    assert now_is(call).state == "read"
    assert not visits.view().questions
    assert "planned" not in {one.state for one in after.reminders}


def test_who_wants_a_person_is_put_through_and_called_back_if_nobody_is_free(exchange: Exchange) -> None:
    visit, call, contact = called(exchange)
    answers = [hears("pressed", contact, call.id, "0")["status"] for _ in range(2)]
    task = visits.now_is(visit).task
    assert answers == ["person", "person"]
    assert task
    assert [one.appointment for one in contacts.get_contact("boavista", task.contact).unconfirmed] == [
        visit.id
    ]


def test_a_visit_that_was_moved_meanwhile_is_neither_said_nor_changed(exchange: Exchange) -> None:
    visit, call, contact = called(exchange)
    move_appointment("boavista", visit.id, "2026-12-01T09:30", MORNING, author="agent:ana")
    assert hears("ring", contact, call.id) == {"status": "error"}
    assert hears("pressed", contact, call.id, "2")["status"] == "person"
    assert visits.now_is(visit).status == "booked"


def test_a_reference_counts_for_its_own_line_only(exchange: Exchange) -> None:
    visit, call, _ = called(exchange)
    stranger = {"CustomerEndpoint": {"Address": "+5511900000000", "Type": "TELEPHONE_NUMBER"}}
    del_sol = {"SystemEndpoint": {"Address": "+34910000000", "Type": "TELEPHONE_NUMBER"}}
    for other in (stranger, del_sol):
        assert hears("pressed", "c2", call.id, "2", **other) == {"status": "error"}
    assert hears("pressed", "c2", call.id, "7") == {"status": "error"}
    assert visits.now_is(visit).status == "booked"


def told(contact: str, reference: str, reason: str, *, connected: bool = False) -> None:
    one = rings.record(contact, reference, reason, connected=connected)
    assert hear_call(json.dumps(one).encode(), MORNING + timedelta(minutes=3))["outcome"] == "ours"


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("TELECOM_UNANSWERED", "no_answer"),
        ("TELECOM_BUSY", "busy"),
        ("TELECOM_NUMBER_INVALID", "bad_address"),
    ],
)
def test_a_call_that_nobody_answers_has_failed_and_a_person_sees_to_it(
    exchange: Exchange, reason: str, error: str
) -> None:
    visit, call, contact = called(exchange)
    told(contact, call.id, reason)
    told(contact, call.id, reason)
    after = now_is(call)
    # By no way that was tried before: the task for a person is next.
    assert (after.state, after.error, after.replaced_by) == ("failed", error, None)
    visits.reminded(visits.START - timedelta(minutes=85))
    assert visits.now_is(visit).task


def test_a_call_that_is_picked_up_without_a_key_may_have_been_a_machine(exchange: Exchange) -> None:
    visit, call, contact = called(exchange)
    told(contact, call.id, "CUSTOMER_DISCONNECT", connected=True)
    assert (now_is(call).state, visits.now_is(visit).confirmation) == ("delivered", "none")


def test_what_may_have_been_a_call_is_known_by_its_record_and_not_made_again(exchange: Exchange) -> None:
    _, call = rings.reminded()
    contacts.save_communication("boavista", call.model_copy(update={"state": "unknown", "due_at": MORNING}))
    told("c9", call.id, "CUSTOMER_DISCONNECT", connected=True)
    deliver("boavista", call.id, MORNING + timedelta(minutes=20))
    assert (now_is(call).state, exchange.calls) == ("delivered", [])


@pytest.mark.parametrize("why", ["off", "care team", "by phone", "stopped"])
def test_nobody_is_called_by_a_machine_who_should_not_be(exchange: Exchange, why: str) -> None:
    visit = visits.booked()
    patient = patients.get("boavista", visit.patient)
    if why == "off":
        line = tenants.account("boavista", "voice", "+551130000000")
        tenants.save_account("boavista", line.model_copy(update={"settings": {}}))
        tenants.forget()
    elif why == "stopped":
        visits.opted_out(patient.id)
    else:
        changed = {"care_team": "oncology"} if why == "care team" else {"by_phone": True}
        patients.put("boavista", patient.model_copy(update=changed))
    for now in (visits.FIRST, visits.SECOND, MORNING):
        visits.reminded(now)
    assert "voice" not in {one.channel for one in visits.written(visit.patient, "reminder")}


def test_a_policy_may_call_first_in_the_clinics_own_words() -> None:
    words = "{name}, {clinic} espera você {date}, {time}."
    step = Step(name="call", minutes=-24 * 60, channels=("voice",))
    policy = Policy(steps=(step,), words={"call_reminder": {"pt-BR": words}})
    set_policy("boavista", None, policy)
    tenants.forget()
    visit = visits.booked()
    visits.reminded(visits.SECOND)
    (call,) = visits.written(visit.patient, "reminder")
    assert (call.channel, call.text) == (
        "voice",
        "Maria Silva, Clínica Boa Vista espera você segunda-feira, 30 de novembro, às nove e meia da manhã.",
    )


def test_a_visit_called_off_is_not_called_about(exchange: Exchange) -> None:
    visit, call = rings.reminded()
    cancel_appointment("boavista", visit.id, MORNING, author="agent:ana")
    deliver("boavista", call.id, MORNING)
    assert (now_is(call).state, exchange.calls) == ("withdrawn", [])


def test_a_call_fails_at_once_where_no_flow_is_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    _, call = rings.reminded()
    monkeypatch.delenv("REMINDER_FLOW")
    deliver("boavista", call.id, MORNING)
    assert now_is(call).error == "fix_account"
    assert NOW < MORNING

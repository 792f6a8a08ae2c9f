"""What fails for good goes by the patient's next channel, and says so."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from recado.actions.deliver import claim, deliver, settle
from recado.actions.record import record
from recado.actions.tell import message_id, withdraw
from recado.actions.write import filled
from recado.model.communication import Communication
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.model.template import Template
from recado.model.tenant import Account
from recado.rules.sending import MAX_ATTEMPTS
from recado.store import contacts, patients, templates, tenants
from recado.store.rows import transaction

from tests.actions.test_deliver import heard
from tests.actions.test_record import outbound, told
from tests.cloud import Cloud
from tests.provider import Provider, Refusal
from tests.samples import NOW, PHONE, WHATSAPP, later
from tests.visits import booked, now_is

SMS = Account(tenant="boavista", channel="twilio_sms", id="551130000001")
POLICY = (368, 130472)
"""WhatsApp's own reasons: the person has not said a word."""
VALUES = {"name": "Maria", "clinic": "Boa Vista", "date": "terça-feira, 24 de novembro", "time": "09:30"}
UNDELIVERABLE, SHUT, STOPPED, WRONG, NO_TOKEN = 131026, 131047, 131050, 132001, 190


@pytest.fixture(autouse=True)
def sms(clinic: Cloud, provider: Provider) -> None:
    """Boa Vista writes by SMS, too."""
    tenants.save_account("boavista", SMS)
    name = f"{os.environ['ACCOUNT_SECRETS']}/boavista/{SMS.channel}/{SMS.id}"
    clinic.secret(name, {"account_sid": "AC1", "auth_token": "sample-token"})
    point = ContactPoint(system="phone", value=f"+{PHONE}")
    patients.put("boavista", Patient(id="p1", name="Maria", contact_points=(point,), created_at=NOW))


def reminder(**settings: Any) -> None:
    template = filled("reminder_24h", "pt-BR", VALUES, "a1:1")
    known = {
        "state": "queued",
        "kind": "template",
        "purpose": "reminder",
        "template": template,
        "buttons": template.buttons,
        "appointment": "a1",
        "text": "Toque num botão",
        "not_after": later(hours=20),
        "due_at": later(seconds=60),
    }
    outbound(**{**known, **settings})


def answer(**settings: Any) -> None:
    heard()
    outbound(state="queued", kind="text", text="Bom dia", author="agent:ana", contact="p1.1", **settings)


def found(own_id: str | None) -> Communication:
    stored = contacts.find_communication("boavista", own_id or "")
    assert stored is not None
    return stored


def failed() -> Communication:
    """What came first, which a provider refuses."""
    return found("ours")


def instead() -> Communication:
    """What goes in its stead."""
    return found(failed().replaced_by)


def refused(provider: Provider, code: int) -> None:
    provider.script.append(Refusal(code))
    deliver("boavista", "ours", NOW)


def unread() -> list[int]:
    return [one.unread for one in contacts.open_contacts("boavista")[0]]


@pytest.mark.parametrize("code", [UNDELIVERABLE, WRONG])
def test_a_reminder_that_whatsapp_does_not_carry_goes_by_sms(provider: Provider, code: int) -> None:
    reminder()
    refused(provider, code)
    sms = instead()
    assert (sms.channel, sms.account, sms.address) == ("twilio_sms", SMS.id, f"+{PHONE}")
    assert (sms.state, sms.fallback_of, sms.purpose, sms.appointment) == ("queued", "ours", "reminder", "a1")
    deliver("boavista", sms.id, NOW)
    assert found(sms.id).state == "sent"
    assert provider.taken[0]["To"] == f"+{PHONE}"


def test_by_sms_it_is_a_text_of_its_own_that_asks_for_a_number_and_speaks_of_no_button(
    provider: Provider,
) -> None:
    reminder()
    refused(provider, UNDELIVERABLE)
    deliver("boavista", instead().id, NOW)
    assert instead().kind == "text"
    assert "botão" not in provider.taken[0]["Body"]
    assert provider.taken[0]["Body"].endswith("\n\n1 Confirmo\n2 Cancelo")


def test_the_failed_one_says_why_and_nobody_has_to_see_to_it(provider: Provider) -> None:
    reminder()
    refused(provider, UNDELIVERABLE)
    assert (failed().state, failed().error) == ("failed", "bad_address")
    assert unread() == []


def test_where_nothing_is_left_a_person_sees_to_it(provider: Provider) -> None:
    reminder()
    refused(provider, UNDELIVERABLE)
    sms = instead()
    provider.script.append(Refusal(21211))
    deliver("boavista", sms.id, NOW)
    assert (found(sms.id).state, found(sms.id).replaced_by) == ("failed", None)
    assert unread() == [1]


def test_who_opted_out_at_the_provider_is_not_written_to_another_way(provider: Provider) -> None:
    reminder()
    refused(provider, STOPPED)
    assert (failed().error, failed().replaced_by) == ("opted_out", None)


@pytest.mark.parametrize("code", POLICY)
def test_what_a_provider_does_not_let_through_for_its_own_reasons_goes_by_another_way(
    provider: Provider, code: int
) -> None:
    reminder()
    refused(provider, code)
    assert (failed().error, instead().channel) == ("opted_out", SMS.channel)
    assert patients.get("boavista", "p1").opted_out == frozenset()


@pytest.mark.parametrize(("code", "channel"), [(POLICY[0], SMS.channel), (STOPPED, None)])
def test_a_receipt_that_tells_of_it_later_is_held_to_the_same(
    provider: Provider, code: int, channel: str | None
) -> None:
    reminder()
    deliver("boavista", "ours", NOW)
    error = {"code": code, "outcome": "opted_out"}
    record("boavista", told("failed", provider.last_id(), error=error), NOW)
    assert (instead().channel if failed().replaced_by else None) == channel


def test_where_an_early_receipt_left_no_code_they_may_have_stopped_it(provider: Provider) -> None:
    reminder()
    claimed = claim("boavista", "ours", NOW)
    assert claimed is not None
    error = {"code": POLICY[0], "outcome": "opted_out"}
    record("boavista", told("failed", "wamid.early", error=error), NOW)
    settle("boavista", claimed, "wamid.early", NOW)
    assert (failed().error, failed().replaced_by) == ("opted_out", None)


def test_who_stops_meanwhile_is_not_written_to_another_way(provider: Provider) -> None:
    reminder()
    refused(provider, UNDELIVERABLE)
    stored = patients.get("boavista", "p1")
    patients.put("boavista", stored.model_copy(update={"opted_out": frozenset({"care"})}))
    deliver("boavista", instead().id, NOW)
    assert (instead().state, provider.taken) == ("withdrawn", [])


def test_a_failure_that_only_a_later_receipt_tells_of_takes_another_way_and_once(provider: Provider) -> None:
    reminder()
    deliver("boavista", "ours", NOW)
    receipt = told("failed", provider.last_id(), error={"code": UNDELIVERABLE, "outcome": "bad_address"})
    record("boavista", receipt, NOW)
    record("boavista", receipt, later(minutes=1))
    assert (failed().error, instead().channel) == ("bad_address", "twilio_sms")
    assert len([one for one in contacts.timeline("boavista", "p1")[0] if one.fallback_of]) == 1


def test_an_answer_outside_the_window_is_not_offered_to_whatsapp_and_goes_by_sms(provider: Provider) -> None:
    heard(ago=timedelta(hours=25))
    outbound(state="queued", text="Bom dia", author="agent:ana")
    deliver("boavista", "ours", NOW)
    assert (failed().state, failed().error, provider.taken) == ("failed", "template_only", [])
    assert (instead().text, instead().author) == ("Bom dia", "agent:ana")


def test_a_template_that_is_not_approved_is_not_offered_and_another_way_is_taken(provider: Provider) -> None:
    rejected = Template(name="reminder_24h", language="pt-BR", state="rejected")
    templates.put("boavista", "whatsapp", WHATSAPP["boavista"], rejected)
    reminder()
    deliver("boavista", "ours", NOW)
    assert (failed().error, provider.taken, instead().channel) == ("fix_request", [], "twilio_sms")


def test_a_broken_account_is_tried_for_a_while_before_another_way_is_taken(provider: Provider) -> None:
    reminder(attempts=MAX_ATTEMPTS - 2)
    refused(provider, NO_TOKEN)
    assert (failed().state, failed().replaced_by) == ("queued", None)
    provider.script.append(Refusal(NO_TOKEN))
    deliver("boavista", "ours", later(minutes=15))
    assert (failed().state, instead().channel) == ("failed", "twilio_sms")


def test_a_paused_account_sends_nothing_and_an_answer_takes_another_way_at_once(provider: Provider) -> None:
    whatsapp = tenants.account("boavista", "whatsapp", WHATSAPP["boavista"])
    tenants.save_account("boavista", whatsapp.model_copy(update={"state": "paused"}))
    answer()
    deliver("boavista", "ours", NOW)
    assert (failed().error, provider.taken, instead().channel) == ("fix_account", [], "twilio_sms")


def test_it_goes_no_later_than_the_first_would_have(provider: Provider) -> None:
    reminder()
    refused(provider, UNDELIVERABLE)
    assert instead().not_after == later(hours=20)
    deliver("boavista", instead().id, later(hours=21))
    assert (instead().state, provider.taken) == ("expired", [])


def test_a_receipt_of_failure_that_comes_too_late_is_for_people(provider: Provider) -> None:
    reminder()
    deliver("boavista", "ours", NOW)
    record(
        "boavista",
        told("failed", provider.last_id(), error={"code": 1, "outcome": "bad_address"}),
        later(hours=21),
    )
    assert failed().replaced_by is None
    assert unread() == [1]


def test_what_may_have_arrived_does_not_go_another_way(provider: Provider) -> None:
    answer()
    provider.script.append("reset_after")
    deliver("boavista", "ours", NOW)
    assert (failed().state, failed().replaced_by) == ("unknown", None)


def test_a_visit_called_off_is_told_another_way_though_the_first_may_have_arrived(provider: Provider) -> None:
    values = {**VALUES, "phone": "+551130000000"}
    reminder(purpose="confirmation", template=filled("cancelled_by_clinic", "pt-BR", values), attempts=0)
    provider.script.append("reset_after")
    deliver("boavista", "ours", NOW)
    assert (failed().state, instead().channel) == ("unknown", "twilio_sms")


def test_a_text_back_to_a_number_without_whatsapp_goes_by_sms(provider: Provider) -> None:
    missed = filled("missed_call", "pt-BR", {"clinic": "Boa Vista"})
    reminder(purpose="text_back", template=missed, buttons=())
    refused(provider, UNDELIVERABLE)
    assert instead().channel == "twilio_sms"


def test_a_visit_that_is_moved_takes_back_what_goes_in_the_stead_of_its_messages(provider: Provider) -> None:
    visit = booked()
    first = found(message_id("boavista", visit, "booked"))
    provider.script.append(Refusal(UNDELIVERABLE))
    deliver("boavista", first.id, NOW)
    stand_in = found(found(first.id).replaced_by)
    with transaction() as work:
        withdraw("boavista", now_is(visit), "moved", work)
    assert (found(stand_in.id).state, found(stand_in.id).error) == ("withdrawn", "moved")


def test_somebody_who_is_gone_is_written_to_no_more(provider: Provider) -> None:
    outbound(patient="p9", state="queued", text="Bom dia")
    deliver("boavista", "ours", NOW)
    assert (failed().state, failed().replaced_by) == ("failed", None)

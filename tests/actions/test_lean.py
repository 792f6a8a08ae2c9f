"""Two providers of SMS: both carry, and what one does not carry the other one does."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Any

import pytest
from recado.actions.deliver import deliver
from recado.model.communication import Communication
from recado.model.patient import Patient
from recado.model.tenant import Account
from recado.rules.rates import FAILURES
from recado.store import contacts, patients, tenants

from tests.actions.test_record import outbound
from tests.cloud import Cloud
from tests.provider import Provider, Refusal
from tests.samples import NOW, PHONE, later

ONE, OTHER = "551130000001", "551130000002"
BUSY, NO_SUCH_NUMBER, NO_ACCOUNT = Refusal(20429, 429), Refusal(21211), Refusal(20003, 401)


@pytest.fixture(autouse=True)
def two(clinic: Cloud, provider: Provider) -> None:
    for number in (ONE, OTHER):
        tenants.save_account("boavista", Account(tenant="boavista", channel="twilio_sms", id=number))
        name = f"{os.environ['ACCOUNT_SECRETS']}/boavista/twilio_sms/{number}"
        clinic.secret(name, {"account_sid": "AC1", "auth_token": "sample-token"})


def queued(own_id: str = "ours", **settings: Any) -> None:
    known = {"channel": "twilio_sms", "account": ONE, "address": f"+{PHONE}", "state": "queued"}
    outbound(id=own_id, text="Bom dia", moment=own_id, **{**known, **settings})


def sent(own_id: str = "ours", now: datetime = NOW) -> Communication:
    deliver("boavista", own_id, now)
    stored = contacts.find_communication("boavista", own_id)
    assert stored is not None
    return stored


def break_down(provider: Provider, account: str, kind: Refusal = BUSY) -> None:
    """The account fails so often that it is leant on no more."""
    for number in range(FAILURES):
        queued(f"{account}-{number}", account=account, patient=f"{account}-{number}")
        provider.script.append(kind)
        sent(f"{account}-{number}")


def test_the_second_try_of_what_was_certainly_not_sent_goes_to_the_other_provider(provider: Provider) -> None:
    queued()
    provider.script.append(BUSY)
    assert (sent().account, sent().state) == (ONE, "queued")
    after = sent(now=later(seconds=10))
    assert (after.account, after.state, len(provider.taken)) == (OTHER, "sent", 1)
    assert provider.taken[0]["From"] == f"+{OTHER}"


def test_what_may_have_been_sent_stays_where_it_is(provider: Provider) -> None:
    patients.put("boavista", Patient(id="p1", created_at=NOW))
    queued(purpose="reminder", not_after=later(hours=20))
    provider.script.append("reset_after")
    assert sent().state == "unknown"
    assert sent(now=later(minutes=15)).account == ONE


def test_after_some_failures_in_a_minute_new_messages_go_to_the_other_provider(provider: Provider) -> None:
    break_down(provider, ONE)
    queued()
    assert (sent().account, sent().state) == (OTHER, "sent")


def test_a_minute_later_the_first_one_carries_again(provider: Provider) -> None:
    break_down(provider, ONE)
    queued()
    assert sent(now=later(seconds=61)).account == ONE


def test_where_both_fail_nothing_shifts(provider: Provider) -> None:
    break_down(provider, ONE)
    for number in range(FAILURES):
        queued(f"more-{number}", account=OTHER, patient=f"more-{number}")
        provider.script.append(BUSY)
        sent(f"more-{number}")
    queued()
    assert sent().account == ONE


def test_a_number_that_does_not_exist_is_not_the_providers_fault(provider: Provider) -> None:
    break_down(provider, ONE, NO_SUCH_NUMBER)
    queued()
    assert sent().account == ONE


def test_a_paused_account_is_nobodys_other_provider(provider: Provider) -> None:
    other = tenants.account("boavista", "twilio_sms", OTHER)
    tenants.save_account("boavista", other.model_copy(update={"state": "paused"}))
    break_down(provider, ONE)
    queued()
    assert sent().account == ONE

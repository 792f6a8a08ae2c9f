"""A synthetic patient goes through every open channel, beside the clinic and never into it."""

from __future__ import annotations

import json
import os

import pytest
from recado.actions.deliver import deliver
from recado.actions.follow_preflight import follow_preflight
from recado.actions.preflight import preflight
from recado.actions.record import record
from recado.actions.reply import reply
from recado.channels import MODULES, Received
from recado.errors import NotFound
from recado.model.template import Template
from recado.model.tenant import Account
from recado.store import contacts, templates, tenants
from recado.store.clients import client

from tests.cloud import Cloud
from tests.provider import Provider
from tests.samples import ANA, NOW, WHATSAPP, later

BASE = "https://hooks.example"
APART = "boavista--preflight"


def carried(cloud: Cloud) -> int:
    """Record what waits on the inbound queue; how many there were."""
    records = cloud.queued("inbound")["Records"]
    for one in records:
        body = json.loads(one["body"])
        record(body.pop("tenant"), Received(**body), NOW)
    return len(records)


def rows_of(cloud: Cloud, tenant: str) -> list[str]:
    tables = ("patients", "contacts", "appointments", "intervals")
    keys = [row["pk"]["S"] for table in tables for row in cloud.items(table)]
    return [key for key in keys if key.startswith(f"T#{tenant}#")]


def test_the_patient_arrives_and_the_clinic_sees_nothing_of_it(clinic: Cloud, provider: Provider) -> None:
    run = preflight("boavista", BASE, NOW)
    assert follow_preflight("boavista", run.id, later(seconds=1)).state == "running"
    assert carried(clinic) == 1
    done = follow_preflight("boavista", run.id, later(seconds=5))
    assert (done.state, [one.state for one in done.findings]) == ("passed", ["arrived"])
    assert rows_of(clinic, "boavista") == []
    assert rows_of(clinic, APART)
    assert tenants.everyone() == ["boavista", "delsol"]
    assert provider.taken == []


def test_what_is_wrong_with_an_account_is_told_though_its_message_arrived(clinic: Cloud) -> None:
    run = preflight("boavista", BASE, NOW)
    carried(clinic)
    done = follow_preflight("boavista", run.id, later(seconds=5))
    assert done.state == "failed"
    assert [(one.state, one.trial.problem) for one in done.findings] == [("arrived", "secrets_missing")]


@pytest.mark.usefixtures("provider")
def test_templates_that_the_provider_does_not_allow_are_named(clinic: Cloud) -> None:
    kept = Template(name="reminder_24h", language="es", state="rejected")
    templates.put("boavista", "whatsapp", WHATSAPP["boavista"], kept)
    run = preflight("boavista", BASE, NOW)
    (probe,) = run.probes
    assert (probe.trial.problem, probe.trial.detail) == ("templates", "reminder_24h")


def test_a_channel_that_is_closed_is_left_alone(clinic: Cloud) -> None:
    open_one = tenants.account("boavista", "whatsapp", WHATSAPP["boavista"])
    tenants.save_account("boavista", open_one.model_copy(update={"state": "paused"}))
    run = preflight("boavista", BASE, NOW)
    assert run.probes == ()
    assert clinic.queued("inbound")["Records"] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_message_on_any_channel_arrives_whole(clinic: Cloud, name: str) -> None:
    ids = {"email": "ola@boavista.example", "webform": "kform", "webchat": "kchat"}
    added = Account(tenant="boavista", channel=name, id=ids.get(name, "300000000000003"))
    tenants.save_account("boavista", added)
    run = preflight("boavista", BASE, NOW)
    assert carried(clinic) == 2
    findings = follow_preflight("boavista", run.id, later(seconds=5)).findings
    (mine,) = [one for one in findings if one.probe.account == added.id]
    assert mine.state == "arrived", mine.trial


def test_who_writes_by_one_number_on_several_channels_is_one_person_with_one_thread(clinic: Cloud) -> None:
    for name in ("twilio_sms", "aws_sms", "twilio_whatsapp", "aws_social", "webform"):
        tenants.save_account("boavista", Account(tenant="boavista", channel=name, id="300000000000003"))
    run = preflight("boavista", BASE, NOW)
    assert carried(clinic) == 6
    assert sum(probe.phone for probe in run.probes) == 6
    assert follow_preflight("boavista", run.id, later(seconds=5)).together is True


@pytest.mark.usefixtures("clinic")
def test_a_trial_of_another_clinics_is_not_found() -> None:
    run = preflight("boavista", BASE, NOW)
    with pytest.raises(NotFound):
        follow_preflight("delsol", run.id, NOW)


def test_nothing_can_be_sent_from_the_sandbox(clinic: Cloud, provider: Provider) -> None:
    """Whatever were written there: a sandbox has no secrets, and its clinic's are not its own."""
    preflight("boavista", BASE, NOW)
    carried(clinic)
    (contact,), _ = contacts.open_contacts(APART)
    tenants.save_agent(APART, ANA)
    written = reply(APART, "ana", contact.id, "Olá", NOW)
    deliver(APART, written.id, NOW)
    assert provider.taken == []
    left = contacts.find_communication(APART, written.id)
    assert left is not None
    assert left.state != "sent"
    names = [one["Name"] for one in client("secretsmanager").list_secrets()["SecretList"]]
    assert not [name for name in names if name.startswith(f"{os.environ['ACCOUNT_SECRETS']}/{APART}/")]

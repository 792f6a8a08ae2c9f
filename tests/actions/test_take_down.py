"""What a form says of whoever filled it in reaches the desk before they do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from recado.actions.record import record
from recado.channels import Received, Request, webform
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.store import patients

from tests.people import TENANT, known_as, phone
from tests.samples import NOW, PHONE, later, received

pytestmark = pytest.mark.usefixtures("clinic")
BORN = {"birth_date": "25/03/1984"}


def webform_of(**fields: str) -> Received:
    body = json.dumps({"name": "Maria Silva", "message": "olá", **fields}).encode()
    headers = {"content-type": "application/json"}
    request = Request(
        "POST", "/webhooks/webform/k", {}, headers, body, account="k", at="2026-11-23T14:00:00Z"
    )
    (event,) = webform.parse(request)
    assert isinstance(event, Received)
    return event


def flow_of(sender: str = PHONE, message_id: str = "wamid.f", **fields: str) -> Received:
    """A WhatsApp Flow that somebody filled in."""
    extra: dict[str, Any] = {"type": "form", "form": fields}
    return received("", message_id, sender, **extra)


def at(number: str) -> Patient:
    (link,) = patients.view(TENANT, ContactPoint(system="phone", value=f"+{number}")).links
    return patients.get(TENANT, link.patient)


def held(patient: Patient) -> dict[str, tuple[str, str]]:
    return {field: (told.value, told.source) for field, told in patient.told.items()}


def test_it_is_all_that_is_known_of_somebody_new() -> None:
    record(TENANT, webform_of(phone=f"+{PHONE}", city="Santos", **BORN), NOW)
    assert held(at(PHONE)) == {
        "name": ("Maria Silva", "webform"),
        "city": ("Santos", "webform"),
        "birth_date": ("1984-03-25", "webform"),
    }


def test_of_somebody_known_a_form_that_anybody_may_have_sent_is_a_suggestion() -> None:
    known_as("p1", "Maria Silva")
    record(TENANT, webform_of(phone=f"+{phone('p1')}", **BORN), NOW)
    stored = patients.get(TENANT, "p1")
    assert held(stored) == {}
    assert [(one.field, one.value, one.source) for one in stored.disputes] == [
        ("birth_date", "1984-03-25", "webform")
    ]


def test_the_same_form_again_is_no_second_write() -> None:
    known_as("p1", "Maria Silva")
    form = webform_of(phone=f"+{phone('p1')}", **BORN)
    record(TENANT, form, NOW)
    before = patients.get(TENANT, "p1")
    record(TENANT, form, later(days=8))
    assert patients.get(TENANT, "p1") == before


def test_a_form_by_whatsapp_of_the_one_person_behind_a_number_fills_what_is_missing() -> None:
    known_as("p1", "Maria Silva")
    record(TENANT, flow_of(phone("p1"), city="Santos", **BORN), NOW)
    stored = patients.get(TENANT, "p1")
    assert held(stored) == {"city": ("Santos", "whatsapp"), "birth_date": ("1984-03-25", "whatsapp")}
    assert stored.disputes == ()
    link = patients.view(TENANT, ContactPoint(system="phone", value=f"+{phone('p1')}")).links[0]
    assert link.profile is not None
    assert link.profile.birth_date == "1984-03-25"
    assert "birth_date#1984-03-25" in stored.filed


def test_a_form_that_says_otherwise_raises_a_dispute_and_overwrites_nothing() -> None:
    known_as("p1", "Maria Silva")
    record(TENANT, flow_of(phone("p1"), city="Santos"), NOW)
    record(TENANT, webform_of(phone=f"+{phone('p1')}", city="Recife"), later(minutes=1))
    stored = patients.get(TENANT, "p1")
    assert held(stored) == {"city": ("Santos", "whatsapp")}
    assert [(one.value, one.source) for one in stored.disputes] == [("Recife", "webform")]


def test_what_cannot_be_is_seen_by_people_only() -> None:
    record(TENANT, webform_of(phone=f"+{PHONE}", birth_date="ontem"), NOW)
    assert set(held(at(PHONE))) == {"name"}


def test_what_somebody_new_is_called_on_their_channel_has_its_source() -> None:
    record(TENANT, received(), NOW)
    assert held(at(PHONE)) == {"name": ("Maria Silva", "whatsapp")}


@pytest.mark.parametrize("given_name", ["Pedro", "Zeca"])
def test_who_fills_in_a_form_about_somebody_else_says_nothing_of_themselves(given_name: str) -> None:
    record(TENANT, received("Oi", "wamid.1"), NOW)
    before = held(at(PHONE))
    record(TENANT, flow_of(given_name=given_name, family_name="Dias", **BORN), later(minutes=1))
    assert held(at(PHONE)) == before


def test_who_has_somebody_s_old_number_by_now_says_nothing_of_them() -> None:
    record(TENANT, received("Oi", "wamid.1"), later(days=-60))
    before = held(at(PHONE))
    form = flow_of(cpf="111.444.777-35", **BORN)
    record(TENANT, form._replace(event={**form.event, "name": "🌸"}), NOW)
    assert held(at(PHONE)) == before
    record(TENANT, flow_of(message_id="wamid.g", **BORN), later(minutes=1))
    assert held(at(PHONE))["birth_date"] == ("1984-03-25", "whatsapp")

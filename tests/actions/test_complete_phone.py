"""What people write into a form of the clinic's: who they are, and what a form may not do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from recado.actions.record import record
from recado.actions.respond import respond
from recado.channels import Received, Request, webform
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.store import contacts, patients

from tests.cloud import Cloud
from tests.samples import NOW, received

pytestmark = pytest.mark.usefixtures("clinic")


def form(**fields: Any) -> Received:

    body = json.dumps(fields).encode()
    (event,) = webform.parse(Request("POST", "/", {}, {}, body, account="pub", at="2026-11-23T14:00:00Z"))
    assert isinstance(event, Received)
    return event


def stored(tenant: str = "boavista") -> Contact:
    (contact,), _ = contacts.open_contacts(tenant)
    return contact


@pytest.mark.parametrize(
    ("tenant", "typed", "phone"),
    [
        ("boavista", "(11) 98765-4321", "+5511987654321"),
        ("delsol", "600 11 22 33", "+34600112233"),
        ("boavista", "+34 600 11 22 33", "+34600112233"),
    ],
)
def test_a_number_is_read_where_the_clinic_is(tenant: str, typed: str, phone: str) -> None:
    record(tenant, form(phone=typed, message="Oi"), NOW)
    patient = patients.get(tenant, stored(tenant).patient)
    assert patient.contact_points == (ContactPoint(system="phone", value=phone),)


def test_who_wrote_on_whatsapp_before_is_the_same_person() -> None:
    record("boavista", received("Olá"), NOW)
    record("boavista", form(phone="11 98765-4321", message="E por aqui?"), NOW)
    assert stored().last_text == "E por aqui?"


def test_what_is_no_number_of_the_clinic_s_country_is_there_to_be_read() -> None:
    record("boavista", form(phone="1234567890123", message="Oi", name="Rui"), NOW)
    assert stored().last_text == "Oi\n\n1234567890123"
    assert patients.get("boavista", stored().patient).contact_points == ()


def test_a_message_without_any_address_is_a_lead_all_the_same() -> None:
    record("boavista", form(message="Vocês abrem sábado?"), NOW)
    assert stored().last_text == "Vocês abrem sábado?"


def test_a_form_s_language_is_its_writer_s() -> None:
    record("boavista", form(phone="+34600112233", message="Hola", language="es-MX"), NOW)
    assert stored().language == "es"


@pytest.mark.parametrize("said", ["STOP", "PARAR", "BAJA"])
def test_a_form_stops_nothing_for_the_owner_of_a_number_that_anybody_may_type(said: str) -> None:
    record("boavista", received("Olá"), NOW)
    record("boavista", form(phone="+5511987654321", message=said), NOW)
    assert stored().pending == ()
    respond("boavista", stored().id, NOW)
    assert not patients.get("boavista", stored().patient).opted_out


def test_a_form_with_what_it_asked_for_is_shown_whole(clinic: Cloud) -> None:
    record("boavista", form(phone="+5511987654321", service="Limpeza", preferred_time="tarde"), NOW)
    (item,), _ = contacts.timeline("boavista", stored().patient)
    assert item.kind == "form"
    assert item.text == "service: Limpeza\npreferred_time: tarde"
    assert item.origin is not None
    assert item.origin.type == "form"
    assert item.raw == {
        "fields": {"phone": "+5511987654321", "service": "Limpeza", "preferred_time": "tarde"}
    }
    assert clinic.items("appointments") == []

"""Who filled in a form, or called, is answered on whatever line reaches them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from recado.actions.find_line import find_line
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.model.patient import Patient
from recado.model.tenant import Account
from recado.rules.contacts import opened
from recado.rules.reach import Route
from recado.store import patients, tenants

from tests.samples import NOW, WHATSAPP

pytestmark = pytest.mark.usefixtures("clinic")
PHONE = ContactPoint(system="phone", value="+5511987654321")
TYPED = ContactPoint(system="unverified_email", value="maria@example.com")
MAIL = "contato@boavista.example"


def line(*points: ContactPoint, channel: str = "webform", accounts: tuple[str, ...] = ()) -> Route | None:
    ids = {"email": MAIL, "twilio_sms": "551140000000"}
    for name in accounts:
        tenants.save_account("boavista", Account(tenant="boavista", channel=name, id=ids[name]))
    tenants.forget()
    patients.put("boavista", Patient(id="p1", contact_points=points, created_at=NOW))
    found = find_line("boavista", _contact(channel), NOW)
    assert found is None or found.record == "p1"
    return found.route if found else None


def _contact(channel: str) -> Contact:
    return opened("p1", 1, now=NOW, channel=channel, account="key", address="", language="pt-BR")


def test_a_channel_that_carries_text_is_answered_there() -> None:
    found = find_line("boavista", _contact("whatsapp"), NOW)
    assert found is not None
    assert found.route == Route("whatsapp", "key", "")


@pytest.mark.parametrize("channel", ["webform", "voice", "frontdesk"])
def test_free_text_goes_where_it_may_go_now(channel: str) -> None:
    found = line(PHONE, channel=channel, accounts=("twilio_sms",))
    assert found == Route("twilio_sms", "551140000000", PHONE.value)


def test_where_no_free_text_may_go_a_template_may() -> None:
    assert line(PHONE) == Route("whatsapp", WHATSAPP["boavista"], PHONE.value)


def test_the_window_of_an_earlier_message_serves() -> None:
    patients.put("boavista", Patient(id="p1", contact_points=(PHONE,), created_at=NOW))
    tenants.save_account("boavista", Account(tenant="boavista", channel="twilio_sms", id="551140000000"))
    wrote = f"whatsapp/{WHATSAPP['boavista']}/{PHONE.value}"
    contact = _contact("webform").model_copy(update={"heard_at": {wrote: NOW - timedelta(hours=1)}})
    found = find_line("boavista", contact, NOW)
    assert found is not None
    assert found.route == Route("whatsapp", WHATSAPP["boavista"], PHONE.value)


def test_who_gave_an_e_mail_and_nothing_else_is_answered_there() -> None:
    assert line(TYPED, accounts=("email",)) == Route("email", MAIL, TYPED.value)


def test_an_address_typed_beside_a_patient_s_number_is_told_nothing() -> None:
    found = line(PHONE, TYPED, accounts=("email", "twilio_sms"))
    assert found == Route("twilio_sms", "551140000000", PHONE.value)


def test_who_withheld_their_number_is_reached_by_nothing() -> None:
    assert line(channel="voice", accounts=("email", "twilio_sms")) is None

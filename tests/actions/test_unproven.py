"""Whoever types a number or an address may be anybody: nothing of a patient's is told or done by that."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from recado.actions.record import record
from recado.actions.respond import respond
from recado.channels import Received, Request, webform
from recado.model.contact import Contact
from recado.model.contact_point import ContactPoint
from recado.store import contacts, patients

from tests import visits
from tests.samples import PHONE, received

pytestmark = pytest.mark.usefixtures("clinic")
MALLORY = "mallory@no-dmarc.example"
NOW = visits.FIRST + timedelta(minutes=1)


def form(**fields: str) -> Received:
    body = json.dumps({"name": "x", "message": "olá", **fields}).encode()
    kind = {"content-type": "application/json"}
    request = Request("POST", "/webhooks/webform/k", {}, kind, body, account="k", at="2026-11-27T12:30:30Z")
    (event,) = webform.parse(request)
    assert isinstance(event, Received)
    return event


def mail(
    text: str, message_id: str = "m1", sender: str = MALLORY, system: str = "unverified_email"
) -> Received:
    """A mail whose sender nothing proves, unless `system` is `email`."""
    one = received(text, message_id=message_id, sender=sender)
    return one._replace(channel="email", account="k@b.example", identities=[("unverified_email", sender)])


def latest(patient: str) -> Contact:
    contact = contacts.latest_contact("boavista", patient)
    assert contact is not None
    return contact


def known(point: ContactPoint) -> list[str]:
    return [link.patient for link in patients.view("boavista", point).links]


def points(patient: str) -> set[tuple[str, str]]:
    return {(one.system, one.value) for one in patients.get("boavista", patient).contact_points}


def asked() -> Any:
    """Maria has a visit, and was reminded of it on WhatsApp."""
    visit = visits.booked()
    visits.reminded()
    return visit


@pytest.mark.parametrize("said", ["2", "STOP", "START", "olá"])
def test_who_typed_a_patient_s_number_does_not_become_the_patient(said: str) -> None:
    visit = asked()
    before = patients.get("boavista", visit.patient)
    record("boavista", form(phone=f"+{PHONE}", email=MALLORY), NOW)
    record("boavista", mail(said), NOW + timedelta(minutes=1))
    for one in contacts.open_contacts("boavista")[0]:
        respond("boavista", one.id, NOW + timedelta(minutes=2))
    assert visits.now_is(visit).status == "booked"
    assert points(visit.patient) == {(one.system, one.value) for one in before.contact_points}
    assert patients.get("boavista", visit.patient).opted_out == before.opted_out
    assert MALLORY not in {one.address for one in visits.written(visit.patient)}
    assert latest(visit.patient).address != MALLORY


def test_a_number_typed_beside_somebody_s_address_is_not_theirs() -> None:
    record("boavista", mail("oi", sender="maria@no-dmarc.example"), NOW)
    (lead,) = known(ContactPoint(system="unverified_email", value="maria@no-dmarc.example"))
    record("boavista", form(phone="+5511900000001", email="maria@no-dmarc.example"), NOW)
    assert points(lead) == {("unverified_email", "maria@no-dmarc.example")}
    assert lead not in known(ContactPoint(system="phone", value="+5511900000001"))


def test_an_address_typed_before_anybody_knew_the_patient_opens_nothing_later() -> None:
    record("boavista", form(phone=f"+{PHONE}", email=MALLORY), NOW)
    visit = asked()
    record("boavista", mail("2"), NOW + timedelta(minutes=1))
    assert latest(visit.patient).channel != "email"
    (other,) = {one.patient for one in contacts.open_contacts("boavista")[0]} - {visit.patient}
    assert points(other) == {("unverified_email", MALLORY)}


def test_who_writes_again_from_an_unproven_address_is_the_same_stranger() -> None:
    record("boavista", mail("oi"), NOW)
    record("boavista", mail("sou eu", "m2"), NOW + timedelta(minutes=1))
    (contact,) = contacts.open_contacts("boavista")[0]
    assert contact.last_text == "sou eu"


@pytest.mark.parametrize("said", ["STOP", "START"])
def test_nothing_is_answered_by_itself_to_an_unproven_address(said: str) -> None:
    record("boavista", mail(said), NOW)
    (contact,) = contacts.open_contacts("boavista")[0]
    respond("boavista", contact.id, NOW)
    assert [one.direction for one in contacts.timeline("boavista", contact.patient)[0]] == ["inbound"]
    assert contacts.get_contact("boavista", contact.id).state != "closed"


def test_a_proven_address_is_one_more_of_the_patient_s() -> None:
    both = received("oi", message_id="w9")
    both = both._replace(identities=[*both.identities, ("bsuid", "BR.77")])
    record("boavista", received("oi"), NOW)
    record("boavista", both, NOW + timedelta(minutes=1))
    (patient,) = {one.patient for one in contacts.open_contacts("boavista")[0]}
    assert ("bsuid", "BR.77") in points(patient)

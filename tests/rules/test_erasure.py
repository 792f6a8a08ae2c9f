"""What is left of somebody who is erased holds nothing that they said, and nothing of who they are."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.errors import Conflict
from recado.model.appointment import Appointment, AppointmentStatus
from recado.model.call import Call, Leg
from recado.model.communication import Attachment, Communication, CommunicationState, TemplateMessage
from recado.model.contact import Callback, Contact
from recado.model.contact_point import ContactPoint
from recado.model.erasure import Erasure, Stopped
from recado.model.patient import ANONYMOUS, Origin, Patient
from recado.rules import erasure as rules

from tests.samples import NOW, later

MARK = "maria-silva"
KEY = base64.b64encode(bytes(32)).decode()


def message(**settings: Any) -> Communication:
    told: dict[str, Any] = {
        "id": "m1",
        "patient": "p1",
        "channel": "whatsapp",
        "account": "1",
        "address": MARK,
        "direction": "outbound",
        "kind": "text",
        "text": MARK,
        "author": "agent:ana",
        "state": "sent",
        "at": NOW,
        "moment": "2026",
        "provider_id": MARK,
        "subject": MARK,
        "message_id": MARK,
        "payload": MARK,
        "attachments": (Attachment(kind="image", state="waiting", name=MARK, url=MARK),),
        "template": TemplateMessage(name="booked", language="es", parameters={"name": MARK}),
        "raw": {"text": MARK},
        "what_a_newer_version_adds": MARK,
    }
    return Communication.model_validate({**told, **settings})


def visit(status: AppointmentStatus = "fulfilled", **settings: Any) -> Appointment:
    told: dict[str, Any] = {
        "id": "a1",
        "patient": "p1",
        "patient_name": MARK,
        "language": "es",
        "practitioner": MARK,
        "type": MARK,
        "minutes": 30,
        "start": NOW,
        "local_start": "2026-11-23T11:00",
        "timezone": "America/Sao_Paulo",
        "tz_version": "1",
        "status": status,
        "channel": "whatsapp",
        "account": "1",
        "address": MARK,
        "contact_point": f"phone#{MARK}",
        "created_at": NOW,
        "created_by": "agent:ana",
        "due_at": NOW,
    }
    return Appointment.model_validate({**told, **settings})


def contact(**settings: Any) -> Contact:
    told: dict[str, Any] = {
        "patient": "p1",
        "number": 1,
        "patient_name": MARK,
        "language": "es",
        "channel": "whatsapp",
        "account": "1",
        "address": MARK,
        "opened_at": NOW,
        "waiting_since": NOW,
        "note": MARK,
        "callback": Callback(phone=MARK, due_at=NOW),
        "heard_at": {MARK: NOW},
        "origin": Origin(type="ad", id=MARK, url=MARK),
        "last_text": MARK,
        "pending": ("m1",),
        "due_at": NOW,
    }
    return Contact.model_validate({**told, **settings})


def test_of_nothing_is_a_word_left() -> None:
    who = Patient(
        id="p1", name=MARK, contact_points=(ContactPoint(system="email", value=MARK),), created_at=NOW
    )
    rung = Call(id="c1", caller=MARK, legs=(Leg(id=MARK),))
    erasure = Erasure(
        id="p1", records=("p1",), reason="requested", by="role:admin", asked_at=NOW, people=(who,)
    )
    left: list[Any] = [
        rules.patient(who, NOW),
        rules.contact(contact(before=contact()), NOW),
        rules.communication(message(), NOW),
        rules.call(rung, NOW),
        rules.appointment(visit(), NOW),
        rules.finished(erasure, NOW),
    ]
    assert [one for one in left if MARK in one.model_dump_json()] == []
    assert all(one.erased_at == NOW for one in left)


def test_nothing_of_it_is_ever_due_again() -> None:
    for one in (
        rules.contact(contact(), NOW),
        rules.communication(message(due_at=NOW), NOW),
        rules.call(Call(id="c1", due_at=NOW), NOW),
        rules.appointment(visit(), NOW),
    ):
        assert one.due_at is None


def test_it_counts_as_it_counted() -> None:
    before = contact(answered_at=later(minutes=1), kind="lead", converted="voice", reason="missed_call")
    after = rules.contact(before, later(days=1))
    for name in ("channel", "reason", "opened_at", "answered_at", "kind", "converted", "version"):
        assert getattr(after, name) == getattr(before, name)
    assert after.origin == Origin(type="ad")
    assert (after.state, after.closed_at) == ("closed", later(days=1))


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ("queued", "withdrawn"),
        ("claimed", "withdrawn"),
        ("sent", "sent"),
        ("failed", "failed"),
        ("received", "received"),
    ],
)
def test_what_was_to_be_sent_is_not_any_more(state: CommunicationState, left: str) -> None:
    assert rules.communication(message(state=state), NOW).state == left


@pytest.mark.parametrize(
    ("status", "days", "left"),
    [("booked", 1, "cancelled"), ("booked", -1, "booked"), ("fulfilled", -1, "fulfilled")],
)
def test_a_visit_to_come_is_off(status: AppointmentStatus, days: int, left: str) -> None:
    assert rules.appointment(visit(status, start=later(days=days)), NOW).status == left


def test_only_a_visit_to_come_stands_in_the_way() -> None:
    who = Patient(id="p1", created_at=NOW)
    rules.refuse(who, [visit("booked"), visit("cancelled", start=later(days=1))], NOW)
    with pytest.raises(Conflict):
        rules.refuse(who, [visit("booked", start=later(days=1))], NOW)
    with pytest.raises(Conflict):
        rules.refuse(Patient(id=ANONYMOUS, created_at=NOW), [], NOW)


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True), st.binary(min_size=32, max_size=32))
def test_a_hash_is_of_its_contact_point_and_of_its_clinic_and_tells_neither(number: str, key: bytes) -> None:
    point, own = ContactPoint(system="phone", value=number), base64.b64encode(key).decode()
    found = rules.hashed(own, point)
    assert found == rules.hashed(own, point)
    assert found != rules.hashed(own, ContactPoint(system="whatsapp", value=number))
    assert found != rules.hashed(base64.b64encode(bytes([key[0] ^ 1, *key[1:]])).decode(), point)
    assert number[1:] not in found


def test_an_address_that_nothing_proves_is_the_same_address() -> None:
    one, other = (
        ContactPoint(system=system, value="a@b.example") for system in ("email", "unverified_email")
    )
    assert rules.hashed(KEY, one) == rules.hashed(KEY, other)


def test_what_two_of_them_had_stopped_is_all_remembered() -> None:
    before = Stopped(opted_out=frozenset({"care"}), at=NOW - timedelta(days=1), version=3)
    who = Patient(id="p1", opted_out=frozenset({"marketing"}), created_at=NOW)
    after = rules.stopped(who, before, NOW)
    assert after.opted_out == {"care", "marketing"}
    assert (after.at, after.version) == (NOW, 3)


def test_files_that_are_being_fetched_are_looked_for_where_they_will_be() -> None:
    assert rules.awaited("boavista", message()) == ("boavista/m1/0",)
    assert rules.files_of(message()) == ()

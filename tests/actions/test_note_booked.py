"""A visit makes a lead a patient, and the contact that it came from says so."""

from __future__ import annotations

import pytest
from recado.actions.join_records import join_records
from recado.actions.record import record
from recado.actions.set_kind import set_kind
from recado.errors import NotFound, Stale
from recado.model.contact_point import ContactPoint
from recado.store import contacts, patients

from tests.people import TENANT, believed, heard, known_as, latest, phone
from tests.samples import NOW, later, received
from tests.visits import MARIA, booked, overtaken, view

pytestmark = pytest.mark.usefixtures("clinic")


def kind_at(own_id: str) -> str:
    (link,) = patients.view(TENANT, ContactPoint(system="phone", value=f"+{phone(own_id)}")).links
    return link.kind


def test_who_wrote_before_is_converted_and_their_contact_knows_when_and_by_which_channel() -> None:
    record(TENANT, received(), NOW)
    own_id = view().links[0].patient
    assert latest(own_id).kind == "lead"
    booked(MARIA, now=later(hours=1))
    contact, patient = latest(own_id), patients.get(TENANT, own_id)
    assert (contact.booked_at, contact.converted) == (later(hours=1), "whatsapp")
    assert (patient.kind, patient.became) == ("patient", later(hours=1))
    assert contact.kind == "lead"


def test_the_next_visit_is_noted_and_converts_nobody() -> None:
    known_as("p1", "Maria Silva", kind="patient")
    heard("p1")
    booked("p1", now=later(hours=1))
    contact = latest("p1")
    assert (contact.booked_at, contact.converted) == (later(hours=1), None)


def test_it_is_the_first_channel_that_counts_though_they_came_back_by_another() -> None:
    known_as("p1", "Maria Silva")
    heard("p1")
    first = latest("p1")
    contacts.save_contact(TENANT, first.model_copy(update={"state": "closed", "channel": "voice"}))
    heard("p1")
    booked("p1", now=later(hours=1))
    assert (latest("p1").number, latest("p1").converted) == (2, "voice")


def test_whom_nobody_wrote_or_called_is_a_patient_and_no_contact_says_so() -> None:
    own_id = booked().patient
    stored = patients.get(TENANT, own_id)
    assert (stored.kind, stored.became, contacts.latest_contact(TENANT, own_id)) == ("patient", None, None)
    assert stored.told["name"].source == "agent:ana"


def test_all_records_that_are_surely_of_the_person_are_a_patient_s_and_a_guess_is_not() -> None:
    known_as("p1", "Maria Silva", age=later(days=1) - NOW)
    known_as("p2", "Maria Silva")
    known_as("p3", "Maria Silva")
    join_records(TENANT, "p2", "p1", "agent:ana", NOW)
    believed("p3", "p1")
    booked("p1", now=later(hours=1))
    assert [patients.get(TENANT, one).kind for one in ("p1", "p2", "p3")] == ["patient", "patient", "lead"]
    assert [kind_at(one) for one in ("p1", "p2", "p3")] == ["patient", "patient", "lead"]


def test_somebody_one_of_whose_records_is_a_patient_s_is_not_converted_again() -> None:
    known_as("p1", "Maria Silva", kind="patient", age=later(days=1) - NOW)
    known_as("p2", "Maria Silva")
    join_records(TENANT, "p2", "p1", "agent:ana", NOW)
    heard("p2")
    booked("p2", now=later(hours=1))
    contact = latest("p1")
    assert (contact.booked_at, contact.converted) == (later(hours=1), None)


def test_a_message_that_comes_meanwhile_loses_nothing() -> None:
    record(TENANT, received(), NOW)
    own_id = view().links[0].patient
    with overtaken(lambda: record(TENANT, received("E amanhã?", "wamid.2"), NOW)):
        booked(MARIA, now=later(hours=1))
    contact = latest(own_id)
    assert (contact.unread, contact.booked_at) == (2, later(hours=1))


def test_what_the_desk_says_they_are_is_what_their_next_contact_counts_as() -> None:
    known_as("p1", "Maria Silva")
    after = set_kind(TENANT, "p1", "partner", NOW)
    assert (after.kind, kind_at("p1")) == ("partner", "partner")
    assert set_kind(TENANT, "p1", "partner", NOW) == after
    record(TENANT, received("Oi", sender=phone("p1")), NOW)
    assert latest("p1").kind == "partner"
    with pytest.raises(Stale):
        set_kind(TENANT, "p1", "member", NOW, version=99)
    with pytest.raises(NotFound):
        set_kind("delsol", "p1", "member", NOW)

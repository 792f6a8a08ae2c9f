"""Whose contact point is this? One of two strangers at once is the first, also after somebody has gone."""

from __future__ import annotations

import os

import pytest
from recado.actions.admit import Person
from recado.actions.record import record
from recado.store import contacts, patients
from recado.store.clients import client

from tests.samples import NOW, PHONE, received
from tests.visits import MARIA, POINT, booked, overtaken, view

pytestmark = pytest.mark.usefixtures("clinic")


def gone(patient: str) -> None:
    """Somebody is not behind Maria's number any more: what was merged has been taken apart."""
    client("dynamodb").delete_item(
        TableName=os.environ["PATIENTS_TABLE"],
        Key={"pk": {"S": f"T#boavista#I#phone#{POINT.value}"}, "sk": {"S": f"P#{patient}"}},
    )


def wrote(message_id: str) -> str:
    """Who is behind Maria's number after somebody has written from it."""
    record("boavista", received("Oi", message_id), NOW)
    return view().links[0].patient


def test_two_strangers_at_once_are_one_person() -> None:
    with overtaken(lambda: wrote("wamid.1")):
        wrote("wamid.2")
    assert len(view().links) == 1
    (contact,), _ = contacts.open_contacts("boavista")
    assert contact.unread == 2


def test_two_strangers_at_once_are_one_person_also_where_somebody_has_gone() -> None:
    first = wrote("wamid.1")
    gone(first)
    with overtaken(lambda: wrote("wamid.2")):
        wrote("wamid.3")
    assert len(view().links) == 1
    assert view().links[0].patient != first


def test_who_comes_after_one_who_has_gone_is_let_in() -> None:
    first = booked().patient
    second = booked(Person("João Souza", MARIA.phone), "2026-11-30T15:00").patient
    gone(first)
    third = booked(Person("Rosa Lima", MARIA.phone), "2026-11-30T16:00").patient
    assert [one.patient for one in view().links] == [second, third]


def test_who_was_behind_a_number_first_stays_first() -> None:
    names = ("Maria Silva", "João Souza", "Rosa Lima", "Caio Reis")
    people = [
        booked(Person(name, MARIA.phone), f"2026-11-30T1{n}:00").patient for n, name in enumerate(names)
    ]
    booked(people[2], "2026-12-01T10:00")
    assert [one.patient for one in view().links] == people
    assert wrote("wamid.1") == people[0]


def test_two_who_are_introduced_at_one_number_by_desk_and_message_at_once_are_one_lead_made_patient() -> None:
    with overtaken(lambda: wrote("wamid.1")):
        booked(Person("Maria Silva", f"+{PHONE}"))
    (only,) = view().links
    assert patients.get("boavista", only.patient).kind == "patient"

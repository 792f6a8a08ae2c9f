"""Nothing that a patient asks goes unanswered: how a contact stands, or what is wrong with it."""

from __future__ import annotations

import pytest
from recado.model.contact import Contact
from recado.rules import contacts, settled
from recado.rules.settled import Standing

from tests.rules.test_contacts import message, new_contact
from tests.samples import ANA, BOAVISTA, NOW, later


def wrote() -> Contact:
    return contacts.heard(new_contact(), message(), NOW, pending=False)


def standing(contact: Contact, *, hours: float = 2) -> Standing:
    return settled.standing(BOAVISTA, [ANA], contact, later(hours=hours))


def test_what_waits_is_owed_by_its_queue_and_what_somebody_has_by_them() -> None:
    waiting = standing(contacts.waiting(wrote()))
    assert waiting == Standing(None, "reception", later(minutes=5), None)
    assert standing(contacts.assigned(wrote(), ANA)) == Standing(None, "ana", later(minutes=5), None)


def test_what_was_answered_is_settled_while_the_contact_is_open() -> None:
    assert standing(contacts.answered(wrote(), "Sim.", ANA, NOW)) == Standing("answered", "ana", None, None)


@pytest.mark.parametrize(
    ("disposition", "ended"), [("resolved", "resolved"), ("spam", "spam"), ("unreachable", "closed")]
)
def test_a_closed_contact_has_one_end(disposition: str, ended: str) -> None:
    assert standing(contacts.closed(wrote(), disposition, NOW)).ended == ended


def test_who_was_answered_before_it_was_closed_was_answered() -> None:
    answered = contacts.answered(wrote(), "Sim.", ANA, NOW)
    assert standing(contacts.closed(answered, "booked", NOW)).ended == "answered"


def test_one_that_another_counts_for_is_its_duplicate() -> None:
    merged = contacts.closed(wrote(), "merged", NOW).model_copy(update={"merged_into": "p2.1"})
    assert standing(merged).ended == "duplicate"


@pytest.mark.parametrize(
    ("contact", "problem"),
    [
        (wrote(), "not_routed"),
        (contacts.assigned(wrote(), ANA.model_copy(update={"id": "gone"})), "no_owner"),
        (contacts.waiting(wrote(), queue="billing"), "no_owner"),
        (contacts.waiting(wrote()).model_copy(update={"due_at": None}), "not_looked_after"),
        (contacts.waiting(wrote()).model_copy(update={"pending": ("m1",)}), "not_handled"),
        (wrote().model_copy(update={"state": "closed"}), "closed_without_reason"),
    ],
)
def test_what_is_nobodys_or_stuck_is_a_problem(contact: Contact, problem: str) -> None:
    assert standing(contact).problem == problem


def test_what_came_a_moment_ago_is_not_stuck() -> None:
    assert standing(wrote().model_copy(update={"pending": ("m1",)}), hours=0.1).problem is None


def test_the_night_is_the_clinics_own() -> None:
    assert settled.is_night(BOAVISTA, later(hours=17))  # 04:00 in São Paulo
    assert not settled.is_night(BOAVISTA, later(hours=16))

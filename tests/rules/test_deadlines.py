"""By when somebody has to do something about a contact."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.contact import Callback, Contact
from recado.model.follow_up import Attempt, FollowUp
from recado.model.tenant import OpeningHours
from recado.rules import contacts, deadlines, hours

from tests.rules.test_contacts import message, new_contact
from tests.samples import ANA, BOAVISTA, NOW, later

OFFICE = BOAVISTA.model_copy(
    update={"hours": tuple(OpeningHours(weekday=day, opens="08:00", closes="18:00") for day in range(5))}
)
FRIDAY = datetime(2026, 11, 27, 20, 50, tzinfo=UTC)
"""17:50 in São Paulo: ten minutes before the weekend."""


def written(at: datetime = NOW, **known: object) -> Contact:
    heard = contacts.heard(new_contact(), message(), at, pending=False)
    return heard.model_copy(update={"opened_at": at, **known})


def due(contact: Contact, clinic: object = OFFICE) -> tuple[str, datetime] | None:
    found = deadlines.deadline(clinic, contact)  # type: ignore[arg-type]
    return (found.kind, found.at) if found else None


@pytest.mark.parametrize(
    ("channel", "kind", "at"),
    [
        ("whatsapp", "message", NOW + timedelta(minutes=5)),
        ("webform", "form", NOW + timedelta(minutes=60)),
        ("frontdesk", "form", NOW + timedelta(minutes=60)),
        ("email", "email", NOW + timedelta(hours=4)),
    ],
)
def test_each_channel_has_its_target(channel: str, kind: str, at: datetime) -> None:
    assert due(written(channel=channel)) == (kind, at)


def test_targets_are_in_the_clinics_open_time() -> None:
    monday = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
    assert due(written(FRIDAY, channel="webform")) == ("form", monday + timedelta(minutes=50))
    assert due(written(FRIDAY + timedelta(hours=5))) == ("message", monday + timedelta(minutes=5))


def test_what_was_promised_by_the_clock_is_due_by_the_clock() -> None:
    clinic = OFFICE.model_copy(update={"email_reply_hours": 24})
    assert due(written(FRIDAY, channel="email"), clinic) == ("email", FRIDAY + timedelta(hours=24))


def test_the_first_word_that_nobody_answered_counts_and_not_the_last() -> None:
    again = contacts.heard(written(), message("Alô?"), later(minutes=4), pending=False)
    assert due(again) == ("message", NOW + timedelta(minutes=5))


def test_what_is_answered_is_not_due_until_they_write_again() -> None:
    answered = contacts.answered(written(), "Temos sim.", ANA, later(minutes=1))
    assert due(answered) is None
    again = contacts.heard(answered, message("E às 11?"), later(hours=1), pending=False)
    assert due(again) == ("message", NOW + timedelta(minutes=65))


def test_a_closed_contact_owes_nothing() -> None:
    assert due(contacts.closed(written(), "resolved", NOW)) is None


def test_a_machines_mail_is_only_unread() -> None:
    automatic = message().model_copy(update={"automatic": True})
    heard = contacts.heard(new_contact(), automatic, NOW, pending=False)
    assert due(heard) == ("unread", NOW + timedelta(hours=4))


def owed(at: datetime, *, agreed: bool = False, tried: int = 0) -> Contact:
    attempts = tuple(Attempt(id=str(n), at=NOW, outcome="busy", by="agent:ana") for n in range(tried))
    callback = Callback(phone="+5511987654321", due_at=at, agreed=agreed)
    follow_up = FollowUp(since=NOW, attempts=attempts)
    return new_contact().model_copy(update={"callback": callback, "follow_up": follow_up})


def test_the_first_call_is_due_when_it_is_and_a_later_one_a_target_after_that() -> None:
    assert due(owed(later(hours=1))) == ("callback", later(hours=1))
    assert due(owed(later(hours=1), tried=1)) == ("attempt", later(hours=2))
    assert due(owed(later(hours=1), tried=1, agreed=True)) == ("agreed_call", later(hours=1, minutes=15))


def test_whoever_wrote_meanwhile_is_answered_before_they_are_called() -> None:
    wrote = contacts.heard(owed(later(days=1), tried=1), message(), later(hours=1), pending=False)
    assert due(wrote) == ("message", later(hours=1, minutes=5))


def test_the_longest_overdue_comes_first() -> None:
    some = [written(later(minutes=n)).model_copy(update={"number": n + 1}) for n in (3, 1, 2)]
    found = deadlines.late(OFFICE, some, later(minutes=7, seconds=30))
    assert [contact.number for contact, _ in found] == [2, 3]


@given(st.integers(0, 14 * 24 * 60), st.integers(1, 20 * 60))
def test_after_so_much_open_time_somebody_was_there_for_just_so_long(begin: int, long: int) -> None:
    since, span = later(minutes=begin), timedelta(minutes=long)
    end = hours.after_open(OFFICE, since, span)
    assert hours.time_open(OFFICE, since, end) == span
    assert hours.time_open(OFFICE, since, end - timedelta(minutes=1)) < span


def test_a_clinic_that_never_opens_owes_it_at_the_end_of_what_is_looked_ahead() -> None:
    spans = (OpeningHours(weekday=0, opens="08:00", closes="08:01"),)
    assert (
        hours.after_open(BOAVISTA.model_copy(update={"hours": spans}), NOW, timedelta(hours=9))
        == NOW + hours.AHEAD
    )

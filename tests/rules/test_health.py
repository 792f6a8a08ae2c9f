"""An abandoned channel is worse than none: when one counts as that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.contact import Contact
from recado.model.interval import Counts, IntervalTotal
from recado.model.tenant import Account, OpeningHours, Tenant
from recado.rules.health import WINDOW, Neglect, is_due, neglected, waits_since

from tests.rules.test_contacts import new_contact
from tests.samples import BOAVISTA, NOW, later

LINE = Account(tenant="boavista", channel="whatsapp", id="1", created_at=NOW - timedelta(days=90))
CHAT = Account(tenant="boavista", channel="webchat", id="k1")
DAYTIME = tuple(OpeningHours(weekday=day, opens="09:00", closes="17:00") for day in range(5))
"""In São Paulo: NOW, a Monday, it has been open for two hours."""
WORKDAYS = BOAVISTA.model_copy(update={"hours": DAYTIME})


def waiting(hours: float, **settings: object) -> Contact:
    """Somebody wrote on LINE so long ago, and nobody answered."""
    since = NOW - timedelta(hours=hours)
    known = {"channel": "whatsapp", "account": "1", "opened_at": since, "last_inbound_at": since}
    return new_contact().model_copy(update={**known, **settings})


def heard(*days_ago: float, channel: str = "whatsapp") -> list[IntervalTotal]:
    """One message came at each of these times, the oldest first."""
    return [
        IntervalTotal(start=NOW - timedelta(days=days), channels={channel: Counts(inbound=1)})
        for days in days_ago
    ]


def found(
    *contacts: Contact,
    totals: Sequence[IntervalTotal] = (),
    accounts: Sequence[Account] = (LINE,),
    clinic: Tenant = BOAVISTA,
    now: datetime = NOW,
) -> list[Neglect]:
    usual = totals or heard(*(n / 4 for n in range(40, 0, -1)))
    return neglected(clinic, accounts, contacts, usual, now)


def test_a_channel_on_which_all_are_answered_is_well() -> None:
    assert found(waiting(9, spoken_at=NOW, answered_at=NOW), waiting(9, state="closed")) == []


@pytest.mark.parametrize(("hours", "neglects"), [(4, 0), (4.1, 1)])
def test_nobody_may_wait_longer_than_the_clinic_allows(hours: float, neglects: int) -> None:
    assert len(found(waiting(hours))) == neglects


def test_all_who_wait_too_long_are_counted_from_the_first_on() -> None:
    neglect = Neglect("whatsapp", "1", "unanswered", NOW - timedelta(hours=30), 2)
    assert found(waiting(5), waiting(30), waiting(1)) == [neglect]
    assert neglect.is_urgent


def test_the_time_in_which_the_clinic_is_closed_is_not_waited() -> None:
    friday_evening = waiting(3 * 24 - 5)  # an hour before it closed: three hours of being open ago
    assert found(friday_evening, clinic=WORKDAYS) == []
    assert len(found(friday_evening, clinic=WORKDAYS, now=later(hours=1, minutes=1))) == 1


def test_another_lines_patients_are_not_this_ones() -> None:
    assert found(waiting(9, account="2"), waiting(9, channel="email")) == []


def test_a_paused_account_neglects_nobody() -> None:
    assert found(waiting(9), accounts=[LINE.model_copy(update={"state": "paused"})]) == []


def test_who_was_answered_and_wrote_again_waits_since_then() -> None:
    again = waiting(
        9, last_inbound_at=later(hours=-2), answered_at=later(hours=-8), spoken_at=later(hours=-8)
    )
    assert waits_since(again) == later(hours=-2)


def test_who_writes_on_while_nobody_answers_waits_since_the_first_word() -> None:
    assert waits_since(waiting(9, last_inbound_at=later(hours=-1))) == later(hours=-9)


def test_a_missed_call_waits_to_be_called_back_and_an_answered_one_does_not_wait() -> None:
    call = {"channel": "voice", "reason": "missed_call"}
    assert waits_since(waiting(9, **call)) == later(hours=-9)
    assert waits_since(waiting(9, **{**call, "reason": "call", "answered_at": later(hours=-9)})) is None


def test_who_answers_what_we_wrote_first_waits_since_they_did() -> None:
    ours = waiting(9, reason="undelivered", last_inbound_at=None)
    assert waits_since(ours) is None
    assert waits_since(ours.model_copy(update={"last_inbound_at": later(hours=-1)})) == later(hours=-1)


def test_silence_of_over_three_times_the_longest_usual_is_none_that_happens_by_itself() -> None:
    """Each half a day one message, and then none for two days."""
    usual = heard(*(2 + n / 2 for n in range(12, 0, -1)), 2)
    assert found(totals=usual) == [Neglect("whatsapp", "1", "silent", NOW - timedelta(days=2))]
    assert found(totals=usual, now=later(hours=-12)) == []


def test_silence_of_less_than_a_day_is_nothing_however_busy_the_channel_was() -> None:
    assert found(totals=heard(*(1 + n / 96 for n in range(50, -1, -1)))) == []


def test_a_weekend_is_no_silence() -> None:
    monday = heard(*(3 + n for n in (3, 2.95, 2.9, 2, 1.95, 1, 0.95)))
    assert found(totals=monday, clinic=WORKDAYS) == []


def test_five_messages_do_not_say_what_is_usual() -> None:
    assert found(totals=heard(9, 8.9, 8.8, 8.7, 8.6)) == []
    assert len(found(totals=heard(9.1, 9, 8.9, 8.8, 8.7, 8.6))) == 1


def test_what_another_channel_heard_or_we_sent_does_not_break_a_silence() -> None:
    sent = IntervalTotal(start=NOW, channels={"whatsapp": Counts(outbound=3)})
    usual = [*heard(*(8 + n for n in (5, 4, 3, 2, 1, 0))), *heard(0, channel="email"), sent]
    assert [one.problem for one in found(totals=usual, accounts=[LINE, CHAT])] == ["silent"]


def test_an_old_account_on_which_nobody_writes_is_unused_and_no_operators_business() -> None:
    (neglect,) = found(totals=heard(1, channel="email"), accounts=[LINE, CHAT])
    assert neglect == Neglect("whatsapp", "1", "unused", NOW - timedelta(days=90))
    assert not neglect.is_urgent


def test_a_new_account_has_time_to_be_found() -> None:
    new = LINE.model_copy(update={"created_at": NOW - WINDOW})
    assert found(totals=heard(1, channel="email"), accounts=[new]) == []


@given(st.from_regex(r"[a-z0-9]{1,20}", fullmatch=True))
def test_every_clinic_is_looked_at_in_one_minute_of_every_hour(tenant: str) -> None:
    assert sum(is_due(tenant, later(minutes=n)) for n in range(60)) == 1

"""Which changes other systems hear of, and how often it is tried."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.model.appointment import Appointment, Identifier, Reminder
from recado.model.notice import Line, Notice
from recado.model.subscription import Subscription
from recado.rules import notices as rules

from tests.samples import NOW


def visit(**settings: Any) -> Appointment:
    known: dict[str, Any] = {
        "id": "avisit",
        "patient": "p1",
        "language": "pt-BR",
        "practitioner": "Dra. Costa",
        "type": "consulta",
        "minutes": 30,
        "start": NOW + timedelta(days=7),
        "local_start": "2026-11-30T11:00",
        "timezone": "America/Sao_Paulo",
        "tz_version": "2026a",
        "channel": "whatsapp",
        "account": "1",
        "address": "5511987654321",
        "contact_point": "phone#+5511987654321",
        "created_at": NOW,
        "created_by": "agent:ana",
    }
    return Appointment(**{**known, **settings})


def notice(**settings: Any) -> Notice:
    known: dict[str, Any] = {"id": "n1", "subscription": "u1", "event": "appointment.booked", "at": NOW}
    return Notice(**{**known, "due_at": NOW, **settings})


def moved(**settings: Any) -> dict[str, Any]:
    return {"start": NOW + timedelta(days=8), "schedule": 2, **settings}


@pytest.mark.parametrize(
    ("before", "after", "event"),
    [
        (None, {}, "appointment.booked"),
        ({}, moved(), "appointment.moved"),
        ({"confirmation": "confirmed"}, moved(), "appointment.moved"),
        ({}, {"confirmation": "confirmed"}, "appointment.confirmed"),
        ({}, {"status": "cancelled", "confirmation": "declined"}, "appointment.cancelled"),
        ({}, {"status": "arrived"}, "appointment.arrived"),
        ({"status": "arrived"}, {"status": "fulfilled"}, "appointment.fulfilled"),
        ({}, {"status": "noshow"}, "appointment.noshow"),
        ({"status": "noshow"}, {"status": "booked"}, "appointment.changed"),
        ({}, {"practitioner": "Dr. Lima"}, "appointment.changed"),
        ({}, {"identifiers": (Identifier(system="urn:x", value="1"),)}, "appointment.changed"),
        ({}, {"location": "Sala 2"}, "appointment.changed"),
        ({}, {"reminders": (Reminder(step="24h", due_at=NOW),)}, None),
        ({}, {"tz_version": "2026b"}, None),
        ({}, {}, None),
    ],
)
def test_each_change_that_shows_has_one_name(
    before: dict[str, Any] | None, after: dict[str, Any], event: str | None
) -> None:
    assert rules.event_of(None if before is None else visit(**before), visit(**after)) == event


def test_a_subscriber_hears_of_what_it_asked_for_and_of_all_when_it_named_nothing() -> None:
    everything = Subscription(id="u1", url="https://ehr.example/", created_at=NOW, created_by="role:admin")
    some = everything.model_copy(update={"events": ("appointment.moved",)})
    assert rules.wanted(everything, "appointment.booked")
    assert rules.wanted(some, "appointment.moved")
    assert not rules.wanted(some, "appointment.booked")


def test_ids_sort_by_time_and_are_the_same_for_the_same_change() -> None:
    ids = [rules.notice_id(NOW + timedelta(milliseconds=n), "avisit", 1) for n in range(3)]
    assert ids == sorted(ids)
    assert ids[1] == rules.notice_id(NOW + timedelta(milliseconds=1), "avisit", 1)
    assert ids[0] < rules.since(NOW + timedelta(milliseconds=1)) <= ids[1]


@given(st.integers(1, 40), st.floats(0, 1e7), st.text())
def test_no_wait_is_shorter_than_said_or_longer_than_bearable(n: int, asked: float, name: str) -> None:
    wait = rules.patience(name, n, asked)
    usual = rules.WAITS[min(n, len(rules.WAITS)) - 1]
    assert usual <= wait <= max(usual * 1.2, rules.LONGEST)


@given(st.text(min_size=1), st.floats(0, 1e6) | st.none())
def test_a_notice_is_tried_for_seventy_two_hours_and_then_ends(name: str, asked: float | None) -> None:
    now, one = NOW, notice(id=name)
    for _ in range(200):
        one = rules.claimed(one, "c", now)
        one = rules.failed(one, now, status=500, error="http_500", retry_after=asked)
        assert now - NOW <= rules.ROUND
        if one.state == "failed":
            break
        assert one.due_at is not None
        assert one.due_at > now
        now = one.due_at
    assert (one.state, one.due_at) == ("failed", None)


def test_a_usual_round_is_some_ten_attempts_over_three_days() -> None:
    now, one = NOW, notice()
    while one.state != "failed":
        one = rules.failed(rules.claimed(one, "c", now), now, status=None, error="retry")
        now = one.due_at or now
    assert 8 <= one.attempts <= 12
    assert now - NOW > timedelta(hours=40)


def test_only_what_is_due_is_sent_and_a_claim_holds_while_its_lease_runs() -> None:
    assert rules.step(notice(), NOW) == "send"
    assert rules.step(notice(due_at=NOW + timedelta(seconds=1)), NOW) == "leave"
    claimed = rules.claimed(notice(), "c", NOW)
    assert rules.step(claimed, NOW + timedelta(minutes=1)) == "leave"
    assert rules.step(claimed, NOW + rules.LEASE) == "send"
    for state in ("sent", "failed", "held"):
        assert rules.step(notice(state=state, due_at=None), NOW) == "leave"


def test_while_a_receiver_fails_the_others_wait_for_what_comes_of_the_next_attempt() -> None:
    line = rules.failing(Line(subscription="u1"), notice(due_at=None), NOW, gone=False)
    assert line.retry_at is not None
    put_off = rules.turn(notice(), line, "c", NOW)
    assert (put_off.state, put_off.due_at, put_off.attempts) == ("queued", line.retry_at, 0)
    assert rules.turn(notice(), line, "c", line.retry_at).state == "claimed"
    well = rules.well(line)
    assert (well.failures, well.retry_at, well.failing_since) == (0, None, None)


def test_after_three_days_of_failures_the_subscription_is_paused_and_what_comes_is_held() -> None:
    line, now = Line(subscription="u1"), NOW
    while not line.is_paused:
        line = rules.failing(line, notice(due_at=None), now, gone=False)
        now = line.retry_at or now
    assert (line.paused_by, line.reason) == ("recado", "failing")
    assert line.paused_at is not None
    assert timedelta(hours=72) <= line.paused_at - NOW <= timedelta(hours=75)
    held = rules.turn(notice(), line, "c", now)
    assert (held.state, held.due_at) == ("held", None)
    assert not rules.resumed(line).is_paused


def test_a_receiver_that_says_gone_is_believed_at_once() -> None:
    line = rules.failing(Line(subscription="u1"), notice(due_at=None), NOW, gone=True)
    assert (line.is_paused, line.reason) == (True, "gone")


@pytest.mark.parametrize("state", ["sent", "failed", "held", "queued"])
def test_a_replay_begins_another_round(state: str) -> None:
    again = rules.replayed(notice(state=state, attempts=9, first_tried_at=NOW - timedelta(days=3)), NOW)
    assert (again.state, again.attempts, again.first_tried_at, again.due_at) == ("queued", 0, None, NOW)


def test_what_is_being_sent_is_not_replayed() -> None:
    claimed = rules.claimed(notice(), "c", NOW)
    assert rules.replayed(claimed, NOW) == claimed

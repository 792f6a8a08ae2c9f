"""The fold of a call, and how it is classified."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.actions.record_call import told
from recado.channels import connect
from recado.channels.connect import Asked, Report
from recado.model.call import Call
from recado.rules import calls as rules

from tests import calls
from tests.samples import NOW


def heard(*messages: dict[str, Any]) -> Call:
    """What is known after these messages, in their order."""
    call = Call(id=calls.CALL)
    for message in messages:
        read = connect.parse(message)
        assert read is not None
        call = rules.joined(call, told(read.report if isinstance(read, Asked) else read))
    return call


def leg(name: str, initiation: str, times: calls.Times, at: timedelta) -> list[dict[str, Any]]:
    extra = {"initialContactId": calls.CALL, "initiationMethod": initiation}
    return [one | {"detail": one["detail"] | extra} for one in calls.events(times, name, NOW + at)]


CALLBACK_LEG = leg("later", "CALLBACK", {"queued": calls.QUEUED}, timedelta(seconds=90))
TRANSFER_LEG = leg("later", "QUEUE_TRANSFER", calls.ANSWERED_CALL, timedelta(seconds=90))

CASES = {
    "answered by an agent": (calls.events(calls.ANSWERED_CALL), "answered"),
    "hung up in the queue": (calls.events(calls.ABANDONED), "abandoned_in_queue"),
    "hung up in the menu": (calls.events(calls.ABANDONED_IN_MENU), "abandoned_in_menu"),
    "still going on": (calls.events({"queued": calls.QUEUED})[:-1], None),
    "a record alone": ([calls.record(calls.ABANDONED)], "abandoned_in_queue"),
    "asked the flow for a callback": (
        [calls.flow("callback"), *calls.events(calls.ABANDONED_IN_MENU)],
        "callback_requested",
    ),
    "left the queue for a callback": (
        [calls.record(calls.ABANDONED, NextContactId="x")],
        "callback_requested",
    ),
    "waits for the callback": ([*calls.events(calls.ABANDONED), *CALLBACK_LEG[:2]], "callback_requested"),
    "got all from the menu": (
        [calls.flow("self_served"), *calls.events(calls.ABANDONED_IN_MENU)],
        "self_served",
    ),
    "moved to another queue and answered there": (
        [calls.record(calls.ABANDONED, NextContactId="later"), *TRANSFER_LEG],
        "answered",
    ),
    "moved to another queue and not answered yet": (
        [calls.record(calls.ABANDONED, NextContactId="later"), TRANSFER_LEG[0]],
        None,
    ),
    "our own call, not answered": (
        [calls.record(calls.ABANDONED_IN_MENU, InitiationMethod="API")],
        "not_reached",
    ),
    "a supervisor who listens is no agent": (
        [
            *calls.events(calls.ABANDONED),
            *leg("listener", "MONITOR", {"answered": calls.ANSWERED}, timedelta()),
        ],
        "abandoned_in_queue",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_call_is_classified_by_what_happened_in_it(name: str) -> None:
    messages, outcome = CASES[name]
    assert rules.outcome(heard(*messages)) == outcome


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_messages_does_not_matter(name: str) -> None:
    messages, _ = CASES[name]
    expected = heard(*messages)
    for order in itertools.islice(itertools.permutations(messages), 200):
        assert heard(*order) == expected


MESSAGES = [
    calls.flow(),
    *calls.events(calls.ANSWERED_CALL),
    calls.record(calls.ANSWERED_CALL),
    *TRANSFER_LEG,
]


@given(
    st.lists(st.sampled_from(range(len(MESSAGES))))
    .map(lambda more: [*range(len(MESSAGES)), *more])
    .flatmap(st.permutations)
)
def test_duplicates_do_not_matter_either(order: list[int]) -> None:
    assert heard(*(MESSAGES[place] for place in order)) == heard(*MESSAGES)


@given(st.data())
def test_hearing_is_associative(data: st.DataObject) -> None:
    parts = st.sampled_from([heard(message) for message in MESSAGES])
    one, two, three = (data.draw(parts) for _ in range(3))
    assert rules.joined(rules.joined(one, two), three) == rules.joined(one, rules.joined(two, three))


def test_waiting_is_the_time_in_the_queue() -> None:
    summary = rules.summary(heard(*calls.events(calls.ABANDONED)))
    assert summary is not None
    assert (summary.waited_s, summary.talked_s) == (75, 0)


def test_talking_is_what_the_record_says_or_else_until_the_end() -> None:
    events = calls.events(calls.ANSWERED_CALL)
    agent = {"ConnectedToAgentTimestamp": "2026-11-23T14:00:33Z", "AgentInteractionDuration": 150}
    with_record = heard(*events, calls.record(calls.ANSWERED_CALL, Agent=agent))
    assert rules.facts(heard(*events)).talked_s == 180
    assert rules.facts(with_record).talked_s == 150


def test_of_two_records_the_one_updated_last_counts() -> None:
    old = calls.record(calls.ABANDONED, DisconnectReason="OTHER")
    new = calls.record(calls.ABANDONED, LastUpdateTimestamp="2026-12-23T14:00:00Z")
    for order in ((old, new), (new, old), (new, old, new)):
        kept = heard(*order).legs[0].record
        assert kept is not None
        assert kept.disconnect_reason == "CUSTOMER_DISCONNECT"


def test_a_call_is_ready_once_it_is_over_and_the_caller_is_known() -> None:
    events = calls.events(calls.ABANDONED)
    assert not rules.ready(heard(*events))
    assert rules.ready(heard(*events, calls.flow()))
    assert rules.ready(heard(*events, calls.flow(caller=None)))
    assert not rules.ready(heard(*events[:2], calls.flow()))


def test_a_call_of_an_unknown_caller_waits_five_minutes_after_it_ended() -> None:
    ended = heard(*calls.events(calls.ABANDONED))
    waiting = rules.waiting(ended, NOW)
    assert waiting.due_at == NOW + timedelta(minutes=5)
    assert rules.waiting(waiting, NOW + timedelta(minutes=1)).due_at == waiting.due_at
    assert rules.waiting(heard(calls.flow()), NOW).due_at is None


def test_reports_carry_no_outcome() -> None:
    read = connect.parse(calls.record(calls.ABANDONED))
    assert isinstance(read, Report)
    assert told(read).outcome is None

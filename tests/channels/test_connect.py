"""Connect's three wire forms → what they say of a call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import connect
from recado.channels.connect import Asked, Report

from tests import calls
from tests.samples import NOW


def report(message: dict[str, Any]) -> Report:
    read = connect.parse(message)
    assert isinstance(read, Report)
    return read


def test_a_flow_asks_with_the_numbers_of_both_sides() -> None:
    read = connect.parse(calls.flow())
    assert isinstance(read, Asked)
    assert read.step == "lookup"
    assert (read.report.dialled, read.report.caller) == ("+551130000000", calls.CALLER)
    assert read.report.call == read.report.leg == calls.CALL


@pytest.mark.parametrize("address", ["anonymous", "", "11987654321", "+0123456789", "+55 11 3000-0000", None])
def test_an_address_that_is_no_number_is_a_withheld_one(address: str | None) -> None:
    read = connect.parse(calls.flow(CustomerEndpoint={"Address": address, "Type": "TELEPHONE_NUMBER"}))
    assert isinstance(read, Asked)
    assert read.report.caller is None
    assert read.report.withheld


def test_a_contact_event_tells_what_has_happened_so_far() -> None:
    read = report(calls.event("DISCONNECTED", calls.ANSWERED_CALL))
    assert read.dialled == "+551130000000"
    assert read.initiated_at == NOW
    assert read.queued_at == NOW + calls.QUEUED
    assert read.answered_at == NOW + calls.ANSWERED
    assert read.ended_at == NOW + timedelta(seconds=213)


def test_a_contact_event_knows_nothing_of_the_caller() -> None:
    read = report(calls.event("DISCONNECTED", calls.ABANDONED))
    assert read.caller is None
    assert not read.withheld


def test_1970_means_not_yet() -> None:
    agent = {"agentArn": "arn", "connectedToAgentTimestamp": calls.NOT_YET}
    read = report(calls.event("DISCONNECTED", calls.ABANDONED, agentInfo=agent))
    assert read.answered_at is None


def test_the_end_without_its_time_is_when_the_event_was_sent() -> None:
    message = calls.event("DISCONNECTED", calls.ABANDONED)
    del message["detail"]["disconnectTimestamp"]
    assert report(message).ended_at == NOW + calls.ENDED


def test_other_events_end_nothing() -> None:
    assert report(calls.event("QUEUED", {"queued": calls.QUEUED})).ended_at is None


def swapped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[:1].swapcase() + key[1:]: swapped(part) for key, part in value.items()}
    return value


def test_the_case_of_keys_does_not_matter() -> None:
    message = calls.event("DISCONNECTED", calls.ANSWERED_CALL)
    pascal = message | {"detail": swapped(message["detail"])}
    assert connect.parse(pascal) == connect.parse(message)


def test_the_case_of_the_channel_does_not_matter() -> None:
    assert report(calls.event("QUEUED", {}, channel="Voice")).channel == "VOICE"


def test_a_contact_record_tells_the_whole_story() -> None:
    read = report(calls.record(calls.ANSWERED_CALL))
    assert read.caller == calls.CALLER
    assert read.talked_s == 180
    assert read.disconnect_reason == "CUSTOMER_DISCONNECT"
    assert read.updated_at == NOW + timedelta(seconds=313)


def test_legs_of_one_call_have_its_first_id() -> None:
    read = report(calls.record(calls.ABANDONED, call="second", InitialContactId=calls.CALL))
    assert (read.call, read.leg) == (calls.CALL, "second")


def test_a_leg_without_endpoint_has_the_dialled_number_in_its_tags_at_best() -> None:
    tags = {"aws:connect:systemEndpoint": "+551130000000"}
    assert report(calls.record(calls.ABANDONED, SystemEndpoint=None, Tags=tags)).dialled == "+551130000000"
    assert report(calls.record(calls.ABANDONED, SystemEndpoint=None)).dialled is None


def test_an_attribute_cannot_name_the_clinic() -> None:
    forged = {"SystemEndpoint": "+34910000000", "dialled": "+34910000000", "tenant": "delsol"}
    read = report(calls.record(calls.ABANDONED, SystemEndpoint=None, Attributes=forged))
    assert read.dialled is None


def test_a_callback_wish_is_read_from_the_record() -> None:
    assert report(calls.record(calls.ABANDONED, Attributes={"callback_requested": "true"})).callback_requested
    assert report(calls.record(calls.ABANDONED, NextContactId="next")).next_leg == "next"


OPTIONAL = sorted(
    set(calls.record(calls.ANSWERED_CALL)) - {"AWSContactTraceRecordFormatVersion", "ContactId"}
)


@pytest.mark.parametrize("field", OPTIONAL)
def test_any_field_of_a_record_may_be_null_or_absent(field: str) -> None:
    message = calls.record(calls.ANSWERED_CALL)
    nulled = report(message | {field: None})
    del message[field]
    assert report(message) == nulled


def test_what_is_neither_is_said_to_be_neither() -> None:
    agent_event = {"EventType": "STATE_CHANGE", "AgentARN": "arn", "Version": "2017-10-01"}
    news = {"detail-type": "Something Else", "detail": {}}
    others: list[Any] = [agent_event, news, {}, [], None, "text"]
    for message in others:
        assert connect.parse(message) is None
    assert connect.parse(calls.event("QUEUED", {}, contactId=None)) is None


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999-00:01"])
def test_a_time_that_no_calendar_has_makes_a_message_unreadable(time: str) -> None:
    assert connect.parse(calls.record(calls.ABANDONED, InitiationTimestamp=time)) is None
    assert connect.parse(calls.event("DISCONNECTED", calls.ABANDONED) | {"time": time}) is None
    assert connect.parse(calls.flow(InitiationTimestamp=time)) is None


def test_the_first_moment_of_all_is_not_yet() -> None:
    message = calls.event("DISCONNECTED", calls.ABANDONED, initiationTimestamp="0001-01-01T00:00:00+14:00")
    assert report(message).initiated_at is None


def test_what_is_too_long_to_be_an_id_is_none() -> None:
    assert connect.parse(calls.record(calls.ABANDONED, call="x" * 257)) is None
    read = report(calls.record(calls.ABANDONED, InitialContactId="x" * 257, NextContactId="x" * 257))
    assert (read.call, read.next_leg) == (read.leg, None)


@pytest.mark.parametrize("seconds", [1e300, float("inf"), float("nan"), -1])
def test_a_time_talked_that_no_call_lasts_is_not_known(seconds: float) -> None:
    message = calls.record(calls.ANSWERED_CALL)
    message["Agent"]["AgentInteractionDuration"] = seconds
    assert report(message).talked_s is None


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(field=st.sampled_from(OPTIONAL), junk=JUNK)
def test_junk_in_a_field_is_never_an_error(field: str, junk: Any) -> None:
    assert isinstance(connect.parse(calls.record(calls.ANSWERED_CALL) | {field: junk}), Report)


def test_instants_are_utc() -> None:
    read = report(calls.event("INITIATED", {}, initiationTimestamp="2026-11-23T11:00:00-03:00"))
    assert read.initiated_at == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    assert read.initiated_at.tzinfo is UTC

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Received, Unreadable
from recado.channels.meta_messaging import READERS

from tests.channels.messaging import (
    AT,
    PAGE,
    PERSON,
    body,
    events,
    item,
    one,
    posted,
    received,
    said,
    sample,
    sign,
    together,
)
from tests.channels.specimens import MARIA, Specimen

SPECIMEN = Specimen(
    account=PAGE,
    secrets=lambda *keys: {"app_secrets": list(keys), "verify_token": "token"},
    sign=sign,
    unknown=posted(body(item(telepathy={"thought": "Olá"}))),
    batch=together,
    statuses=[posted(body(item(delivery={"mids": ["m_9"]}))), posted(body(item(read={"mid": "m_9"})))],
    credentials={"access_token": "token-of-the-page"},
    to=PERSON,
    person=MARIA._replace(handle=PERSON),
)


def test_a_text_is_read_whole() -> None:
    (event,) = sample("text")
    assert event._replace(raw={}) == Received(
        channel="messenger",
        account=PAGE,
        kind="message",
        key=f"messenger/{PAGE}/message/m_sample.text",
        sender=PERSON,
        identities=[("messenger", PERSON)],
        at="2026-11-23T14:00:00Z",
        event={
            "provider_id": "m_sample.text",
            "type": "text",
            "text": "Olá! Vocês atendem no sábado? 😊",
            "name": "",
            "payload": None,
            "attachments": [],
            "reply_to": None,
            "origin": None,
            "error": None,
        },
        raw={},
    )
    assert event.raw["message"]["mid"] == "m_sample.text"


def test_several_messages_of_several_pages_are_read_each_with_its_own_account() -> None:
    found = [
        (event.account, event.event["provider_id"], event.event["reply_to"]) for event in sample("batch")
    ]
    assert found == [
        (PAGE, "m_sample.batch1", None),
        (PAGE, "m_sample.batch2", "m_sample.batch1"),
        ("300000000000002", "m_sample.batch3", None),
    ]


def test_who_asked_to_be_written_to_on_a_web_page_is_known_by_that() -> None:
    event = one(item(sender=None, optin={"ref": "newsletter", "user_ref": "u-1"}))
    assert (event.sender, event.identities) == ("ref:u-1", [("messenger", "ref:u-1")])
    assert (event.event["type"], event.event["payload"]) == ("optin", "newsletter")


def test_who_wants_no_more_news_is_heard() -> None:
    (stop,) = sample("optin")
    assert (stop.kind, stop.sender) == ("consent", PERSON)
    assert stop.event == {"action": "stop", "purposes": ["marketing"], "evidence": "STOP_NOTIFICATIONS"}
    start = one(item(optin={"notification_messages_status": "RESUME_NOTIFICATIONS"}))
    assert start.event["action"] == "start"


def test_while_another_app_has_the_thread_messages_are_ours_to_keep() -> None:
    (event,) = sample("standby")
    assert (event.kind, event.event["text"], event.event["standby"]) == (
        "message",
        "Hi, are you there?",
        True,
    )
    assert "standby" not in one(said(text="Olá")).event


def test_an_echo_is_to_the_person_and_ours_by_its_reference() -> None:
    ours, staff = sample("echoes")
    assert [event.kind for event in (ours, staff)] == ["echo", "echo"]
    assert {event.sender for event in (ours, staff)} == {PERSON}
    assert ours.event["reference"] == "0123456789abcdef0123456789"
    assert (staff.event["reference"], staff.event["text"]) == (None, "Pode vir às 9.")


def test_what_the_page_itself_did_makes_nobody_a_patient() -> None:
    page = {"sender": {"id": PAGE}, "recipient": {"id": PERSON}}
    put = one({**item(reaction={"action": "react", "emoji": "👍", "mid": "m_1"}), **page})
    assert (put.kind, put.sender) == ("echo", PERSON)


def test_each_message_that_was_delivered_has_its_receipt() -> None:
    first, second, seen = sample("receipts")
    assert [(e.kind, e.event["provider_id"], e.event["status"]) for e in (first, second)] == [
        ("receipt", "m_sample.out1", "delivered"),
        ("receipt", "m_sample.out2", "delivered"),
    ]
    assert first.raw["delivery"]["mids"] == ["m_sample.out1"]
    assert (seen.kind, seen.event["provider_id"], seen.event["status"]) == ("receipt", "", "read")
    assert (seen.event["until"], seen.sender) == ("2026-11-23T14:00:00.500Z", PERSON)


def test_a_delivery_that_names_no_message_is_of_all_until_its_watermark() -> None:
    event = one(item(delivery={"watermark": AT}))
    assert (event.event["status"], event.event["until"]) == ("delivered", "2026-11-23T14:00:00Z")


def test_two_people_s_watermarks_of_one_moment_are_two_events() -> None:
    first = one(item(read={"watermark": AT}))
    other = one(item(sender={"id": "7000000000000002"}, read={"watermark": AT}))
    assert first.key != other.key


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        (AT, "2026-11-23T14:00:00Z"),
        (AT + 123, "2026-11-23T14:00:00.123Z"),
        (AT // 1000, "2026-11-23T14:00:00Z"),
        (str(AT // 1000), "2026-11-23T14:00:00Z"),
        ("2026-11-23T14:00:00+0000", "2026-11-23T14:00:00Z"),
        ("2026-11-23T11:00:00-03:00", "2026-11-23T14:00:00Z"),
        (None, "2026-11-23T14:00:05Z"),
        ("soon", "2026-11-23T14:00:05Z"),
        ("0001-01-01T00:00:00+14:00", "2026-11-23T14:00:05Z"),
        (-1, "2026-11-23T14:00:05Z"),
    ],
)
def test_a_time_is_read_in_every_form_else_it_is_the_body_s(stamp: object, at: str) -> None:
    assert one(said(text="Olá") | {"timestamp": stamp}).at == at


def test_a_message_out_of_time_is_unreadable() -> None:
    raw = {
        "object": "page",
        "entry": [{"id": PAGE, "messaging": [item(timestamp=None, message={"mid": "m"})]}],
    }
    (event,) = events(json.dumps(raw).encode())
    assert isinstance(event, Unreadable)
    assert (event.reason, event.account) == ("no time stamp", PAGE)


def test_the_dashboard_s_test_button_is_nobody_s_account() -> None:
    raw = body(item(message={"mid": "random_mid", "text": "x"}, timestamp="1527459824"), account="0")
    (event,) = received(raw)
    assert (event.account, event.at) == ("0", "2018-05-27T22:23:44Z")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (item(message={"text": "Olá"}), "no id"),
        (item(message={"mid": "x" * 257}), "no id"),
        (item(sender=None, message={"mid": "m"}), "without a sender"),
        (item(sender={"id": "7" * 300}, message={"mid": "m"}), "without a sender"),
        (item(reaction={"action": "react"}), "no id"),
        (item(read={}), "no message"),
        (item(delivery={"mids": [None]}), "no message"),
        (1, "no object"),
    ],
)
def test_one_bad_item_leaves_its_neighbours_alone(bad: Any, reason: str) -> None:
    first, middle, last = events(body(said(text="a"), bad, said(text="b")))
    assert isinstance(first, Received)
    assert isinstance(last, Received)
    assert isinstance(middle, Unreadable)
    assert (reason in middle.reason, middle.account) == (True, PAGE)


def test_an_entry_for_no_page_is_unreadable() -> None:
    (event,) = events(body(said(text="a"), account=None))
    assert isinstance(event, Unreadable)
    assert event.reason == "no account"


@pytest.mark.parametrize("entry", [None, 1, [], {}, {"id": PAGE}, {"id": PAGE, "messaging": []}])
def test_an_entry_without_events_leaves_the_next_one_alone(entry: object) -> None:
    good = json.loads(body(said(text="a")))
    found = events(json.dumps({**good, "entry": [entry, *good["entry"]]}).encode())
    assert [type(event) for event in found] == [Unreadable, Received]


@pytest.mark.parametrize(
    "raw", [b"[]", b"{}", b'{"object":"instagram","entry":[]}', b'{"object":"page","entry":{}}']
)
def test_a_body_of_another_shape_is_unreadable_as_a_whole(raw: bytes) -> None:
    (event,) = events(raw)
    assert isinstance(event, Unreadable)
    assert (event.raw, event.account) == (raw, None)


def test_what_is_no_message_is_a_notice_under_its_name() -> None:
    raw = body({"field": "feed", "value": {"item": "post"}}, under="changes")
    (change,) = received(raw)
    handover = one(item(pass_thread_control={"new_owner_app_id": "1"}))
    assert [(e.kind, e.event["type"]) for e in (change, handover)] == [
        ("notice", "feed"),
        ("notice", "pass_thread_control"),
    ]
    assert handover.sender == PERSON


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**36), 10**36) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = ["mid", "text", "attachments", "quick_reply", "reply_to", "referral", "is_deleted", "sticker_id"]
CONTENTS = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON))


@given(kind=st.sampled_from([*READERS, "other"]), content=CONTENTS | JSON, stamp=JSON)
def test_no_item_whatever_its_shape_is_lost_or_breaks_its_neighbour(
    kind: str, content: Any, stamp: Any
) -> None:
    odd = {**item(), "timestamp": stamp, kind: content}
    found = events(body(odd, said(text="Olá")))
    assert len(found) >= 2
    assert isinstance(found[-1], Received)
    assert found[-1].event["text"] == "Olá"
    json.dumps([event for event in found if isinstance(event, Received)], ensure_ascii=False).encode()

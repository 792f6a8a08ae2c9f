from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Received, Request, Unreadable, messenger, meta
from recado.channels.meta_messaging import READERS

from tests.channels.bodies import EVENTS
from tests.channels.specimens import MARIA, Specimen

PAGE = "300000000000001"
PERSON = "7000000000000001"
AT = 1795442400000


def item(**content: Any) -> dict[str, Any]:
    """One item of `messaging`, from the person to the page; a field given as None is left out."""
    known = {"sender": {"id": PERSON}, "recipient": {"id": PAGE}, "timestamp": AT, **content}
    return {key: value for key, value in known.items() if value is not None}


def said(**content: Any) -> dict[str, Any]:
    return item(message={"mid": "m_1", **content})


def body(*items: Any, account: str | None = PAGE, under: str = "messaging", kind: str = "page") -> bytes:
    entry = {"id": account, "time": AT + 5000, under: list(items)}
    return json.dumps({"object": kind, "entry": [entry]}).encode()


def posted(raw: bytes) -> Request:
    return Request("POST", "/webhooks/messenger", {}, {}, raw)


def events(raw: bytes) -> list[Received | Unreadable]:
    return messenger.parse(posted(raw))


def received(raw: bytes) -> list[Received]:
    found = events(raw)
    assert all(isinstance(event, Received) for event in found), found
    return [event for event in found if isinstance(event, Received)]


def one(content: dict[str, Any], under: str = "messaging") -> Received:
    (event,) = received(body(content, under=under))
    return event


def sample(name: str) -> list[Received]:
    return received((EVENTS / f"messenger_{name}.json").read_bytes())


def sign(request: Request, key: str) -> Request:
    return request._replace(headers={**request.headers, meta.HEADER: meta.sign(request.body, key)})


def together(requests: Sequence[Request]) -> Request:
    bodies = [json.loads(request.body) for request in requests]
    entries = [entry for one in bodies for entry in one["entry"]]
    return requests[0]._replace(body=json.dumps({**bodies[0], "entry": entries}).encode())


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


def file(kind: str, url: str, name: str = "") -> dict[str, str]:
    return {"kind": kind, "id": "", "url": url, "mime": "", "name": name, "sha256": ""}


def test_every_file_of_a_message_is_one_of_its_attachments() -> None:
    files, place, thumb = (event.event for event in sample("attachments"))
    assert files["type"] == "image"
    assert files["attachments"] == [
        file("image", "https://scontent.xx.fbcdn.net/v/sample-1.jpg"),
        file("image", "https://scontent.xx.fbcdn.net/v/sample-2.jpg"),
        file("document", "https://cdn.fbsbx.com/v/sample.pdf"),
    ]
    spot = {"kind": "location", "name": "Casa", "latitude": "-23.5", "longitude": "-46.6"}
    assert (place["type"], place["attachments"]) == ("location", [spot])
    assert (thumb["type"], thumb["text"], thumb["attachments"]) == ("sticker", "👍", [])


URL = "https://scontent.xx.fbcdn.net/v/1"
PAGE_URL = "https://example.com/a"
KINDS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "video", "payload": {"url": URL}}, {"type": "video", "attachments": [file("video", URL)]}),
    ({"type": "audio", "payload": {"url": URL}}, {"type": "audio", "attachments": [file("audio", URL)]}),
    ({"type": "file", "payload": {"url": URL}}, {"type": "document", "attachments": [file("document", URL)]}),
    (
        {"type": "reel", "payload": {"url": URL, "title": "R"}},
        {"type": "reel", "attachments": [file("reel", URL, "R")]},
    ),
    (
        {"type": "image", "payload": {"url": URL, "sticker_id": 5}},
        {"type": "sticker", "attachments": [file("sticker", URL)]},
    ),
    (
        {"type": "fallback", "title": "A", "payload": {"url": PAGE_URL}},
        {"type": "link", "attachments": [{"kind": "link", "name": "A", "link": PAGE_URL}]},
    ),
    (
        {"type": "fallback", "title": "A", "url": "javascript:alert(1)"},
        {"attachments": [{"kind": "link", "name": "A", "link": ""}]},
    ),
    (
        {"type": "template", "payload": {"template_type": "generic", "elements": [{"title": "Card"}]}},
        {"type": "link", "attachments": [{"kind": "link", "name": "Card", "link": ""}]},
    ),
    (
        {"type": "hologram", "payload": {"url": PAGE_URL}},
        {"type": "unsupported", "original_type": "hologram"},
    ),
    ({}, {"type": "unsupported", "original_type": ""}),
]


@pytest.mark.parametrize(("attachment", "expected"), KINDS)
def test_each_kind_of_attachment_is_read(attachment: dict[str, Any], expected: dict[str, Any]) -> None:
    event = one(said(attachments=[attachment])).event
    assert {key: event[key] for key in expected} == expected


def test_a_link_that_stands_in_a_text_leaves_it_a_text() -> None:
    card = {"type": "fallback", "title": "A", "payload": {"url": PAGE_URL}}
    event = one(said(text=f"olha {PAGE_URL}", attachments=[card])).event
    assert (event["type"], event["text"]) == ("text", f"olha {PAGE_URL}")


def test_a_pressed_button_carries_its_payload() -> None:
    (reply,), (start,) = sample("quick_reply"), sample("postback")
    assert (reply.event["type"], reply.event["text"], reply.event["payload"]) == (
        "button",
        "Confirmo",
        "confirm:a1:1",
    )
    assert (start.event["type"], start.event["text"], start.event["payload"]) == (
        "button",
        "Començar",
        "START",
    )
    assert start.event["origin"] == {"type": "ad", "id": "6000000000001", "url": ""}


def test_an_old_postback_without_an_id_has_the_same_one_each_time() -> None:
    pressed = item(postback={"title": "Sí", "payload": "yes"})
    first, again, other = one(pressed), one(pressed), one({**pressed, "timestamp": AT + 1})
    assert first.key == again.key != other.key
    assert first.event["provider_id"].startswith("postback:")


def test_who_comes_back_by_a_link_says_nothing_but_where_from() -> None:
    told = {"ref": "r1", "source": "SHORTLINK", "referer_uri": PAGE_URL, "type": "OPEN_THREAD"}
    event = one(item(referral=told)).event
    assert (event["type"], event["text"]) == ("referral", "")
    assert event["origin"] == {"type": "link", "id": "r1", "url": PAGE_URL}


@pytest.mark.parametrize(
    ("told", "origin"),
    [
        ({"product": {"id": "p1"}}, {"type": "product", "id": "p1", "url": ""}),
        ({"source": "CUSTOMER_CHAT_PLUGIN", "ref": "x"}, {"type": "page", "id": "x", "url": ""}),
        ({"source": "NEXT_YEAR", "ref": "x"}, {"type": "next_year", "id": "x", "url": ""}),
        ({"ref": "x" * 300}, {"type": "referral", "id": "", "url": ""}),
    ],
)
def test_a_message_says_what_brought_its_sender(told: dict[str, Any], origin: dict[str, str]) -> None:
    assert one(said(text="Olá", referral=told)).event["origin"] == origin


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


def test_an_edit_and_a_reaction_are_about_a_message_and_have_keys_of_their_own() -> None:
    edit, put, taken = sample("edit")
    assert edit.event["type"] == "edit"
    assert edit.event["text"] == "Olá! Vocês atendem no domingo?"
    assert (edit.event["reply_to"], edit.event["provider_id"]) == ("m_sample.text", "m_sample.text:edit:1")
    assert (put.event["type"], put.event["text"], put.event["reply_to"]) == ("reaction", "❤️", "m_sample.out1")
    assert (taken.event["text"], taken.event["reply_to"]) == ("", "m_sample.out1")
    assert len({edit.key, put.key, taken.key}) == 3


def test_a_message_that_was_taken_back_says_which() -> None:
    event = one(said(is_deleted=True))
    assert (event.event["type"], event.event["reply_to"]) == ("revoke", "m_1")
    assert event.key != one(said(text="Olá")).key


def test_what_meta_itself_cannot_show_is_unsupported() -> None:
    event = one(said(is_unsupported=True)).event
    assert (event["type"], event["original_type"]) == ("unsupported", "unsupported")


def test_a_message_without_anything_that_we_know_is_unsupported() -> None:
    event = one(said(dance={"steps": 3})).event
    assert (event["type"], event["original_type"]) == ("unsupported", "dance")


def test_an_empty_text_is_a_text() -> None:
    assert one(said(text="")).event["type"] == "text"


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
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
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

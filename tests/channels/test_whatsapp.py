from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recado.channels import Received, Request, Unreadable, meta, whatsapp

from tests.channels.bodies import ACCOUNT, EVENTS, SENDER, body, message, read_one, refused, status
from tests.channels.specimens import Specimen


def posted(raw: bytes) -> Request:
    return Request("POST", "/webhooks/whatsapp", {}, {}, raw)


def sign(request: Request, key: str) -> Request:
    return request._replace(headers={**request.headers, meta.HEADER: meta.sign(request.body, key)})


def together(requests: Sequence[Request]) -> Request:
    """Meta sends what happened at several accounts as one list of entries."""
    bodies = [json.loads(request.body) for request in requests]
    return posted(
        json.dumps({**bodies[0], "entry": [entry for one in bodies for entry in one["entry"]]}).encode()
    )


SPECIMEN = Specimen(
    account=ACCOUNT,
    secrets=lambda *keys: {"app_secrets": list(keys), "verify_token": "token"},
    sign=sign,
    unknown=posted(body(messages=[message("telepathy", {"thought": "Olá"})])),
    batch=together,
    statuses=[
        *(posted(body(statuses=[status(state)])) for state in ("sent", "delivered", "read", "failed")),
        posted(body(statuses=[status("failed", errors=[{"code": 131049}])])),
    ],
    credentials={"access_token": "token-of-the-number"},
    to=SENDER,
)


def events(name: str) -> list[Received | Unreadable]:
    return whatsapp.read_body((EVENTS / f"whatsapp_{name}.json").read_bytes())


def received(raw: bytes) -> list[Received]:
    found = whatsapp.read_body(raw)
    assert all(isinstance(event, Received) for event in found), found
    return [event for event in found if isinstance(event, Received)]


def one(raw: bytes) -> Received:
    (event,) = received(raw)
    return event


def test_a_text_is_read_whole() -> None:
    (event,) = events("text")
    assert isinstance(event, Received)
    assert event._replace(raw={}) == Received(
        channel="whatsapp",
        account="100000000000001",
        kind="message",
        key="whatsapp/100000000000001/message/wamid.sample.text",
        sender="5511987654321",
        identities=[("phone", "+5511987654321"), ("bsuid", "BR.1000000000000001")],
        at="2026-11-23T14:00:00Z",
        event={
            "provider_id": "wamid.sample.text",
            "type": "text",
            "text": "Olá! Vocês atendem no sábado? 😊",
            "name": "Maria Silva",
            "payload": None,
            "attachments": [],
            "reply_to": None,
            "origin": None,
            "error": None,
        },
        raw={},
    )
    assert event.raw["text"] == {"body": "Olá! Vocês atendem no sábado? 😊"}


def test_every_event_of_a_post_is_read_with_its_own_account_and_in_its_order() -> None:
    found = [
        (event.account, event[3].rsplit("/", 1)[1])
        for event in events("batch")
        if isinstance(event, Received)
    ]
    assert found == [
        ("100000000000001", "wamid.sample.batch1"),
        ("100000000000001", "wamid.sample.batch2"),
        ("100000000000001", "wamid.sample.batch3"),
        ("100000000000001", "delivered"),
        ("200000000000002", "wamid.sample.batch4"),
    ]


def test_each_message_of_a_post_has_its_own_sender_s_name() -> None:
    names = [e.event["name"] for e in events("batch") if isinstance(e, Received) and e.kind == "message"]
    assert names == ["Maria Silva", "João Lima", "Maria Silva", "Lucía Pérez"]


def test_a_contact_of_another_number_lends_the_sender_neither_name_nor_identity() -> None:
    event = read_one(
        message(), contacts=[{"wa_id": "34600111222", "profile": {"name": "Lucía"}, "user_id": "ES.1"}]
    )
    assert (event.event["name"], event.identities) == ("", [("phone", f"+{SENDER}")])


MEDIA = {"id": "7", "mime_type": "x/y", "sha256": "abc"}
KINDS: list[tuple[str, Any, dict[str, Any]]] = [
    ("text", {"body": ""}, {"type": "text", "text": ""}),
    ("image", {**MEDIA, "caption": "foto"}, {"type": "image", "text": "foto"}),
    ("video", MEDIA, {"type": "video", "text": ""}),
    ("audio", {**MEDIA, "voice": True}, {"type": "voice"}),
    ("audio", {**MEDIA, "voice": False}, {"type": "audio"}),
    ("sticker", {**MEDIA, "animated": True}, {"type": "sticker"}),
    (
        "document",
        {**MEDIA, "filename": "résumé.pdf"},
        {
            "attachments": [
                {
                    "kind": "document",
                    "id": "7",
                    "url": "",
                    "mime": "x/y",
                    "sha256": "abc",
                    "name": "résumé.pdf",
                }
            ]
        },
    ),
    (
        "location",
        {"latitude": -23.5, "longitude": -46.6, "name": "Casa", "address": "Rua A"},
        {
            "text": "Casa, Rua A",
            "attachments": [{"kind": "location", "latitude": "-23.5", "longitude": "-46.6"}],
        },
    ),
    (
        "contacts",
        [
            {"name": {"formatted_name": "Ana"}, "phones": [{"phone": "+1 2"}]},
            {"name": {"formatted_name": "Rui"}},
        ],
        {
            "text": "Ana, Rui",
            "attachments": [
                {
                    "kind": "contacts",
                    "people": [{"name": "Ana", "phones": ["+1 2"]}, {"name": "Rui", "phones": []}],
                }
            ],
        },
    ),
    (
        "button",
        {"payload": "confirm:a1:1", "text": "Confirmo"},
        {"text": "Confirmo", "payload": "confirm:a1:1"},
    ),
    (
        "interactive",
        {"type": "button_reply", "button_reply": {"id": "cancel:a1", "title": "Cancelo"}},
        {"type": "button", "text": "Cancelo", "payload": "cancel:a1"},
    ),
    (
        "interactive",
        {"type": "list_reply", "list_reply": {"id": "row2", "title": "Norte"}},
        {"type": "list", "text": "Norte", "payload": "row2"},
    ),
    (
        "interactive",
        {"type": "nfm_reply", "nfm_reply": {"body": "Sent", "response_json": '{"a":{"b":"c"}}'}},
        {"type": "form", "text": "Sent", "form": {"a": {"b": "c"}}},
    ),
    (
        "interactive",
        {"type": "nfm_reply", "nfm_reply": {"response_json": "{no"}},
        {"type": "form", "form": None},
    ),
    (
        "interactive",
        {"type": "nfm_reply", "nfm_reply": {"response_json": "[1]"}},
        {"type": "form", "form": None},
    ),
    (
        "interactive",
        {"type": "call_permission_reply", "call_permission_reply": {"response": "accept"}},
        {"type": "call_permission", "payload": "accept"},
    ),
    ("interactive", {"type": "dance"}, {"type": "unsupported", "original_type": "interactive dance"}),
    ("reaction", {"message_id": "wamid.0", "emoji": "👍"}, {"text": "👍", "reply_to": "wamid.0"}),
    ("reaction", {"message_id": "wamid.0", "emoji": ""}, {"type": "reaction", "text": ""}),
    ("reaction", {"message_id": "wamid.0"}, {"type": "reaction", "text": ""}),
    (
        "order",
        {"text": "", "product_items": [{"product_retailer_id": "X", "quantity": 2}]},
        {"type": "order", "attachments": [{"kind": "order", "items": ["2 x X"]}]},
    ),
    (
        "system",
        {"type": "user_changed_number", "body": "changed", "wa_id": "5521", "user_id": "BR.2"},
        {
            "type": "system",
            "payload": "user_changed_number",
            "changed_to": [("phone", "+5521"), ("bsuid", "BR.2")],
        },
    ),
    (
        "edit",
        {"original_message_id": "wamid.0", "message": {"type": "text", "text": {"body": "novo"}}},
        {"type": "edit", "text": "novo", "reply_to": "wamid.0"},
    ),
    ("revoke", {"original_message_id": "wamid.0"}, {"type": "revoke", "text": "", "reply_to": "wamid.0"}),
    ("request_welcome", {}, {"type": "welcome"}),
    ("ephemeral", {}, {"type": "unsupported", "original_type": "ephemeral"}),
    ("hologram", {"angle": 90}, {"type": "unsupported", "original_type": "hologram"}),
    ("text", "not an object", {"type": "unsupported", "original_type": "text"}),
]


@pytest.mark.parametrize(
    ("kind", "content", "expected"), KINDS, ids=[f"{k}-{i}" for i, (k, _, _) in enumerate(KINDS)]
)
def test_each_kind_is_read(kind: str, content: Any, expected: dict[str, Any]) -> None:
    event = read_one(message(kind, content))
    assert {key: event.event[key] for key in expected} == expected
    assert event.raw[kind] == content


def test_an_unsupported_message_says_what_the_provider_said_of_it() -> None:
    error = {"code": 131051, "title": "Message type unknown", "error_data": {"details": "Not supported."}}
    expected = {
        "code": 131051,
        "title": "Message type unknown",
        "detail": "Not supported.",
        "outcome": "fix_request",
    }
    assert read_one(message("unsupported", {}, errors=[error])).event["error"] == expected


def test_a_complaint_about_a_whole_value_explains_its_empty_message_and_is_kept_as_a_notice() -> None:
    first, second = received(body(messages=[message("interactive", "")], errors=[{"code": 131000}]))
    assert (first.event["type"], first.event["error"]["code"]) == ("unsupported", 131000)
    assert second.kind == "notice"


def test_a_quote_a_forward_a_group_and_an_advertisement_are_told() -> None:
    referral = {"source_type": "ad", "source_id": "77", "source_url": "https://fb.me/x", "headline": "H"}
    context = {"id": "wamid.0", "forwarded": True}
    event = read_one(message(context=context, group_id="G", referral=referral)).event
    assert (event["reply_to"], event["forwarded"], event["group"]) == ("wamid.0", True, "G")
    assert event["origin"] == {"type": "ad", "id": "77", "url": "https://fb.me/x"}


@pytest.mark.parametrize(
    ("sender", "contact"),
    [
        ({"from": "", "from_user_id": "US.1"}, {"wa_id": "", "user_id": "US.1"}),
        ({"from": None, "from_user_id": "US.1"}, {"user_id": "US.1"}),
        ({"from": "US.1"}, {"user_id": "US.1"}),
        ({"from": None}, {"user_id": "US.1"}),
    ],
)
def test_a_person_who_hides_their_number_is_known_by_their_id(
    sender: dict[str, Any], contact: dict[str, Any]
) -> None:
    event = read_one(message(**sender), contacts=[{**contact, "profile": {"name": "Ana"}}])
    assert (event.sender, event.identities) == ("US.1", [("bsuid", "US.1")])
    assert event.event["name"] == "Ana"


def test_a_phone_found_beside_an_id_is_the_address_to_answer_to() -> None:
    item = message(from_user_id="US.1")
    del item["from"]
    event = read_one(item, contacts=[{"wa_id": SENDER, "user_id": "US.1"}])
    assert (event.sender, event.identities) == (SENDER, [("phone", f"+{SENDER}"), ("bsuid", "US.1")])


def test_a_phone_comes_before_an_id_that_took_its_place() -> None:
    event = read_one(message(**{"from": "US.1"}), contacts=[{"wa_id": SENDER, "user_id": "US.1"}])
    assert (event.sender, event.identities) == (SENDER, [("phone", f"+{SENDER}"), ("bsuid", "US.1")])


def test_a_message_that_names_nobody_is_not_guessed_to_be_one_of_two_people_s() -> None:
    item = message()
    del item["from"]
    assert refused(body(messages=[item], contacts=[{"user_id": "US.1"}, {"user_id": "US.2"}]))


def test_a_changed_id_speaks_for_the_former_one() -> None:
    system = {"type": "user_changed_user_id", "previous_user_id": "IN.OLD", "user_id": "IN.NEW"}
    event = read_one(message("system", system, **{"from": None}))
    assert (event.sender, event.event["changed_to"]) == ("IN.OLD", [("bsuid", "IN.NEW")])


@pytest.mark.parametrize(
    ("stamp", "at"),
    [
        ("1795442400", "2026-11-23T14:00:00Z"),
        (1795442400, "2026-11-23T14:00:00Z"),
        ("1795442400000", "2026-11-23T14:00:00Z"),
        ("1795442400123", "2026-11-23T14:00:00.123000Z"),
    ],
)
def test_time_stamps_are_seconds_or_milliseconds(stamp: str | int, at: str) -> None:
    assert read_one(message(timestamp=stamp)).at.replace("123Z", "123000Z") == at


@pytest.mark.parametrize(
    "stamp", ["", "soon", "-1", "0", "9" * 11, "9" * 16, "9" * 30, 1.5, True, ["1"], "١٧٩٥٤٤٢٤٠٠"]
)
def test_a_message_out_of_time_is_unreadable(stamp: object) -> None:
    assert refused(body(messages=[message(timestamp=stamp)])).reason == "no time stamp"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"id": None}, "no id"),
        ({"id": ""}, "no id"),
        ({"id": "x" * 257}, "no id"),
        ({"from": None}, "without a sender"),
        ({"from": "1" * 300}, "without a sender"),
        ({"timestamp": None}, "no time stamp"),
    ],
)
def test_one_bad_message_leaves_its_neighbours_alone(bad: dict[str, Any], reason: str) -> None:
    found = whatsapp.read_body(body(messages=[message(id="wamid.a"), message(**bad), message(id="wamid.b")]))
    first, middle, last = found
    assert isinstance(first, Received)
    assert isinstance(last, Received)
    assert isinstance(middle, Unreadable)
    assert middle.account == ACCOUNT
    assert reason in middle.reason
    assert json.loads(middle.raw) == message(**bad)


@pytest.mark.parametrize("odd", [None, 1, "x", [], True])
def test_an_event_that_is_no_object_is_kept_as_unreadable(odd: object) -> None:
    found = whatsapp.read_body(body(messages=[odd, message()]))
    assert [type(event) for event in found] == [Unreadable, Received]


def test_a_message_for_no_account_is_unreadable() -> None:
    assert refused(body(account=None, messages=[message()])).reason == "no phone_number_id"


@pytest.mark.parametrize(
    "raw",
    [
        b"[]",
        b"{}",
        b'{"object":"page","entry":[]}',
        b'{"object":"whatsapp_business_account"}',
        b'{"object":"whatsapp_business_account","entry":{}}',
        b'{"object":"whatsapp_business_account","entry":[{"changes":NaN}]}',
    ],
)
def test_a_body_of_another_shape_is_unreadable_as_a_whole(raw: bytes) -> None:
    event = refused(raw)
    assert (event.raw, event.account) == (raw, None)


@pytest.mark.parametrize(
    "entry", [None, 1, [], {}, {"changes": {}}, {"changes": [1]}, {"changes": [{"value": []}]}]
)
def test_a_bad_entry_leaves_the_next_one_alone(entry: object) -> None:
    good = json.loads(body(messages=[message()]))
    found = whatsapp.read_body(json.dumps({**good, "entry": [entry, *good["entry"]]}).encode())
    assert [type(event) for event in found] == [Unreadable, Received]


def test_an_event_too_big_for_the_queue_is_kept_beside_its_neighbours() -> None:
    found = whatsapp.read_body(
        body(messages=[message(content={"body": "é" * 20_000}), message(id="wamid.2")])
    )
    assert [type(event) for event in found] == [Unreadable, Received]


def test_an_event_and_what_is_read_of_it_fit_the_queue_together() -> None:
    found = whatsapp.read_body(
        body(messages=[message(content={"body": "é" * 18_000}), message(id="wamid.2")])
    )
    assert [type(event) for event in found] == [Unreadable, Received]


def test_the_longest_text_of_the_widest_characters_is_no_event_over_the_limit() -> None:
    assert len(read_one(message(content={"body": "😀" * 4096})).event["text"]) == 4096


def test_a_profile_s_name_is_cut() -> None:
    name = "A" * 1_500_000
    event = read_one(message(), contacts=[{"wa_id": SENDER, "profile": {"name": name}}])
    assert event.event["name"] == "A" * 256


def test_an_error_of_the_value_is_cut_since_each_of_its_events_repeats_it() -> None:
    told = {"code": 131051, "title": "t" * 1_000_000, "details": "d" * 1_000_000}
    event, itself = whatsapp.read_body(body(messages=[message("novelty")], errors=[told]))
    assert isinstance(itself, Unreadable)
    assert isinstance(event, Received)
    error = event.event["error"]
    assert (len(error["title"]), len(error["detail"])) == (1000, 1000)


def test_an_account_too_long_to_be_one_is_none() -> None:
    event = refused(body(account="1" * 5000, messages=[message()]))
    assert (event.reason, event.account) == ("no phone_number_id", None)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("reaction", {"message_id": "x" * 257}),
        ("revoke", {"original_message_id": "x" * 257}),
        ("edit", {"original_message_id": "x" * 257, "message": {}}),
        ("text", {"body": "Olá"}),
    ],
)
def test_what_is_too_long_to_be_an_id_quotes_nothing(kind: str, content: dict[str, Any]) -> None:
    event = read_one(message(kind, content, context={"id": "x" * 257}, group_id="x" * 257)).event
    assert event["reply_to"] is None
    assert "group" not in event


def test_what_is_too_long_to_be_our_reference_is_none() -> None:
    item = status("sent", biz_opaque_callback_data="x" * 257, recipient_id="x" * 257)
    event = one(body(statuses=[item]))
    assert (event.event["reference"], event.sender) == (None, "")


def test_a_post_of_a_thousand_events_is_read() -> None:
    assert len(received(body(messages=[message(id=f"wamid.{n}") for n in range(1000)]))) == 1000


def test_a_body_of_more_events_than_meta_sends_is_one_that_cannot_be_read() -> None:
    raw = body(messages=[1] * 1_400_000)
    assert refused(raw) == Unreadable("whatsapp", "more than 2000 events", raw, None)


def test_what_stands_around_many_events_is_not_paid_for_each_of_them() -> None:
    change = {"field": "account_update", "value": {"event": "x", "metadata": {"phone_number_id": "1"}}}
    entry = {"id": "9" * 1_000_000, "time": "1" * 1_000_000, "changes": [change] * 1000}
    found = received(json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode())
    assert {(event.raw["id"], event.raw["time"]) for event in found} == {("", None)}


def test_text_is_cleaned_of_what_cannot_be_stored() -> None:
    event = read_one(
        message(content={"body": "a\0b \ud83d"}), contacts=[{"wa_id": SENDER, "profile": {"name": "A\0"}}]
    )
    assert (event.event["text"], event.event["name"], event.raw["text"]["body"]) == (
        "ab \ufffd",
        "A",
        "ab \ufffd",
    )


def test_receipts_carry_our_reference_and_each_state_has_its_own_key() -> None:
    found = [event for event in events("statuses") if isinstance(event, Received)]
    assert [(e.kind, e.event["status"], e.event["reference"][:4]) for e in found] == [
        ("receipt", "sent", "0123"),
        ("receipt", "delivered", "0123"),
        ("receipt", "read", "0123"),
        ("receipt", "failed", "fedc"),
    ]
    assert len({event.key for event in found}) == 4
    assert found[-1].event["error"]["outcome"] == "template_only"


def test_two_failures_of_one_message_for_two_reasons_are_two_events() -> None:
    first, second = (status("failed", errors=[{"code": code, "title": "t"}]) for code in (131047, 131049))
    assert len({event.key for event in received(body(statuses=[first, second]))}) == 2


def test_readers_of_a_group_are_told_apart() -> None:
    group = {"recipient_type": "group", "recipient_id": "G"}
    both = [
        status("read", **group, recipient_participant_id=person) for person in ("34600111222", "34600111333")
    ]
    first, second = received(body(statuses=both))
    assert first.key != second.key
    assert first.identities == [("phone", "+34600111222")]


def test_a_receipt_for_a_hidden_number_names_the_person_by_their_id() -> None:
    event = one(body(statuses=[status("read", recipient_id="", recipient_user_id="US.1")]))
    assert event.identities == [("bsuid", "US.1")]


def test_the_same_id_at_two_accounts_is_two_events() -> None:
    keys = {one(body(account=account, messages=[message()])).key for account in ("1", "2")}
    assert len(keys) == 2


def test_the_same_event_delivered_again_has_the_same_key() -> None:
    for name in ("text", "statuses", "batch", "unknown"):
        assert [e[3] for e in events(name)] == [e[3] for e in events(name)]


NOTICES: list[tuple[str, dict[str, Any]]] = [
    ("account_update", {"event": "ACCOUNT_VIOLATION"}),
    ("message_template_status_update", {"event": "REJECTED", "message_template_name": "reminder_72h"}),
    ("phone_number_quality_update", {"event": "FLAGGED"}),
    ("user_preferences", {"user_preferences": [{"wa_id": SENDER, "value": "x", "timestamp": 1795442400}]}),
    ("history", {"history": [{"threads": []}]}),
    ("calls", {"calls": [{"id": "wacid.1", "from": SENDER, "event": "connect", "timestamp": "1795442400"}]}),
    ("a_field_of_next_year", {"anything": {"at": "all"}}),
    ("messages", {"messages": []}),
    ("messages", {"statuses": [status("RINGING")]}),
]


@pytest.mark.parametrize(("field", "value"), NOTICES)
def test_what_is_neither_message_nor_receipt_is_a_notice(field: str, value: dict[str, Any]) -> None:
    event = one(body(field, **value))
    assert (event.kind, event.event["type"], event.at) == ("notice", field, "2026-11-23T14:00:00Z")


def test_a_notice_about_the_business_is_under_its_id_and_tells_the_event() -> None:
    event = one(body("account_update", account=None, event="DISABLED_UPDATE"))
    assert (event.account, event.event["name"]) == ("900000000000001", "DISABLED_UPDATE")


@pytest.mark.parametrize(("value", "action"), [("stop", "stop"), ("resume", "start"), ("signup", "start")])
def test_a_wish_about_marketing_names_the_person_and_what_they_want(value: str, action: str) -> None:
    wish = {"wa_id": SENDER, "category": "marketing_messages", "value": value, "timestamp": 1795442400}
    event = one(body("user_preferences", user_preferences=[wish]))
    assert (event.kind, event.sender, event.at) == ("consent", SENDER, "2026-11-23T14:00:00Z")
    assert event.event == {
        "action": action,
        "purposes": ["marketing"],
        "evidence": f"user_preferences {value}",
    }


@pytest.mark.parametrize("odd", [{"value": "dance"}, {"value": "stop", "wa_id": ""}])
def test_a_wish_that_we_do_not_know_or_that_is_nobody_s_is_a_notice(odd: dict[str, str]) -> None:
    wish = {"wa_id": SENDER, "timestamp": 1795442400, **odd}
    event = one(body("user_preferences", user_preferences=[wish]))
    assert (event.kind, event.event["value"]) == ("notice", odd["value"])


def test_what_staff_typed_in_the_phone_app_is_an_echo_to_the_patient() -> None:
    (event,) = events("echo")
    assert isinstance(event, Received)
    assert (event.kind, event.sender) == ("echo", SENDER)
    assert event.identities == [("phone", f"+{SENDER}")]
    assert event.key == f"whatsapp/{ACCOUNT}/echo/wamid.sample.staff"
    assert (event.event["text"], "historic" in event.event) == ("Pode vir às 9.", False)


def test_an_echo_to_somebody_who_hides_their_number_names_them_by_their_id() -> None:
    item = message(**{"from": "551130000000"}, to_user_id="BR.1", to="")
    event = one(body("smb_message_echoes", message_echoes=[item]))
    assert event.identities == [("bsuid", "BR.1")]


@pytest.mark.parametrize("bad", [{"id": None}, {"timestamp": None}, {"to": None}])
def test_an_echo_of_nothing_or_to_nobody_is_unreadable(bad: dict[str, Any]) -> None:
    item = message(**{"from": "551130000000", "to": SENDER, **bad})
    assert refused(body("smb_message_echoes", message_echoes=[item])).account == ACCOUNT


def test_what_was_written_before_the_account_was_connected_is_old() -> None:
    theirs = one(body("history", messages=[message()]))
    ours = one(body("history", messages=[message(**{"from": "551130000000"}, to=SENDER)]))
    for event, kind in ((theirs, "message"), (ours, "echo")):
        assert (event.kind, event.event["historic"], event.sender) == (kind, True, SENDER)
        assert event.key == f"whatsapp/{ACCOUNT}/{kind}/wamid.1"


def test_a_notice_about_a_template_says_which_and_what_of_it() -> None:
    (event,) = events("template")
    assert isinstance(event, Received)
    assert (event.kind, event.account) == ("notice", "900000000000001")
    assert event.event == {
        "type": "message_template_status_update",
        "name": "reminder_72h",
        "provider_id": "",
        "template": "reminder_72h",
        "language": "pt_BR",
        "state": "REJECTED",
        "reason": "INVALID_FORMAT",
        "category": "UTILITY",
    }


@pytest.mark.parametrize(
    ("field", "told", "expected"),
    [
        ("message_template_quality_update", {"new_quality_score": "YELLOW"}, {"quality": "YELLOW"}),
        ("template_category_update", {"new_category": "MARKETING"}, {"category": "MARKETING"}),
    ],
)
def test_what_changed_of_a_template_beside_its_state_is_told(
    field: str, told: dict[str, str], expected: dict[str, str]
) -> None:
    name = {"message_template_name": "welcome", "message_template_language": "es"}
    event = one(body(field, account=None, **name, **told)).event
    assert (event["template"], event["language"], "state" in event) == ("welcome", "es", False)
    assert {key: event[key] for key in expected} == expected


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "from",
    "id",
    "timestamp",
    "type",
    "text",
    "image",
    "interactive",
    "context",
    "errors",
    "system",
    "contacts",
]
MESSAGES = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, JSON)).map(
    lambda some: {**message(), **some}
)


@given(item=MESSAGES, contacts=JSON, errors=JSON, field=st.sampled_from([*whatsapp.LISTS, "other"]))
def test_no_message_whatever_its_shape_is_lost_or_breaks_its_neighbour(
    item: dict[str, Any], contacts: Any, errors: Any, field: str
) -> None:
    value: dict[str, Any] = {"contacts": contacts, "errors": errors, "messages": [item, message()]}
    found = whatsapp.read_body(body(field, **value))
    assert found
    json.dumps([event for event in found if isinstance(event, Received)], ensure_ascii=False).encode()
    if field == "messages":
        texts = [e.event.get("text") for e in found if isinstance(e, Received) and e.kind == "message"]
        assert "Olá" in texts


@given(value=JSON)
def test_no_value_of_whatever_shape_is_lost(value: Any) -> None:
    change = {"field": "messages", "value": value}
    document = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    assert whatsapp.read_body(json.dumps(document).encode())

"""What a message on Messenger or Instagram says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.channels.messaging import AT, file, item, one, said, sample


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

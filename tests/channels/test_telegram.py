from __future__ import annotations

import json
from typing import Any

import pytest
from recado.channels import Received, Request, telegram
from recado.channels.telegram_sample import posted

from tests.channels.specimens import Specimen

BOT = "9001"
ANA = {"id": 7001, "is_bot": False, "first_name": "Ana", "last_name": "Diaz", "language_code": "es"}
CHAT = {"id": 7001, "type": "private", "first_name": "Ana", "last_name": "Diaz"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Familia"}
OURS = {"id": 9001, "is_bot": True, "first_name": "Clinic"}
DATE = 1795442400
AT = "2026-11-23T14:00:00Z"


def update(kind: str = "message", **held: Any) -> Request:
    return posted(BOT, {"update_id": 501, kind: held})


def message(**fields: Any) -> dict[str, Any]:
    """A message in the private chat; a field given as None is left out."""
    given = {"message_id": 77, "from": ANA, "chat": CHAT, "date": DATE, **fields}
    return {key: value for key, value in given.items() if value is not None}


def read(request: Request) -> Received:
    (event,) = telegram.parse(request)
    assert isinstance(event, Received), event
    return event


def said(**fields: Any) -> dict[str, Any]:
    """The event of a message."""
    return read(update(**message(**fields))).event


SPECIMEN = Specimen(
    account=BOT,
    secrets=lambda *keys: {"secret_tokens": list(keys)},
    sign=lambda request, key: request._replace(headers={**request.headers, telegram.HEADER: key}),
    unknown=update("telepathy", thought="Hola"),
    body_signed=False,
    credentials={"bot_token": "9001:secret-part-of-the-token"},
    to="7001",
)


def test_a_text_is_read_whole() -> None:
    event = read(update(**message(text="¿Abren el sábado? 👩‍⚕️")))
    assert event._replace(raw={}) == Received(
        channel="telegram",
        account=BOT,
        kind="message",
        key="telegram/9001/message/501",
        sender="7001",
        identities=[("telegram", "7001")],
        at=AT,
        event={
            "provider_id": "7001:77",
            "type": "text",
            "text": "¿Abren el sábado? 👩‍⚕️",
            "name": "Ana Diaz",
            "payload": None,
            "attachments": [],
            "reply_to": None,
            "origin": None,
            "error": None,
        },
        raw={},
    )
    assert event.raw["update_id"] == 501


@pytest.mark.parametrize(
    ("content", "kind", "mime"),
    [
        ({"photo": [{"file_id": "small"}, {"file_id": "f"}]}, "image", "image/jpeg"),
        ({"voice": {"file_id": "f", "mime_type": "audio/ogg"}}, "voice", "audio/ogg"),
        ({"audio": {"file_id": "f", "mime_type": "audio/mpeg"}}, "audio", "audio/mpeg"),
        ({"video": {"file_id": "f", "mime_type": "video/quicktime"}}, "video", "video/quicktime"),
        ({"video_note": {"file_id": "f"}}, "video", "video/mp4"),
        ({"document": {"file_id": "f", "mime_type": "application/pdf"}}, "document", "application/pdf"),
        ({"animation": {"file_id": "f"}, "document": {"file_id": "f"}}, "video", "video/mp4"),
        ({"sticker": {"file_id": "f", "emoji": "👍"}}, "sticker", "image/webp"),
        ({"sticker": {"file_id": "f", "is_video": True}}, "sticker", "video/webm"),
        ({"sticker": {"file_id": "f", "is_animated": True}}, "sticker", "application/x-tgsticker"),
    ],
)
def test_files_wait_at_telegram(content: dict[str, Any], kind: str, mime: str) -> None:
    event = said(**content)
    assert event["type"] == kind
    (attachment,) = event["attachments"]
    assert (attachment["kind"], attachment["id"], attachment["mime"]) == (kind, "f", mime)


def test_a_caption_is_the_text_and_a_file_keeps_its_name() -> None:
    event = said(document={"file_id": "f", "file_name": "exame.pdf"}, caption="Mi análisis")
    assert (event["text"], event["attachments"][0]["name"]) == ("Mi análisis", "exame.pdf")


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"poll": {"question": "¿Cuándo?"}}, "poll", "¿Cuándo?"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "dice", "🎲"),
        ({"web_app_data": {"data": "not JSON", "button_text": "Elegir"}}, "form", "Elegir"),
        ({"new_chat_title": "Familia"}, "unsupported", ""),
        ({"telepathy": {}, "caption": "Hola"}, "unsupported", ""),
        ({"photo": []}, "image", ""),
        ({"photo": "nonsense"}, "image", ""),
        ({}, "unsupported", ""),
    ],
)
def test_every_other_kind_is_kept(content: dict[str, Any], kind: str, text: str) -> None:
    event = said(**content)
    assert (event["type"], event["text"]) == (kind, text)


def test_a_kind_that_we_do_not_know_keeps_its_name() -> None:
    assert said(telepathy={}, group_chat_created=False)["original_type"] == "telepathy"


def test_answers_to_a_page_are_a_form() -> None:
    event = said(web_app_data={"data": '{"day": "lunes"}', "button_text": "Elegir"})
    assert (event["form"], event["payload"]) == ({"day": "lunes"}, '{"day": "lunes"}')


def test_a_place_has_its_numbers_as_text_and_its_name() -> None:
    place = {"latitude": -23.5, "longitude": -46.6}
    event = said(location=place, venue={"location": place, "title": "Clínica", "address": "Rua 1"})
    assert (event["type"], event["text"]) == ("location", "Clínica, Rua 1")
    assert event["attachments"] == [{"kind": "location", "latitude": "-23.5", "longitude": "-46.6"}]


@pytest.mark.parametrize(
    ("card", "known"),
    [
        ({"phone_number": "+5491155550101", "user_id": 7001}, [("phone", "+5491155550101")]),
        ({"phone_number": "5491155550101", "user_id": 7001}, [("phone", "+5491155550101")]),
        ({"phone_number": "+5491155550101", "user_id": 8}, []),
        ({"phone_number": "+5491155550101"}, []),
        ({"phone_number": "", "user_id": 7001}, []),
    ],
)
def test_a_number_is_the_sender_s_if_the_card_is_their_own(
    card: dict[str, Any], known: list[tuple[str, str]]
) -> None:
    event = read(update(**message(contact={"first_name": "Ana", **card})))
    assert event.event["type"] == "contacts"
    assert event.identities == [("telegram", "7001"), *known]


def test_an_answer_and_a_forwarded_message_say_so() -> None:
    event = said(text="Sí", reply_to_message={"message_id": 70, "chat": CHAT}, forward_date=DATE)
    assert (event["reply_to"], event["forwarded"]) == ("7001:70", True)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("/start advert-7", {"type": "link", "id": "advert-7", "url": ""}),
        ("/start", None),
        ("/start ", None),
        ("/started now", None),
    ],
)
def test_a_link_says_where_somebody_came_from(text: str, origin: dict[str, str] | None) -> None:
    assert said(text=text)["origin"] == origin


def test_in_a_group_the_group_is_answered() -> None:
    event = read(update(**message(chat=GROUP, text="Hola")))
    assert (event.sender, event.identities) == ("-100123", [("telegram", "7001")])
    assert (event.event["group"], event.event["provider_id"]) == ("-100123", "-100123:77")


def test_an_edit_is_a_message_that_names_the_one_it_changes() -> None:
    event = read(update("edited_message", **message(text="A las 9", edit_date=DATE + 60)))
    assert event.at == "2026-11-23T14:01:00Z"
    assert (event.event["type"], event.event["text"]) == ("edit", "A las 9")
    assert (event.event["provider_id"], event.event["reply_to"]) == ("7001:77:501", "7001:77")


def test_a_pressed_button_tells_its_payload_and_what_stood_on_it() -> None:
    keys = {"inline_keyboard": [[{"text": "Sí", "callback_data": "confirm:1"}, {"text": "No"}], "x", [7]]}
    shown = message(**{"from": OURS}, reply_markup=keys)
    event = read(update("callback_query", id="41", data="confirm:1", message=shown, **{"from": ANA}))
    assert (event.sender, event.at) == ("7001", "")
    assert event.event["type"] == "button"
    assert (event.event["text"], event.event["payload"]) == ("Sí", "confirm:1")
    assert (event.event["provider_id"], event.event["reply_to"]) == ("callback:41", "7001:77")


@pytest.mark.parametrize(
    "shown", [{"message": {"chat": CHAT, "date": 0, "message_id": 78}}, {"inline_message_id": "x"}, {}]
)
def test_a_button_under_a_message_that_is_out_of_reach_is_one_too(shown: dict[str, Any]) -> None:
    event = read(update("callback_query", id="42", data="cancel:1", **{"from": ANA}, **shown))
    assert (event.sender, event.event["text"], event.event["payload"]) == ("7001", "cancel:1", "cancel:1")


def test_a_pressed_button_is_answered_in_the_answer_to_the_webhook() -> None:
    answer = telegram.reply(update("callback_query", id="41", data="x", **{"from": ANA}), {})
    assert answer.kind == "application/json"
    assert json.loads(answer.text) == {"method": "answerCallbackQuery", "callback_query_id": "41"}


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"callback_query": 1}', b"\xff"])
def test_anything_else_is_answered_with_nothing(body: bytes) -> None:
    assert telegram.reply(update()._replace(body=body), {}).text == ""


@pytest.mark.parametrize(
    ("before", "now", "action"), [("member", "kicked", "stop"), ("kicked", "member", "start")]
)
def test_who_blocks_the_bot_stops_and_who_takes_it_back_starts(before: str, now: str, action: str) -> None:
    states = {"old_chat_member": {"status": before}, "new_chat_member": {"status": now}}
    event = read(update("my_chat_member", chat=CHAT, date=DATE, **{"from": ANA}, **states))
    assert (event.kind, event.sender, event.identities) == ("consent", "7001", [("telegram", "7001")])
    assert event.event == {
        "action": action,
        "purposes": ["care", "marketing"],
        "evidence": f"my_chat_member {now}",
    }


@pytest.mark.parametrize(
    ("chat", "before", "now"),
    [(GROUP, "member", "kicked"), (CHAT, "left", "member"), (CHAT, "member", "left")],
)
def test_other_changes_of_its_membership_are_nobody_s_wish(
    chat: dict[str, Any], before: str, now: str
) -> None:
    states = {"old_chat_member": {"status": before}, "new_chat_member": {"status": now}}
    assert read(update("my_chat_member", chat=chat, date=DATE, **{"from": ANA}, **states)).kind == "notice"


@pytest.mark.parametrize(
    ("reaction", "text"), [([{"type": "emoji", "emoji": "👍"}], "👍"), ([], ""), (None, "")]
)
def test_a_reaction_is_put_or_taken_back(reaction: object, text: str) -> None:
    event = read(
        update("message_reaction", chat=CHAT, message_id=77, user=ANA, date=DATE, new_reaction=reaction)
    )
    assert (event.event["type"], event.event["text"]) == ("reaction", text)
    assert (event.event["provider_id"], event.event["reply_to"]) == ("7001:77:501", "7001:77")


def test_a_message_to_the_business_account_is_answered_by_its_connection() -> None:
    event = read(update("business_message", **message(text="Hola", business_connection_id="bc-1")))
    assert (event.kind, event.sender) == ("message", "bc-1:7001")


def test_what_the_business_account_says_is_an_echo() -> None:
    own = message(text="Buenas", business_connection_id="bc-1", **{"from": {"id": 5, "first_name": "Luz"}})
    event = read(update("business_message", **own))
    assert (event.kind, event.sender, event.identities) == ("echo", "bc-1:7001", [("telegram", "7001")])
    assert event.event["reference"] is None


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        ("channel_post", message(**{"from": None}, text="Novedades")),
        ("deleted_business_messages", {"chat": CHAT, "message_ids": [1]}),
        ("business_connection", {"id": "bc-1", "user": ANA, "date": DATE}),
        ("message_reaction", {"chat": GROUP, "message_id": 1, "actor_chat": GROUP, "date": DATE}),
        ("message", message(**{"from": OURS}, chat=GROUP, text="beep")),
        ("message", message(chat=None, text="Hola")),
        ("poll", {"id": "1"}),
        ("callback_query", {"id": "1"}),
    ],
)
def test_what_is_nobody_s_message_is_a_notice(kind: str, held: dict[str, Any]) -> None:
    event = read(update(kind, **held))
    assert (event.kind, event.event["type"]) == ("notice", kind)


@pytest.mark.parametrize(
    "document", [[], {}, {"message": message()}, {"update_id": None}, {"update_id": "1" * 300}]
)
def test_what_has_no_number_is_kept_unread(document: object) -> None:
    (event,) = telegram.parse(posted(BOT, document))
    assert not isinstance(event, Received)


def test_a_bot_that_nobody_named_is_none() -> None:
    (event,) = telegram.parse(update(**message(text="Hola"))._replace(account=""))
    assert not isinstance(event, Received)

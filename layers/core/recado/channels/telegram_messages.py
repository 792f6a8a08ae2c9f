"""What a message of Telegram's says. Source: the Bot API's `Message`.

Each kind has a reader in KINDS, from the object under the kind's own name to the keys it adds to the event.
A message of a kind that we do not know becomes `unsupported`, under the name it has there: kept and shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from recado.channels import strict_json
from recado.channels.events import MAX_ID, MAX_NAME, Fields, child, file, identifier, items, text
from recado.errors import UnreadableInput

ENVELOPE: Final = frozenset(
    {"message_id", "message_thread_id", "from", "sender_chat", "sender_boost_count", "sender_business_bot"}
    | {"date", "business_connection_id", "chat", "forward_origin", "is_topic_message", "edit_date"}
    | {"is_automatic_forward", "reply_to_message", "external_reply", "quote", "reply_to_story", "via_bot"}
    | {"has_protected_content", "is_from_offline", "media_group_id", "author_signature", "entities"}
    | {"caption", "caption_entities", "link_preview_options", "effect_id", "show_caption_above_media"}
    | {"has_media_spoiler", "reply_markup", "paid_star_count", "forward_from", "forward_date"}
    | {"forward_from_chat", "forward_from_message_id", "forward_signature", "forward_sender_name"}
    | {"direct_messages_topic", "is_paid_post", "suggested_post_info", "sender_tag"}
)
"""What stands around the content, and does not tell its kind."""


def content(message: Fields) -> Fields:
    """What an event says of the content: kind, text, attachments, payload."""
    kind = next((key for key in KINDS if key in message), "")
    if kind:
        return {"kind": kind, "text": text(message, "caption"), **KINDS[kind](message)}
    # False is how some libraries write the service message that it is not.
    others = [key for key, value in message.items() if key not in ENVELOPE and value is not False]
    return {"kind": "unsupported", "original_type": (others or [""])[0][:MAX_ID]}


def _file(key: str, kind: str, mime: str = "") -> Callable[[Fields], Fields]:
    """A file under `key`; Telegram names the type of most, and those of the others are known."""

    def reader(message: Fields) -> Fields:
        return {"kind": kind, "attachments": [_attached(child(message, key), kind, mime)]}

    return reader


def _attached(told: Fields, kind: str, mime: str) -> Fields:
    named = text(told, "file_name")[:MAX_NAME]
    return file(kind, id=identifier(told, "file_id"), mime=text(told, "mime_type") or mime, name=named)


def _photo(message: Fields) -> Fields:
    """One picture in several sizes, the largest last."""
    sizes = items(message, "photo")
    return {"kind": "image", "attachments": [_attached(sizes[-1] if sizes else {}, "image", "image/jpeg")]}


def _sticker(message: Fields) -> Fields:
    held = child(message, "sticker")
    moving = "video/webm" if held.get("is_video") is True else "application/x-tgsticker"
    still = held.get("is_video") is not True and held.get("is_animated") is not True
    mime = "image/webp" if still else moving
    return {"kind": "sticker", "text": text(held, "emoji"), "attachments": [_attached(held, "sticker", mime)]}


def _location(message: Fields) -> Fields:
    venue = child(message, "venue")
    spot = child(message, "location") or child(venue, "location")
    place = ", ".join(filter(None, (text(venue, "title"), text(venue, "address"))))
    # As strings: DynamoDB takes no floats, and nothing is ever computed from them.
    told = {key: str(spot.get(key, ""))[:MAX_ID] for key in ("latitude", "longitude")}
    return {"kind": "location", "text": place, "attachments": [{"kind": "location", **told}]}


def _contact(message: Fields) -> Fields:
    held = child(message, "contact")
    name = " ".join(filter(None, (text(held, "first_name"), text(held, "last_name"))))
    card = {"name": name, "phones": [text(held, "phone_number")]}
    return {"kind": "contacts", "text": name, "attachments": [{"kind": "contacts", "people": [card]}]}


def _web_app(message: Fields) -> Fields:
    """What a page of the clinic's within Telegram sent: anything, and often JSON."""
    held = child(message, "web_app_data")
    try:
        answers = strict_json.load(text(held, "data").encode())
    except UnreadableInput:
        answers = None
    found = {"form": answers if isinstance(answers, dict) else None}
    return {"kind": "form", "text": text(held, "button_text"), "payload": text(held, "data") or None, **found}


KINDS: Final[dict[str, Callable[[Fields], Fields]]] = {
    "text": lambda message: {"kind": "text", "text": text(message, "text")},
    "photo": _photo,
    "voice": _file("voice", "voice", "audio/ogg"),
    "audio": _file("audio", "audio"),
    "video": _file("video", "video", "video/mp4"),
    "video_note": _file("video_note", "video", "video/mp4"),
    # Before documents and places: each comes with the older form of itself.
    "animation": _file("animation", "video", "video/mp4"),
    "document": _file("document", "document"),
    "sticker": _sticker,
    "venue": _location,
    "location": _location,
    "contact": _contact,
    "web_app_data": _web_app,
    "poll": lambda message: {"kind": "poll", "text": text(child(message, "poll"), "question")},
    "dice": lambda message: {"kind": "dice", "text": text(child(message, "dice"), "emoji")},
}

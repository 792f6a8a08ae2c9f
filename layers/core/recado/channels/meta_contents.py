"""What a message on Messenger or Instagram says. Source: Meta, Messenger Platform.

What has no id of its own (an edit, a reaction, an old postback) gets one that is the same each time it is
delivered: that of the message it is about, or a digest. A kind that we do not know becomes `unsupported`.
"""

from __future__ import annotations

from typing import Any, Final

from recado.channels import events
from recado.channels.events import Fields, child, file, identifier, items, text
from recado.errors import UnreadableInput

THUMBS_UP: Final = frozenset({"369239263222822", "369239343222814", "369239383222810"})
"""The stickers behind Messenger's own button, small, middle and large."""
FILES: Final = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "document",
    "share": "share",
    "story_mention": "story_mention",
    "reel": "reel",
    "ig_reel": "reel",
}
"""Attachments whose bytes Meta keeps → what we call them."""
LINKS: Final = frozenset({"fallback", "template", "post", "ig_post"})
"""Attachments that are no file: a card, or a page somewhere."""
SOURCES: Final = {"ADS": "ad", "SHORTLINK": "link", "CUSTOMER_CHAT_PLUGIN": "page"}
"""Where somebody came from → the type of an origin."""
MAX_LINK: Final = 2048


def message(content: Fields) -> Fields:
    """The event of a message. Raises UnreadableInput for one without an id."""
    mid = _mid(content)
    if content.get("is_deleted") is True:
        return events.message(f"{mid}:deleted", "revoke", reply_to=mid)
    quoted = child(content, "reply_to")
    return events.message(
        mid,
        **_shown(content),
        payload=text(child(content, "quick_reply"), "payload") or None,
        reply_to=identifier(quoted, "mid") or None,
        origin=_origin(child(content, "referral")) or _story(child(quoted, "story")),
    )


def postback(content: Fields, digest: str) -> Fields:
    """A pressed button of a card, a menu or an ice-breaker. Older ones have no id."""
    return events.message(
        identifier(content, "mid") or f"postback:{digest}",
        "button",
        text=text(content, "title"),
        payload=text(content, "payload") or None,
        origin=_origin(child(content, "referral")),
    )


def reaction(content: Fields, digest: str) -> Fields:
    """An emoji put on a message; taken back when it is empty."""
    mid, back = _mid(content), text(content, "action") == "unreact"
    said = "" if back else text(content, "emoji") or text(content, "reaction")
    return events.message(f"{mid}:reaction:{digest}", "reaction", text=said, reply_to=mid)


def edit(content: Fields, digest: str) -> Fields:
    """Another text for a message; its number counts the edits, five at most."""
    mid, number = _mid(content), identifier(content, "num_edit")
    return events.message(f"{mid}:edit:{number or digest}", "edit", text=text(content, "text"), reply_to=mid)


def referral(content: Fields, digest: str) -> Fields:
    """Somebody who came back to their thread by an advert or a link, and has said nothing yet."""
    return events.message(f"referral:{digest}", "referral", origin=_origin(content))


def optin(content: Fields, digest: str) -> Fields:
    """Somebody who asked to be written to."""
    given = text(content, "payload") or text(content, "ref")
    origin = {"type": "optin", "id": identifier(content, "ref"), "url": ""}
    return events.message(f"optin:{digest}", "optin", payload=given or None, origin=origin)


def _mid(content: Fields) -> str:
    if not (mid := identifier(content, "mid")):
        raise UnreadableInput("no id")
    return mid


def _shown(content: Fields) -> dict[str, Any]:
    """Its kind, text and attachments."""
    said, attached = text(content, "text"), items(content, "attachments")
    if sticker := _sticker(content, attached):
        return sticker
    found: dict[str, Any] = {"text": said, "attachments": [_attachment(one) for one in attached]}
    return found | _kind(content, found["attachments"])


def _kind(content: Fields, shown: list[Fields]) -> dict[str, Any]:
    if content.get("is_unsupported") is True:
        return {"kind": "unsupported", "original_type": "unsupported"}
    if child(content, "quick_reply"):
        return {"kind": "button"}
    if shown and not (text(content, "text") and shown[0]["kind"] == "link"):
        first = text(items(content, "attachments")[0], "type")
        known = first in FILES or first in LINKS or first == "location"
        return {"kind": shown[0]["kind"]} if known else {"kind": "unsupported", "original_type": first}
    if isinstance(content.get("text"), str):
        return {"kind": "text"}
    return {"kind": "unsupported", "original_type": next((k for k in content if k != "mid"), "")[:64]}


def _sticker(content: Fields, attached: list[Fields]) -> dict[str, Any] | None:
    first = attached[0] if attached else {}
    number = text(content, "sticker_id") or text(child(first, "payload"), "sticker_id")
    if number in THUMBS_UP:
        return {"kind": "sticker", "text": "👍"}
    if text(first, "type") == "like_heart":
        return {"kind": "sticker", "text": "❤️"}
    if number and (url := text(child(first, "payload"), "url")):
        said = text(content, "text")
        return {"kind": "sticker", "text": said, "attachments": [file("sticker", url=url)]}
    return None


def _attachment(told: Fields) -> Fields:
    kind, payload = text(told, "type"), child(told, "payload")
    name = (text(told, "title") or text(payload, "title") or _heading(payload))[: events.MAX_NAME]
    url = text(payload, "url") or text(told, "url")
    if kind == "location":
        return {"kind": "location", "name": name, **_place(child(payload, "coordinates"))}
    if kind in FILES:
        return file(FILES[kind], url=url, name=name)
    return {"kind": "link", "name": name, "link": _link(url)}


def _heading(payload: Fields) -> str:
    """The title of a card's first page."""
    elements = items(payload, "elements") or items(child(payload, "generic"), "elements")
    return text(elements[0], "title") if elements else ""


def _place(spot: Fields) -> dict[str, str]:
    # As strings: DynamoDB takes no floats, and nothing is ever computed from them.
    return {"latitude": str(spot.get("lat", ""))[:32], "longitude": str(spot.get("long", ""))[:32]}


def _link(url: str) -> str:
    """A web page's address; "" for anything else, which nobody shall press."""
    return url if url.startswith(("https://", "http://")) and len(url) <= MAX_LINK else ""


def _story(story: Fields) -> Fields | None:
    """The clinic's own story that somebody answered: no message, so that it cannot be quoted."""
    if not story:
        return None
    return {"type": "story", "id": identifier(story, "id"), "url": _link(text(story, "url"))}


def _origin(told: Fields) -> Fields | None:
    if not told:
        return None
    if product := identifier(child(told, "product"), "id"):
        return {"type": "product", "id": product, "url": ""}
    source = identifier(told, "source")
    return {
        "type": SOURCES.get(source, source.lower() or "referral"),
        "id": identifier(told, "ad_id") or identifier(told, "ref"),
        "url": _link(text(told, "referer_uri")),
    }

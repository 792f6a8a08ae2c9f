"""What a WhatsApp message says, read from one item of `messages[]`. Source: Cloud API webhook reference,
v25.0.

Each kind Meta documents has a reader in KINDS, from the object under the kind's own name to the keys it
adds to the event. A kind we do not know, or one without its object, becomes `unsupported`: kept and shown,
never dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from recado.channels import events, strict_json
from recado.channels.events import Fields, child, file, identifier, items, text
from recado.channels.whatsapp_codes import read_error
from recado.errors import UnreadableInput


def read(message: Fields, name: str, trouble: list[Fields]) -> Fields:
    """The event of one message (see events.py). `name` is the profile's, `trouble` what the value around it
    complains of."""
    event = events.message(
        text(message, "id"),
        "unsupported",
        name=name,
        reply_to=identifier(child(message, "context"), "id") or None,
        origin=_origin(child(message, "referral")),
    )
    event.update(_content(message))
    event.update(_around(message))
    errors = items(message, "errors") or (trouble if event["type"] == "unsupported" else [])
    if errors:
        event["error"] = read_error(errors[0])
    return event


def _content(message: Fields) -> Fields:
    kind = text(message, "type")
    reader, content = KINDS.get(kind), message.get(kind)
    if kind == "request_welcome":
        return {"type": "welcome"}
    if kind == "contacts":
        return _people(items(message, kind))
    if reader is None or not isinstance(content, dict):
        return {"original_type": kind}
    return {"type": kind, **reader(content)}


def _around(message: Fields) -> Fields:
    context = child(message, "context")
    found: Fields = {}
    if context.get("forwarded") is True or context.get("frequently_forwarded") is True:
        found["forwarded"] = True
    if group := identifier(message, "group_id"):
        found["group"] = group
    return found


def _origin(referral: Fields) -> Fields | None:
    if not referral:
        return None
    return {key: text(referral, f"source_{key}") for key in ("type", "id", "url")}


def _media(kind: str) -> Callable[[Fields], Fields]:
    def reader(content: Fields) -> Fields:
        spoken = kind == "audio" and content.get("voice") is True
        actual = "voice" if spoken else kind
        attachment = file(
            actual,
            id=text(content, "id"),
            mime=text(content, "mime_type"),
            sha256=text(content, "sha256"),
            name=text(content, "filename"),
        )
        return {"type": actual, "text": text(content, "caption"), "attachments": [attachment]}

    return reader


def _location(content: Fields) -> Fields:
    place = ", ".join(filter(None, (text(content, "name"), text(content, "address"))))
    # As strings: DynamoDB takes no floats, and nothing is ever computed from them.
    spot = {key: str(content.get(key, "")) for key in ("latitude", "longitude")}
    return {"text": place, "attachments": [{"kind": "location", **spot}]}


def _people(people: list[Fields]) -> Fields:
    cards = [
        {
            "name": text(child(person, "name"), "formatted_name"),
            "phones": [text(phone, "phone") for phone in items(person, "phones")],
        }
        for person in people
    ]
    names = ", ".join(str(card["name"]) for card in cards)
    return {"type": "contacts", "text": names, "attachments": [{"kind": "contacts", "people": cards}]}


def _interactive(content: Fields) -> Fields:
    kind = text(content, "type")
    answer = child(content, kind)
    if kind in ("button_reply", "list_reply"):
        shown = "button" if kind == "button_reply" else "list"
        return {"type": shown, "text": text(answer, "title"), "payload": text(answer, "id")}
    if kind == "nfm_reply":
        return {"type": "form", "text": text(answer, "body"), "form": _form(text(answer, "response_json"))}
    if kind == "call_permission_reply":
        return {"type": "call_permission", "payload": text(answer, "response")}
    return {"type": "unsupported", "original_type": f"interactive {kind}".strip()}


def _form(response: str) -> Fields | None:
    """A Flow's answers: JSON inside a string, and not always. None then; the raw event has the string."""
    try:
        answers = strict_json.load(response.encode())
    except UnreadableInput:
        return None
    return answers if isinstance(answers, dict) else None


def _reaction(content: Fields) -> Fields:
    """An emoji put on one of our messages; taken back when it is empty or missing."""
    return {"text": text(content, "emoji"), "reply_to": identifier(content, "message_id") or None}


def _order(content: Fields) -> Fields:
    rows = items(content, "product_items")
    lines = [f"{text(row, 'quantity')} x {text(row, 'product_retailer_id')}" for row in rows]
    return {"text": text(content, "text"), "attachments": [{"kind": "order", "items": lines}]}


def _system(content: Fields) -> Fields:
    """A person got another number or id: `changed_to` is to be linked with the old one, no second patient."""
    phone = identifier(content, "wa_id") or identifier(content, "new_wa_id")
    user = identifier(content, "user_id")
    now = [("phone", f"+{phone.lstrip('+')}")] if phone else []
    now += [("bsuid", user)] if user else []
    return {"text": text(content, "body"), "payload": text(content, "type"), "changed_to": now}


def _edit(content: Fields) -> Fields:
    inner = {key: value for key, value in _content(child(content, "message")).items() if key != "type"}
    return {**inner, "reply_to": identifier(content, "original_message_id") or None}


KINDS: Final[dict[str, Callable[[Fields], Fields]]] = {
    "text": lambda content: {"text": text(content, "body")},
    **{kind: _media(kind) for kind in ("image", "video", "document", "audio", "sticker")},
    "location": _location,
    "button": lambda content: {"text": text(content, "text"), "payload": text(content, "payload")},
    "interactive": _interactive,
    "reaction": _reaction,
    "order": _order,
    "system": _system,
    "edit": _edit,
    "revoke": lambda content: {"reply_to": identifier(content, "original_message_id") or None},
}

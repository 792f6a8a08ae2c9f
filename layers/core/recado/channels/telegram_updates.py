"""What one update of Telegram says, whichever kind it is. Source: the Bot API's `Update` and what it holds.

A message's id counts in its chat only, so that ours is `<chat>:<message>`. Who writes in a private chat is
answered there; through a business account, under that connection (`<connection>:<chat>`); in a group, in the
group. An update that is about nobody's message is a notice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from recado.channels import Received, events, strict_json
from recado.channels.events import Fields, child, identifier, items, text, time_if_any
from recado.channels.telegram_messages import content
from recado.channels.traits import ALL_PURPOSES
from recado.errors import UnreadableInput

DEEP_LINK: Final = "/start "
"""Before the words of a link (t.me/<bot>?start=…), which tell where somebody came from."""


def read(body: bytes, channel: str, account: str) -> Received:
    """The event of an update to the bot `account`. Raises UnreadableInput."""
    update = strict_json.load(body)
    number = identifier(update, "update_id") if isinstance(update, dict) else ""
    if not number or not account:
        raise UnreadableInput("not an update to a bot")
    name = next((key for key in update if key != "update_id"), "")
    reader, held = READERS.get(name), child(update, name)
    told = (reader(held, number) if reader else None) or _notice(name, held)
    key = f"{channel}/{account}/{told.kind}/{number}"
    return told._replace(channel=channel, account=account, key=key, raw=update)


def _told(person: Fields, chat: str, at: object, event: Fields) -> Received:
    """A message of `person` in `chat`; who received it, and under which key, is added by `read`."""
    user = identifier(person, "id")
    identities = [("telegram", user)] if user else []
    return Received("", "", "message", "", chat, identities, time_if_any(at), event, {})


def _notice(name: str, held: Fields) -> Received:
    person = child(held, "from") or child(held, "user")
    event = {"type": name[: events.MAX_ID], "name": "", "provider_id": ""}
    chat = identifier(child(held, "chat"), "id") or identifier(person, "id")
    return _told(person, chat, held.get("date"), event)._replace(kind="notice")


def _message(held: Fields, _number: str) -> Received | None:
    """A message of a person; what a channel or another bot says in a group is a notice."""
    person, chat = child(held, "from"), child(held, "chat")
    provider_id = _id(held)
    if not identifier(person, "id") or not provider_id or person.get("is_bot") is True:
        return None
    said = content(held)
    event = events.message(
        provider_id,
        str(said.pop("kind")),
        name=_name(person),
        reply_to=_id(child(held, "reply_to_message"), chat) or None,
        origin=_origin(text(held, "text")),
        **({"forwarded": True} if "forward_date" in held or "forward_origin" in held else {}),
        **({"group": identifier(chat, "id")} if text(chat, "type") in ("group", "supergroup") else {}),
        **said,
    )
    told = _told(person, _address(held), held.get("date"), event)
    return told._replace(identities=[*told.identities, *_own_number(held, person)])


def _edited(held: Fields, number: str) -> Received | None:
    """What a message says now: a message of its own, which names the one that it changes."""
    told = _message(held, number)
    if told is None:
        return None
    changed = {"type": "edit", "provider_id": f"{_id(held)}:{number}", "reply_to": _id(held)}
    at = time_if_any(held.get("edit_date")) or told.at
    return told._replace(at=at, event={**told.event, **changed})


def _by_business(
    read_as: Callable[[Fields, str], Received | None],
) -> Callable[[Fields, str], Received | None]:
    """Written to, or by, the person whose business account the bot serves: theirs are no patient's."""

    def reader(held: Fields, number: str) -> Received | None:
        told = read_as(held, number)
        chat = identifier(child(held, "chat"), "id")
        if told is None or identifier(child(held, "from"), "id") == chat:
            return told
        event = {**told.event, "reference": None, "name": _name(child(held, "chat"))}
        return told._replace(kind="echo", identities=[("telegram", chat)], event=event)

    return reader


def _pressed(held: Fields, _number: str) -> Received | None:
    """A button under one of our messages, of which an old one is there by its id only. It tells no time."""
    person, shown = child(held, "from"), child(held, "message")
    pressed = identifier(held, "id")
    if not identifier(person, "id") or not pressed:
        return None
    payload = text(held, "data") or text(held, "game_short_name")
    event = events.message(
        f"callback:{pressed}",
        "button",
        text=_title(shown, payload) or payload,
        name=_name(person),
        payload=payload or None,
        reply_to=_id(shown) or None,
    )
    return _told(person, _address(shown) or identifier(person, "id"), None, event)


def _reacted(held: Fields, number: str) -> Received | None:
    """An emoji put on a message; taken back where there is no new one."""
    person, provider_id = child(held, "user"), _id(held)
    if not identifier(person, "id") or not provider_id:
        return None
    emoji = next((text(one, "emoji") for one in items(held, "new_reaction")), "")
    event = events.message(
        f"{provider_id}:{number}", "reaction", text=emoji, name=_name(person), reply_to=provider_id
    )
    return _told(person, _address(held), held.get("date"), event)


def _member(held: Fields, _number: str) -> Received | None:
    """Somebody blocked the bot, or takes it back; what happens to it in groups is a notice."""
    before, now = (text(child(held, f"{when}_chat_member"), "status") for when in ("old", "new"))
    if text(child(held, "chat"), "type") != "private" or not identifier(child(held, "from"), "id"):
        return None
    if now == "kicked":
        event = events.consent("stop", ALL_PURPOSES, "my_chat_member kicked")
    elif now == "member" and before == "kicked":
        event = events.consent("start", ALL_PURPOSES, "my_chat_member member")
    else:
        return None
    return _told(child(held, "from"), _address(held), held.get("date"), event)._replace(kind="consent")


READERS: Final[dict[str, Callable[[Fields, str], Received | None]]] = {
    "message": _message,
    "edited_message": _edited,
    "business_message": _by_business(_message),
    "edited_business_message": _by_business(_edited),
    "callback_query": _pressed,
    "message_reaction": _reacted,
    "my_chat_member": _member,
}
"""By the kind of update; what a reader has nothing to say of, and any other, is a notice."""


def _id(message: Fields, chat: Fields | None = None) -> str:
    """Ours of a message; "" where it is not told."""
    place = identifier(child(message, "chat") or chat or {}, "id")
    number = identifier(message, "message_id")
    return f"{place}:{number}" if place and number else ""


def _address(held: Fields) -> str:
    """What to answer to."""
    chat, connection = identifier(child(held, "chat"), "id"), identifier(held, "business_connection_id")
    return f"{connection}:{chat}" if connection and chat else chat


def _name(person: Fields) -> str:
    return " ".join(filter(None, (text(person, "first_name"), text(person, "last_name"))))


def _origin(said: str) -> Fields | None:
    if not said.startswith(DEEP_LINK) or not (payload := said.removeprefix(DEEP_LINK).strip()):
        return None
    return {"type": "link", "id": payload[: events.MAX_ID], "url": ""}


def _own_number(held: Fields, person: Fields) -> list[tuple[str, str]]:
    """Of a card that says it is the sender's own; anybody may send anybody else's."""
    card = child(held, "contact")
    digits = identifier(card, "phone_number").removeprefix("+")
    own = identifier(card, "user_id") == identifier(person, "id")
    return [("phone", f"+{digits}")] if own and digits.isascii() and digits.isdigit() else []


def _title(shown: Fields, payload: str) -> str:
    """What stood on the button."""
    rows = child(shown, "reply_markup").get("inline_keyboard")
    buttons = [one for row in rows if isinstance(row, list) for one in row] if isinstance(rows, list) else []
    fits = (one for one in buttons if isinstance(one, dict) and one.get("callback_data") == payload)
    return next((text(one, "text") for one in fits), "")

"""Webhooks of Messenger and Instagram, which have one form. Source: Meta, Messenger Platform.

A POST may mix several pages, and an item of `standby` is a message like one of `messaging`: another app has
the thread, the patient wrote to the clinic all the same. Each item stands on its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final, NamedTuple

from recado.channels import Received, Unreadable, strict_json
from recado.channels import events as form
from recado.channels import meta_contents as contents
from recado.channels.events import Fields, child, identifier, text, time_if_any
from recado.errors import UnreadableInput

OBJECTS: Final = {"messenger": "page", "instagram": "instagram"}
"""Channel → what Meta calls the object of its webhooks."""
LISTS: Final = ("messaging", "standby", "changes")
MAX_STAMP: Final = 40
"""Characters of a time stamp that is a text."""
AROUND: Final = frozenset({"sender", "recipient", "timestamp"})
"""What stands beside an item's content."""
WISHES: Final = {"STOP_NOTIFICATIONS": "stop", "RESUME_NOTIFICATIONS": "start"}
"""What somebody wants who had asked for marketing messages."""
USER_REF: Final = "ref:"
"""Before the id of somebody whom Meta knows only by a checkbox on a web page."""


class Setting(NamedTuple):
    """What stands around an item in the body."""

    channel: str
    account: str
    standby: bool
    time: object


Reader = Callable[[Setting, Fields, Fields], Received]


def read_body(channel: str, body: bytes) -> list[Received | Unreadable]:
    """Every event of a body; never raises."""
    return form.collected(
        channel, body, lambda raw: (e for entry in _entries(channel, raw) for e in _entry(channel, entry))
    )


def _entries(channel: str, body: bytes) -> list[Any]:
    told = strict_json.load(body)
    if not isinstance(told, dict) or told.get("object") != OBJECTS[channel]:
        raise UnreadableInput(f"not a document of {channel}")
    entries = told.get("entry")
    if not isinstance(entries, list):
        raise UnreadableInput("entry is not a list")
    return entries


def _entry(channel: str, entry: Any) -> Iterator[Received | Unreadable]:
    found = [name for name in LISTS if entry.get(name)] if isinstance(entry, dict) else []
    if not found:
        yield form.unreadable(channel, "an entry without events", entry)
    for name in found:
        stamp = entry.get("time") if identifier(entry, "time") else None
        setting = Setting(channel, identifier(entry, "id"), name == "standby", stamp)
        listed = entry[name] if isinstance(entry[name], list) else [entry[name]]
        for item in (one for many in listed for one in _single(many)):
            yield form.isolated(channel, setting.account, item, partial(_read, setting))


def _single(item: Any) -> Iterator[Any]:
    """An item for each message that was delivered: each is an event of its own."""
    delivery = child(item, "delivery") if isinstance(item, dict) else {}
    mids = delivery.get("mids")
    if not isinstance(mids, list) or not mids:
        yield item
        return
    yield from ({**item, "delivery": {**delivery, "mids": [mid]}} for mid in mids)


def _read(setting: Setting, item: Fields) -> Received:
    if not setting.account:
        raise UnreadableInput("no account")
    kind = next((one for one in READERS if isinstance(item.get(one), dict)), None)
    return READERS[kind](setting, item, item[kind]) if kind else _notice(setting, item)


def _said(setting: Setting, item: Fields, event: Fields) -> Received:
    """A message of the other person's, or one of the page's own (an echo)."""
    sender, ours = child(item, "sender"), _is_ours(setting, item)
    address = _address(child(item, "recipient") if ours else sender)
    if not address:
        raise UnreadableInput("a message without a sender")
    kind: form.Said = "echo" if ours else "message"
    return Received(
        channel=setting.channel,
        account=setting.account,
        kind=kind,
        key=f"{setting.channel}/{setting.account}/{kind}/{event['provider_id']}",
        sender=address,
        identities=[(setting.channel, address)],
        at=_at(setting, item),
        event={**event, **({"standby": True} if setting.standby else {})},
        raw=item,
    )


def _is_ours(setting: Setting, item: Fields) -> bool:
    by_page = identifier(child(item, "sender"), "id") == setting.account
    return by_page or child(item, "message").get("is_echo") is True


def _address(person: Fields) -> str:
    """Their page-scoped id; where Meta knows none yet, its name for them."""
    reference = identifier(person, "user_ref")
    return identifier(person, "id") or (f"{USER_REF}{reference}" if reference else "")


def _message(setting: Setting, item: Fields, content: Fields) -> Received:
    event = contents.message(content)
    if _is_ours(setting, item):
        event["reference"] = identifier(content, "metadata") or None
    return _said(setting, item, event)


def _postback(setting: Setting, item: Fields, content: Fields) -> Received:
    return _said(setting, item, contents.postback(content, form.digest(item)))


def _reaction(setting: Setting, item: Fields, content: Fields) -> Received:
    return _said(setting, item, contents.reaction(content, form.digest(item)))


def _edit(setting: Setting, item: Fields, content: Fields) -> Received:
    return _said(setting, item, contents.edit(content, form.digest(item)))


def _referral(setting: Setting, item: Fields, content: Fields) -> Received:
    return _said(setting, item, contents.referral(content, form.digest(item)))


def _optin(setting: Setting, item: Fields, content: Fields) -> Received:
    """Somebody asked for messages, on a web page or in the thread, or wants no more of them."""
    if wish := WISHES.get(text(content, "notification_messages_status")):
        return _consent(setting, item, "stop" if wish == "stop" else "start")
    known = child(item, "sender") or {"user_ref": content.get("user_ref")}
    return _said(setting, {**item, "sender": known}, contents.optin(content, form.digest(item)))


def _consent(setting: Setting, item: Fields, action: form.Wish) -> Received:
    evidence = text(child(item, "optin"), "notification_messages_status")
    told = _notice(setting, item)
    key = f"{setting.channel}/{setting.account}/consent/{form.digest(item)}"
    return told._replace(kind="consent", key=key, event=form.consent(action, ["marketing"], evidence))


def _delivery(setting: Setting, item: Fields, content: Fields) -> Received:
    mids = content.get("mids")
    mid = identifier({"mid": mids[0]}, "mid") if isinstance(mids, list) and mids else ""
    return _receipt(setting, item, "delivered", mid, content)


def _seen(setting: Setting, item: Fields, content: Fields) -> Received:
    return _receipt(setting, item, "read", identifier(content, "mid"), content)


def _receipt(setting: Setting, item: Fields, status: str, mid: str, content: Fields) -> Received:
    """Of one message; or of all until a moment, which Meta calls the watermark."""
    told = _notice(setting, item)
    until = time_if_any(content.get("watermark"))
    if not mid and not until:
        raise UnreadableInput("a receipt of no message")
    what = mid or f"until/{told.sender}/{until}"
    return told._replace(
        kind="receipt",
        key=f"{setting.channel}/{setting.account}/receipt/{what}/{status}",
        event=form.receipt(mid, status, until=None if mid else until),
    )


def _notice(setting: Setting, item: Fields) -> Received:
    """Anything that we do not know, or that says nothing of a message."""
    name = identifier(item, "field") or next((key for key in item if key not in AROUND), "")
    address = _address(child(item, "recipient" if _is_ours(setting, item) else "sender"))
    return Received(
        channel=setting.channel,
        account=setting.account,
        kind="notice",
        key=f"{setting.channel}/{setting.account}/notice/{form.digest(item)}",
        sender=address,
        identities=[(setting.channel, address)] if address else [],
        at=_time(setting, item),
        event={"type": name[: form.MAX_NAME], "name": "", "provider_id": ""},
        raw=item,
    )


def _at(setting: Setting, item: Fields) -> str:
    if not (at := _time(setting, item)):
        raise UnreadableInput("no time stamp")
    return at


def _time(setting: Setting, item: Fields) -> str:
    """The item's own, else the time at which Meta put the body together; "" for neither."""
    stamps = (item.get("timestamp"), setting.time)
    return next(filter(None, (time_if_any(one) or _time_of_text(one) for one in stamps)), "")


def _time_of_text(stamp: object) -> str:
    """Of ISO 8601, as some test payloads have it."""
    if not isinstance(stamp, str) or len(stamp) > MAX_STAMP or "T" not in stamp:
        return ""
    try:
        at = datetime.fromisoformat(stamp)
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{at.replace(tzinfo=None).isoformat(timespec='seconds')}Z" if at.year in form.YEARS else ""


READERS: Final[dict[str, Reader]] = {
    "message": _message,
    "postback": _postback,
    "reaction": _reaction,
    "message_edit": _edit,
    "referral": _referral,
    "optin": _optin,
    "delivery": _delivery,
    "read": _seen,
}
"""By what an item holds. Any other is a notice."""

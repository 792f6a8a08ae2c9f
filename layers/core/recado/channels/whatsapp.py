"""WhatsApp through Meta's Cloud API, v25.0: webhooks in, messages out.

A POST may mix several businesses' numbers: each event stands on its own, with its own account. An event
that cannot be read becomes Unreadable and leaves its neighbours alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from recado.channels import Outgoing, Received, Sent, Unreadable, meta, strict_json
from recado.channels import whatsapp_people as people
from recado.channels.whatsapp_codes import read_error
from recado.channels.whatsapp_messages import Fields, child, identifier, items, read, text
from recado.errors import UnreadableInput

if TYPE_CHECKING:
    from recado.channels.http import Http

NAME: Final = "whatsapp"
PROVIDER: Final = "meta"
STATUSES: Final = frozenset({"sent", "delivered", "read", "played", "failed"})
MAX_EVENT: Final = 200_000
"""Bytes as JSON of one event and our reading of it: together they fit one queue message (256 KB) and, as a
message's text, reading and raw form, one row of the database (400 KB)."""
MAX_GROWTH: Final = 10
"""No event takes more times the bytes of its body: a character at most three times, written as \\uXXXX, and
what is read of it is there at most three times."""
MAX_EVENTS: Final = 2000
"""In one body. Meta: up to 1000 updates are sent together."""
MILLISECONDS: Final = 10**12
"""Time stamps at or above are in milliseconds, below in seconds."""
YEARS: Final = range(2009, 2101)

verify = meta.verify
handshake = meta.handshake


class Setting(NamedTuple):
    """What stands around an event in the body."""

    business: str
    account: str
    field: str
    time: object
    contacts: dict[str, Fields]
    errors: list[Fields]


Reader = Callable[[Setting, Fields], Received]


def parse(body: bytes) -> list[Received | Unreadable]:
    """Every event of a verified body, in its order; never raises."""
    try:
        events = _events(body)
    except UnreadableInput as error:
        return [Unreadable(NAME, str(error), body, None)]
    return events if len(body) * MAX_GROWTH <= MAX_EVENT else [_bounded(event) for event in events]


def send(account: str, credentials: Mapping[str, str], outgoing: Outgoing, http: Http) -> Sent:
    """Send one message from the number `account`. Raises SendFailed with the outcome of the code table."""
    from recado.channels import whatsapp_send  # noqa: PLC0415 - keeps the webhook's import small

    return whatsapp_send.send(account, credentials, outgoing, http)


def _events(body: bytes) -> list[Received | Unreadable]:
    found = (event for entry in _entries(body) for event in _entry(entry))
    events = list(islice(found, MAX_EVENTS + 1))
    if len(events) > MAX_EVENTS:
        raise UnreadableInput(f"more than {MAX_EVENTS} events")
    return events


def _entries(body: bytes) -> list[Any]:
    document = strict_json.load(body)
    if not isinstance(document, dict) or document.get("object") != "whatsapp_business_account":
        raise UnreadableInput("not a WhatsApp document")
    entries = document.get("entry")
    if not isinstance(entries, list):
        raise UnreadableInput("entry is not a list")
    return entries


def _entry(entry: Any) -> Iterator[Received | Unreadable]:
    changes = entry.get("changes") if isinstance(entry, dict) else None
    if not isinstance(changes, list):
        yield _unreadable("an entry without changes", entry)
        return
    for change in changes:
        if isinstance(change, dict) and isinstance(change.get("value"), dict):
            yield from _change(entry, change)
        else:
            yield _unreadable("a change without a value", change)


def _change(entry: Fields, change: Fields) -> Iterator[Received | Unreadable]:
    value = change["value"]
    setting = Setting(
        business=identifier(entry, "id"),
        account=identifier(child(value, "metadata"), "phone_number_id"),
        field=identifier(change, "field"),
        time=entry.get("time") if identifier(entry, "time") else None,
        contacts=people.index(items(value, "contacts")),
        errors=items(value, "errors"),
    )
    found = [(key, reader) for key, reader in LISTS.get(setting.field, {}).items() if value.get(key)]
    if not found:
        yield _isolated(_notice, setting, {"id": setting.business, "time": setting.time, **change})
    for key, reader in found:
        listed = value[key] if isinstance(value[key], list) else [value[key]]
        yield from (_isolated(reader, setting, item) for item in listed)


def _isolated(reader: Reader, setting: Setting, item: Any) -> Received | Unreadable:
    if not isinstance(item, dict):
        return _unreadable("an event that is no object", item, setting.account)
    try:
        return reader(setting, item)
    except UnreadableInput as error:
        return _unreadable(str(error), item, setting.account)


def _message(setting: Setting, message: Fields) -> Received:
    account, provider_id = _account(setting), _id(message)
    contact = people.contact(setting.contacts, message)
    identities = people.sender(message, contact)
    if not identities:
        raise UnreadableInput("a message without a sender")
    return Received(
        channel=NAME,
        account=account,
        kind="message",
        key=f"{NAME}/{account}/message/{provider_id}",
        sender=people.address(identities),
        identities=identities,
        at=_time(message.get("timestamp")),
        event=read(message, text(child(contact, "profile"), "name"), setting.errors),
        raw=message,
    )


def _receipt(setting: Setting, status: Fields) -> Received:
    state, errors = text(status, "status"), items(status, "errors")
    if state not in STATUSES:
        return _notice(setting, status)
    account, provider_id = _account(setting), _id(status)
    error = read_error(errors[0]) if errors else None
    participant = _participant(status)
    parts = (provider_id, state, str(error["code"]) if error else "", participant)
    identities = people.recipient(status)
    return Received(
        channel=NAME,
        account=account,
        kind="receipt",
        key=f"{NAME}/{account}/receipt/" + "/".join(filter(None, parts)),
        sender=people.address(identities) or identifier(status, "recipient_id"),
        identities=identities,
        at=_time(status.get("timestamp")),
        event={
            "provider_id": provider_id,
            "status": state,
            "reference": identifier(status, "biz_opaque_callback_data") or None,
            "error": error,
        },
        raw=status,
    )


def _participant(status: Fields) -> str:
    """Who in a group this is about."""
    user = identifier(status, "recipient_participant_user_id")
    return user or identifier(status, "recipient_participant_id")


def _notice(setting: Setting, item: Fields) -> Received:
    """Anything that is neither a message nor a receipt: for operators and for later rules."""
    account = setting.account or setting.business
    if not account:
        raise UnreadableInput("a notice without an account")
    identities = people.known(("phone", text(item, "wa_id")), ("bsuid", text(item, "user_id")))
    identities = identities or people.recipient(item)
    digest = hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()[:32]
    return Received(
        channel=NAME,
        account=account,
        kind="notice",
        key=f"{NAME}/{account}/notice/{setting.field}/{digest}",
        sender=people.address(identities),
        identities=identities,
        at=_time_if_any(item.get("timestamp") or setting.time),
        event=_told(setting, item),
        raw=item,
    )


def _told(setting: Setting, item: Fields) -> Fields:
    value = child(item, "value")
    name = text(value, "event") or text(item, "event") or text(item, "status")
    return {
        "type": setting.field,
        "name": name,
        "provider_id": "" if value else identifier(item, "id"),
        **{key: text(item, key) for key in ("category", "value") if text(item, key)},
    }


def _echo(setting: Setting, message: Fields) -> Received:
    """A message the clinic typed in WhatsApp's own app, or one of its history: not a patient's message."""
    notice = _notice(setting, message)
    said = read(message, "", [])
    identities = people.known(("phone", text(message, "to")), ("bsuid", text(message, "to_user_id")))
    identities = identities or people.sender(message, {})
    return notice._replace(
        sender=people.address(identities), identities=identities, event={**notice.event, "message": said}
    )


LISTS: Final[dict[str, dict[str, Reader]]] = {
    "messages": {"messages": _message, "statuses": _receipt, "errors": _notice},
    "calls": {"calls": _notice, "statuses": _notice},
    "smb_message_echoes": {"message_echoes": _echo},
    "history": {"messages": _echo},
    "user_preferences": {"user_preferences": _notice},
}
"""Under each field, the lists whose items are events of their own. Any other field is one notice."""


def _account(setting: Setting) -> str:
    if not setting.account:
        raise UnreadableInput("no phone_number_id")
    return setting.account


def _id(item: Fields) -> str:
    if not (provider_id := identifier(item, "id")):
        raise UnreadableInput("no id")
    return provider_id


def _time(stamp: object) -> str:
    """UNIX seconds or milliseconds, a string or a number → ISO 8601 in UTC."""
    digits = str(stamp) if isinstance(stamp, str | int) else ""
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 16):
        raise UnreadableInput("no time stamp")
    whole = int(digits)
    milliseconds = whole if whole >= MILLISECONDS else whole * 1000
    seconds, rest = divmod(milliseconds, 1000)
    try:
        at = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000, tzinfo=None)
    except (ValueError, OverflowError, OSError):
        raise UnreadableInput("no time stamp") from None
    if at.year not in YEARS:
        raise UnreadableInput("no time stamp")
    return at.isoformat(timespec="milliseconds" if rest else "seconds") + "Z"


def _time_if_any(stamp: object) -> str:
    try:
        return _time(stamp)
    except UnreadableInput:
        return ""


def _bounded(event: Received | Unreadable) -> Received | Unreadable:
    if isinstance(event, Unreadable) or len(json.dumps(event._asdict())) <= MAX_EVENT:
        return event
    return _unreadable("an event over the limit", event.raw, event.account)


def _unreadable(reason: str, item: Any, account: str = "") -> Unreadable:
    return Unreadable(NAME, reason, json.dumps(item).encode(), account or None)

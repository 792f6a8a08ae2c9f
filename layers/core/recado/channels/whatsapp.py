"""WhatsApp through Meta's Cloud API, v25.0: webhooks in, messages out.

A POST may mix several businesses' numbers: each event stands on its own, with its own account. An event
that cannot be read becomes Unreadable and leaves its neighbours alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from recado.channels import (
    File,
    Need,
    Outgoing,
    Person,
    Received,
    Request,
    Sent,
    Traits,
    Unreadable,
    Wire,
    accepted,
    meta,
    strict_json,
)
from recado.channels import events as form
from recado.channels import whatsapp_people as people
from recado.channels.events import Fields, child, identifier, items, text, time, time_if_any
from recado.channels.whatsapp_codes import read_error
from recado.channels.whatsapp_messages import read
from recado.channels.whatsapp_notices import notice
from recado.errors import UnreadableInput

NAME: Final = "whatsapp"
PROVIDER: Final = "meta"
TRAITS: Final = Traits(
    systems=("phone", "bsuid"),
    max_text=4096,
    window_hours=24,
    templates=True,
    media=frozenset({"image", "video", "document", "audio"}),
    wordless=frozenset({"audio"}),
    # Meta's limits: 80 messages a second, one in 6 s to one person with 45 at once.
    per_second=80,
    burst=80,
    recipient_s=6,
    recipient_burst=45,
    needs=(Need("access_token"), Need("business_account", secret=False, optional=True)),
    family="whatsapp",
    stops={"131050": ("marketing",)},  # no more marketing from this business
)

verify = meta.verify
handshake = meta.handshake
reply = accepted


class Setting(NamedTuple):
    """What stands around an event in the body."""

    business: str
    account: str
    field: str
    time: object
    contacts: dict[str, Fields]
    errors: list[Fields]


Reader = Callable[[Setting, Fields], Received]


def parse(request: Request) -> list[Received | Unreadable]:
    """Every event of a verified body, in its order; never raises."""
    return read_body(request.body)


def read_body(body: bytes, channel: str = NAME) -> list[Received | Unreadable]:
    """Every event of a body in Meta's form, whoever carried it here as `channel`; never raises."""
    found = form.collected(NAME, body, lambda raw: (e for entry in _entries(raw) for e in _entry(entry)))
    return found if channel == NAME else [_carried(event, channel) for event in found]


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Send one message from the number `account`. Raises SendFailed with the outcome of the code table."""
    from recado.channels import whatsapp_send  # noqa: PLC0415 - keeps the webhook's import small

    return whatsapp_send.send(account, credentials, outgoing, wire.http)


def fetch(account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """A file that somebody sent to the number. Raises SendFailed."""
    from recado.channels import whatsapp_send  # noqa: PLC0415

    return whatsapp_send.fetch(credentials, attachment, wire.http)


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask Meta for the number. Raises SendFailed."""
    from recado.channels import whatsapp_send  # noqa: PLC0415

    whatsapp_send.check(account, credentials, wire.http)


def sample(account: str, person: Person, said: str, at: str) -> Request:
    """A webhook in which `person` writes `said`."""
    from recado.channels import whatsapp_sample  # noqa: PLC0415

    return whatsapp_sample.text(account, person, said, at)


def _carried(event: Received | Unreadable, channel: str) -> Received | Unreadable:
    """The same event as another channel's, whose keys are its own."""
    if isinstance(event, Unreadable):
        return event._replace(channel=channel)
    return event._replace(channel=channel, key=f"{channel}{event.key.removeprefix(NAME)}")


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
        yield form.unreadable(NAME, "an entry without changes", entry)
        return
    for change in changes:
        if isinstance(change, dict) and isinstance(change.get("value"), dict):
            yield from _change(entry, change)
        else:
            yield form.unreadable(NAME, "a change without a value", change)


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
    return form.isolated(NAME, setting.account, item, lambda one: reader(setting, one))


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
        at=time(message.get("timestamp")),
        event=read(message, text(child(contact, "profile"), "name"), setting.errors),
        raw=message,
    )


def _receipt(setting: Setting, status: Fields) -> Received:
    state, errors = text(status, "status"), items(status, "errors")
    if state not in form.STATUSES:
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
        at=time(status.get("timestamp")),
        event=form.receipt(
            provider_id, state, reference=identifier(status, "biz_opaque_callback_data"), error=error
        ),
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
    return Received(
        channel=NAME,
        account=account,
        kind="notice",
        key=f"{NAME}/{account}/notice/{setting.field}/{form.digest(item)}",
        sender=people.address(identities),
        identities=identities,
        at=time_if_any(item.get("timestamp") or setting.time),
        event=notice(setting.field, item),
        raw=item,
    )


def _preference(setting: Setting, item: Fields) -> Received:
    """Somebody stopped marketing messages in WhatsApp itself, or takes them again."""
    told, value = _notice(setting, item), text(item, "value")
    if value not in WISHES or not told.identities:
        return told
    key = f"{NAME}/{_account(setting)}/consent/{form.digest(item)}"
    event = form.consent(WISHES[value], ["marketing"], f"user_preferences {value}")
    return told._replace(kind="consent", key=key, event=event)


def _echo(setting: Setting, message: Fields) -> Received:
    """A message the clinic typed in WhatsApp's own app; of its history, also one that is not addressed: it is
    the other person's."""
    account, provider_id = _account(setting), _id(message)
    historic = setting.field == "history"
    addressed = people.known(("phone", text(message, "to")), ("bsuid", text(message, "to_user_id")))
    identities = addressed or (people.sender(message, {}) if historic else [])
    kind: form.Said = "echo" if addressed else "message"
    if not identities:
        raise UnreadableInput("an echo of a message to nobody")
    return Received(
        channel=NAME,
        account=account,
        kind=kind,
        key=f"{NAME}/{account}/{kind}/{provider_id}",
        sender=people.address(identities),
        identities=identities,
        at=time(message.get("timestamp")),
        event={**read(message, "", []), **({"historic": True} if historic else {})},
        raw=message,
    )


WISHES: Final[dict[str, form.Wish]] = {"stop": "stop", "resume": "start", "signup": "start"}
"""What a person's preference about marketing says → what it asks for."""

LISTS: Final[dict[str, dict[str, Reader]]] = {
    "messages": {"messages": _message, "statuses": _receipt, "errors": _notice},
    "calls": {"calls": _notice, "statuses": _notice},
    "smb_message_echoes": {"message_echoes": _echo},
    "history": {"messages": _echo},
    "user_preferences": {"user_preferences": _preference},
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

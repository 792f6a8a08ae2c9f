"""E-mail through Amazon SES: what comes in lies in our bucket, and a topic tells of it and of what we sent.

The notification has no content: the mail is read after the answer (actions/open_mail.py), by
email_content.py. An account is the clinic's address, in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

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
    email_events,
    email_received,
    sns,
    strict_json,
)
from recado.channels import events as form
from recado.channels.events import Fields, child, items, text
from recado.errors import UnreadableInput

NAME: Final = email_events.NAME
PROVIDER: Final = "aws"
TRAITS: Final = Traits(
    systems=("email",),
    max_text=100_000,
    media=frozenset({"image", "video", "audio", "document"}),
    # Source: SES developer guide, "Service quotas": what a new account may send.
    per_second=14,
    burst=14,
    threads=True,
    needs=(
        Need("thread_key", made=True),
        Need("configuration_set", secret=False, optional=True),
    ),
)

verify = sns.verify
handshake = sns.handshake
reply = accepted


def parse(request: Request) -> list[Received | Unreadable]:
    """Every event of a verified notification; never raises."""
    return form.collected(NAME, request.body, _events)


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Send one mail from the clinic's address. Raises SendFailed."""
    from recado.channels import email_send  # noqa: PLC0415 - keeps the webhook's import small

    return email_send.send(account, credentials, outgoing, wire)


def fetch(account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """One part of a mail in our bucket, by its id `<object>#<place>`. Raises SendFailed."""
    from recado.channels import email_fetch  # noqa: PLC0415

    return email_fetch.fetch(attachment, wire)


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask SES whether the clinic's address may send. Raises SendFailed."""
    from recado.channels import email_send  # noqa: PLC0415

    email_send.check(account, wire)


def sample(account: str, person: Person, said: str, at: str) -> Request:
    """A notification in which `person` writes `said`, with the mail in it."""
    from recado.channels import email_sample  # noqa: PLC0415

    return email_sample.text(account, person, said, at)


def _events(body: bytes) -> Iterator[Received | Unreadable]:
    document = strict_json.load(body)
    if not isinstance(document, dict):
        raise UnreadableInput("not a notification of SES")
    # A receipt rule that calls a function, instead of a topic, wraps it once more.
    invoked = [child(one, "ses") for one in items(document, "Records")]
    for told in invoked or [document]:
        yield from _event(told)


def _event(document: Fields) -> Iterator[Received | Unreadable]:
    kind = text(document, "eventType") or text(document, "notificationType")
    if kind == "Received" or (not kind and child(document, "receipt")):
        yield from email_received.read(document)
    elif kind and child(document, "mail"):
        yield from email_events.read(kind, document)
    else:
        raise UnreadableInput("not a notification of SES")

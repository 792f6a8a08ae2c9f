"""What SES tells of a mail that came in: who wrote to which of our addresses, and where the mail lies.

The tenant is known by the envelope's recipients, never by the To header; the sender is who From names, and
proven only where DMARC is. Source: Amazon SES, developer guide, notifications for email receiving.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from typing import Any, Final

from recado.channels import Received, Unreadable, email_headers, email_thread
from recado.channels import events as form
from recado.channels.email_events import NAME, instant
from recado.channels.email_headers import ADDRESS, MAX_ADDRESS, Header
from recado.channels.events import Fields, child, identifier, items, text
from recado.errors import UnreadableInput

MAX_RECIPIENTS: Final = 100
"""SES takes as many for one mail."""


def read(document: Fields) -> Iterator[Received | Unreadable]:
    """One event for each of our addresses that the mail came to. Raises UnreadableInput."""
    provider_id = identifier(child(document, "mail"), "messageId")
    recipients = _recipients(child(document, "receipt").get("recipients"))
    if not provider_id or not recipients:
        raise UnreadableInput("a mail without an id" if not provider_id else "a mail to nobody")
    for account, tag in recipients.items():
        yield form.isolated(NAME, account, document, lambda one, to=account, by=tag: _mail(one, to, by))  # type: ignore[misc]


def _recipients(listed: Any) -> dict[str, str]:
    """Account → the tag behind the plus of the address, if any."""
    told = listed[:MAX_RECIPIENTS] if isinstance(listed, list) else []
    known = [
        one for one in told if isinstance(one, str) and ADDRESS.fullmatch(one) and len(one) <= MAX_ADDRESS
    ]
    found: dict[str, str] = {}
    for account, tag in map(email_thread.split, known):
        found[account] = found.get(account) or tag
    return found


def _mail(document: Fields, account: str, tag: str) -> Received:
    mail, receipt = child(document, "mail"), child(document, "receipt")
    headers, written = _headers(mail), _from(mail)
    name, address = email_headers.sender(written or text(mail, "source"))
    event = _message(mail, receipt, headers) | {"name": name, "tag": tag}
    why = _not_a_patient(receipt, account, address)
    provider_id = identifier(mail, "messageId")
    proven = _verdict(receipt, "dmarcVerdict") == "PASS" and _is_sure(mail, headers, written, address)
    return Received(
        channel=NAME,
        account=account,
        kind="notice" if why else "message",
        key=f"{NAME}/{account}/{'notice' if why else 'message'}/{provider_id}",
        sender=address,
        identities=[("email" if proven else "unverified_email", address)] if address else [],
        at=instant(mail.get("timestamp")),
        event={"type": why, "name": "", "provider_id": provider_id} if why else _opened(document, event),
        raw=document,
    )


def _message(mail: Fields, receipt: Fields, headers: Sequence[Header]) -> Fields:
    common = child(mail, "commonHeaders")
    ids = email_thread.message_ids(text(common, "messageId"))
    answers = [
        one
        for name in ("references", "in-reply-to")
        for told in email_headers.values(headers, name)
        for one in email_thread.message_ids(told)
    ]
    return form.message(
        identifier(mail, "messageId"),
        "text",
        subject=email_headers.words(text(common, "subject")),
        message_id=ids[0] if ids else "",
        reply_to=email_thread.ours(answers),
        # Nobody answers what may be spam, either: who is named in it need not have sent it.
        automatic=email_headers.is_automatic(headers) or _verdict(receipt, "spamVerdict") == "FAIL",
    )


def _opened(document: Fields, event: Fields) -> Fields:
    """Where the mail lies in our bucket is told; what came with the notification is read at once."""
    action = child(child(document, "receipt"), "action")
    if stored := _object(action):
        return {**event, "content": {"object": stored}}
    if not (content := text(document, "content")):
        return {**event, "text": event["subject"], "error": {"code": "no_content"}}
    from recado.channels import email_content  # noqa: PLC0415 - only where a topic brings whole mails

    return email_content.filled(event, email_content.read(_raw(content, text(action, "encoding"))), "")


def stored_at(document: Fields) -> str:
    """The object that the mail of a notification lies in, or ""."""
    return _object(child(child(document, "receipt"), "action"))


def _object(action: Fields) -> str:
    """S3 takes names of up to 1024 bytes."""
    return (
        text(action, "objectKey")
        if text(action, "type") == "S3" and len(text(action, "objectKey")) <= 1024
        else ""
    )


def _raw(content: str, encoding: str) -> bytes:
    if encoding.upper() != "BASE64":
        return content.encode()
    try:
        return base64.b64decode(content)
    except (binascii.Error, ValueError):
        raise UnreadableInput("a mail that is not Base64") from None


def _not_a_patient(receipt: Fields, account: str, address: str) -> str:
    """Why this is no message of a patient's, if it is none: it is kept, and nobody is told of it."""
    if _verdict(receipt, "virusVerdict") == "FAIL":
        return "virus"
    return "own" if address == account else "" if address else "no_sender"


def _headers(mail: Fields) -> list[Header]:
    return [(text(one, "name"), text(one, "value")) for one in items(mail, "headers")]


def _from(mail: Fields) -> str:
    """From as SES gives it; it leaves it out of what it shortens least."""
    told = child(mail, "commonHeaders").get("from")
    first = told[0] if isinstance(told, list) and told else ""
    return first if isinstance(first, str) and first else email_headers.value(_headers(mail), "from")


def _is_sure(mail: Fields, headers: Sequence[Header], written: str, address: str) -> bool:
    """Whether it is beyond doubt whom DMARC has proven: one From, with one address in it."""
    told = child(mail, "commonHeaders").get("from")
    listed = told if isinstance(told, list) else []
    alone = len(email_headers.values(headers, "from")) <= 1 and len(listed) <= 1
    return bool(address) and alone and email_headers.is_plain(written, address)


def _verdict(receipt: Fields, name: str) -> str:
    return text(child(receipt, name), "status")

"""WhatsApp by Twilio's Programmable Messaging. An account is a number (digits), or a messaging service."""

from __future__ import annotations

from collections.abc import Mapping
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
    twilio,
    twilio_messages,
)

NAME: Final = "twilio_whatsapp"
PROVIDER: Final = ""
TRAITS: Final = Traits(
    # The window and the rate are WhatsApp's own.
    systems=("phone", "bsuid"),
    max_text=1600,
    window_hours=24,
    templates=True,
    media=frozenset({"image", "video", "document", "audio"}),
    per_second=80,
    burst=80,
    recipient_s=6,
    recipient_burst=45,
    needs=(
        # Twilio signs with the token of the account that owns the number, and names that account.
        Need("account_sid", secret=False, verifies="account_sids"),
        Need("auth_token", verifies="auth_tokens"),
        Need("messaging_service_sid", secret=False, optional=True),
        # Each `name/language=HX…`: what Twilio calls a template that Meta has approved.
        Need("content_sids", secret=False, optional=True, many=True),
    ),
    family="whatsapp",
    stops=twilio.STOPS,
)

verify = twilio.verify
handshake = twilio.handshake
reply = twilio.reply


def parse(request: Request) -> list[Received | Unreadable]:
    """The one event of a verified request; never raises."""
    return twilio_messages.parse(request, NAME)


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Send one message from the number or service `account`. Raises SendFailed by Twilio's codes."""
    from recado.channels import twilio_send  # noqa: PLC0415 - keeps the webhook's import small

    return twilio_send.send(NAME, account, credentials, outgoing, wire.http)


def fetch(_account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """A file that somebody sent to the number. Raises SendFailed."""
    from recado.channels import twilio_send  # noqa: PLC0415

    return twilio_send.fetch(credentials, attachment, wire.http)


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask Twilio for the account at it. Raises SendFailed."""
    from recado.channels import twilio_send  # noqa: PLC0415

    twilio_send.check(NAME, account, credentials, wire.http)


def sample(account: str, person: Person, text: str, at: str) -> Request:
    """A webhook in which `person` writes `text`."""
    from recado.channels import twilio_sample  # noqa: PLC0415

    return twilio_sample.message(NAME, account, person, text, at)

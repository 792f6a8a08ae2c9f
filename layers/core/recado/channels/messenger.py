"""Messenger: what people write to a clinic's page, and what it answers. The account is the page's id.

Source: Meta, Messenger Platform. Free text for 24 hours after the person's last message, and a person of the
clinic may write for seven days. There are no templates: after that nothing goes.
"""

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
    accepted,
    meta,
    meta_messaging,
)

NAME: Final = "messenger"
PROVIDER: Final = "meta"
MAX_TEXT: Final = 2000
"""Characters."""
TRAITS: Final = Traits(
    systems=("messenger",),
    max_text=MAX_TEXT,
    window_hours=24,
    staff_window_hours=7 * 24,
    media=frozenset({"image", "video", "audio", "document"}),
    wordless=frozenset({"image", "video", "audio", "document"}),
    # Source: Meta's "Messenger Platform rate limits": above 40 a second the page's own inbox stops.
    per_second=40,
    burst=40,
    needs=(Need("access_token"),),
)

verify = meta.verify
handshake = meta.handshake
reply = accepted


def parse(request: Request) -> list[Received | Unreadable]:
    """Every event of a verified body, in its order; never raises."""
    return meta_messaging.read_body(NAME, request.body)


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, wire: Wire) -> Sent:
    """Send one message, once. Raises SendFailed with the outcome of the code table."""
    from recado.channels import meta_send  # noqa: PLC0415 - keeps the webhook's import small

    meta_send.refuse_longer(len(outgoing.text), MAX_TEXT)
    return meta_send.send(credentials, outgoing, TRAITS.media, wire.http)


def fetch(account: str, credentials: Mapping[str, Any], attachment: Mapping[str, Any], wire: Wire) -> File:
    """A file that somebody sent to the page. Raises SendFailed."""
    from recado.channels import meta_send  # noqa: PLC0415

    return meta_send.fetch(attachment, wire.http)


def check(account: str, credentials: Mapping[str, Any], wire: Wire) -> None:
    """Ask Meta whose the token is. Raises SendFailed."""
    from recado.channels import meta_send  # noqa: PLC0415

    meta_send.check(account, credentials, "id", wire.http)


def sample(account: str, person: Person, said: str, at: str) -> Request:
    """A webhook in which `person` writes `said`."""
    from recado.channels import meta_sample  # noqa: PLC0415

    return meta_sample.text(NAME, account, person, said, at)

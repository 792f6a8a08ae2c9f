"""A notice to a clinic's own system: signed as the Standard Webhooks specification says, and posted once.

Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md: the signature is over
`<webhook-id>.<webhook-timestamp>.<body>`; while a secret is changed there is one for each that is live.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets as randomness
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from recado.channels.http import Http
from recado.errors import Misconfigured

PREFIX: Final = "whsec_"
"""Begins a secret as people and libraries write it; after it come its bytes in base 64."""

SECRET_BYTES: Final = 32
"""The specification asks for 24 to 64."""


class Said(NamedTuple):
    """The receiver's answer: its HTTP status, and how long it asks us to wait (seconds)."""

    status: int
    retry_after: float | None = None

    @property
    def taken(self) -> bool:
        """Whether it has the notice."""
        return 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether it wants no more notices, ever."""
        return self.status == 410


def new_secret() -> str:
    """A secret for a subscription."""
    return PREFIX + base64.b64encode(randomness.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, at: int, body: bytes) -> str:
    """One signature of a message; `at` in seconds since 1970. Raises Misconfigured for what is no secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except ValueError:
        raise Misconfigured("This is no webhook secret.") from None
    signed = b".".join((message_id.encode(), str(at).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


class Message(NamedTuple):
    """What is posted; `at` in seconds since 1970."""

    id: str
    at: int
    payload: Mapping[str, Any]


def post(http: Http, url: str, secrets: Iterable[str], message: Message) -> Said:
    """POST a message once, signed with each secret. Raises SendFailed where there is no answer, or the
    address leads inside."""
    body = json.dumps(message.payload, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "content-type": "application/json",
        "user-agent": "Recado",
        "webhook-id": message.id,
        "webhook-timestamp": str(message.at),
        "webhook-signature": " ".join(signature(one, message.id, message.at, body) for one in secrets),
    }
    answer = http.post_anywhere(url, body, headers)
    return Said(answer.status, _seconds(answer.headers.get("retry-after")))


def _seconds(told: str | None) -> float | None:
    """Retry-After in seconds; a date, which is its other form, is not worth reading."""
    return float(told) if told and told.isascii() and told.isdecimal() and len(told) < 9 else None

"""What Meta's channels share: the signature of a webhook, and the handshake that subscribes it.

Source: Meta's "Webhooks: Getting Started". Meta signs the bytes on the wire, ASCII with `\\uXXXX` and
`\\/`; a body that was parsed and written again never fits. There is no time stamp in it: a replay is caught
by the event's key.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from recado.channels import Request, Secrets
from recado.channels.traits import live
from recado.errors import Forged

HEADER: Final = "x-hub-signature-256"
SIGNATURE: Final = re.compile(r"sha256=([0-9a-f]{64})")
MAX_CHALLENGE: Final = 1024


def verify(request: Request, secrets: Secrets) -> None:
    """Raise Forged unless the body carries a signature by one of the live app secrets."""
    match = SIGNATURE.fullmatch(request.headers.get(HEADER, ""))
    # Every secret is tried, fitting or not, so that the time taken does not tell which one fits.
    fits = [match is not None and _fits(match[1], key, request.body) for key in live(secrets, "app_secrets")]
    if not any(fits):
        raise Forged


def handshake(request: Request, secrets: Secrets) -> str:
    """The challenge to answer with, as text/plain (it is the caller's text, never HTML). Raises Forged."""
    query = request.query
    challenge = query.get("hub.challenge", "")
    expected = secrets.get("verify_token")
    given = query.get("hub.verify_token", "")
    if not isinstance(expected, str) or not expected.strip():
        raise Forged
    known = hmac.compare_digest(_bytes(given), _bytes(expected))
    if not known or query.get("hub.mode") != "subscribe" or not 0 < len(challenge) <= MAX_CHALLENGE:
        raise Forged
    return challenge


def sign(body: bytes, secret: str) -> str:
    """The header's value for `body`: what Meta computes, for whoever plays Meta."""
    return f"sha256={hmac.new(_bytes(secret), body, hashlib.sha256).hexdigest()}"


def _fits(signature: str, secret: str, body: bytes) -> bool:
    return hmac.compare_digest(f"sha256={signature}", sign(body, secret))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

"""A chat visitor's token: a name that we gave, and when, under our signature.

`v1.<visitor>.<UNIX seconds>.<HMAC-SHA256, base 16>`. It is good for one account's chat only, and says nothing
of who the visitor is: whoever holds it goes on with that conversation.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets as randomness
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from recado.errors import Forged

TOKEN: Final = re.compile(r"v1\.(v[a-z2-7]{20})\.([0-9]{10})\.([0-9a-f]{64})?")
LIFE_S: Final = 180 * 24 * 3600
"""A token ends so long after it was issued; each new greeting issues one anew."""
AHEAD_S: Final = 300
"""So far may the clocks of two gateways be apart."""


def new() -> str:
    """A visitor's name that cannot be guessed: 100 random bits in base 32."""
    return "v" + base64.b32encode(randomness.token_bytes(13))[:20].decode().lower()


def issued(visitor: str, account: str, key: str, at: str) -> str:
    """A token for a visitor of this account's chat, as of `at` (ISO 8601)."""
    seconds = int(datetime.fromisoformat(at).timestamp())
    return f"v1.{visitor}.{seconds}.{_signature(visitor, account, str(seconds), key)}"


def verify(token: str, account: str, keys: Sequence[str], at: str) -> str:
    """Whose token it is. Raises Forged for one that is not ours, of another account, or too old at `at`."""
    match = TOKEN.fullmatch(token)
    visitor, seconds, signature = (match[1], match[2], match[3] or "") if match else ("", "0", "")
    # Every key is tried, fitting or not, so that the time taken does not tell which one fits.
    fits = [hmac.compare_digest(signature, _signature(visitor, account, seconds, key)) for key in keys]
    if match is None or not any(fits) or not _is_current(int(seconds), at):
        raise Forged
    return visitor


def named(token: str) -> str:
    """The visitor that a token names, signed or not; "" where it names none."""
    match = TOKEN.fullmatch(token)
    return match[1] if match else ""


def _is_current(seconds: int, at: str) -> bool:
    try:
        age = datetime.fromisoformat(at).timestamp() - seconds
    except ValueError:
        return False
    return -AHEAD_S <= age <= LIFE_S


def _signature(visitor: str, account: str, seconds: str, key: str) -> str:
    told = "\n".join(("recado visitor v1", account, visitor, seconds))
    return hmac.new(key.encode(), told.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

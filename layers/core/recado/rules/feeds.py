"""The secret in a calendar's address."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from recado.model.feed import Feed

LONGEST: Final = 64
"""Characters of a secret; more are not looked at."""


def digest(secret: str) -> str:
    """As it is kept: who reads the table cannot read a calendar."""
    return hashlib.sha256(secret.encode()).hexdigest()


def opens(feed: Feed | None, secret: str) -> bool:
    """Whether this is the secret of a calendar."""
    return feed is not None and hmac.compare_digest(feed.digest, digest(secret[:LONGEST]))

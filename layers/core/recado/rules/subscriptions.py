"""Where a clinic may have its changes sent to."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from recado.errors import Conflict, Invalid
from recado.model.subscription import Subscription

MOST: Final = 5
"""Subscriptions of a clinic: each is one row more in the transaction of every change (DynamoDB: 100)."""

LONGEST: Final = 500
"""Characters of an address."""

_HOST: Final = re.compile(
    r"(?=.{4,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


def address(url: str) -> str:
    """A subscriber's address. Raises Invalid (`url`) unless it is https at a public name's usual port,
    plainly written: no credentials, no number for a host, no fragment (OWASP, SSRF).

    Where the name leads is seen each time that something is sent (channels.http).
    """
    wrong = "Give an address like https://ehr.example/recado: https, a host name, no user and no port."
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or re.search(r"[\s\\#]", url):
        raise Invalid("url", wrong)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Invalid("url", wrong) from None
    plain = parts.scheme == "https" and "@" not in parts.netloc and port in (None, 443)
    if not plain or not is_name(parts.hostname or ""):
        raise Invalid("url", wrong)
    return url


def is_name(host: str) -> bool:
    """Whether this is a host's name with a domain, and not an address in any spelling."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return _HOST.fullmatch(host) is not None and not host.endswith((".local", ".internal", ".localhost"))
    return False


def refuse_many(known: list[Subscription]) -> None:
    """Raises Conflict when a clinic has as many as it may."""
    if len(known) >= MOST:
        raise Conflict(f"A clinic has at most {MOST} subscriptions.")

"""How an answer by e-mail finds what it answers: ids in its headers, and a signed plus-address.

Our Reply-To is `local+<token>@domain`. The token is a signature over the clinic's address and the person's:
who writes to it has seen a mail of ours to that person, which proves as much as DMARC would.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

MAX_LOCAL: Final = 64
"""Characters before the @ (RFC 5321, section 4.5.3.1.1)."""
TOKEN: Final = re.compile(r"[a-z2-7]{26}")
MESSAGE_ID: Final = re.compile(r"<([^<>\s]{1,256})>")
SES_DOMAIN: Final = re.compile(r"(?:email|[a-z]{2}(?:-[a-z]+)+-[0-9])\.amazonses\.com")
"""SES names what it sends `<id@REGION.amazonses.com>`, in us-east-1 `<id@email.amazonses.com>`."""
PREVIOUS: Final = "previous"
"""Where the credentials before the present ones are, while both are good."""


def split(address: str) -> tuple[str, str]:
    """An address that somebody wrote to → the account, in lower case, and the tag behind its plus."""
    local, _, domain = address.lower().rpartition("@")
    name, _, tag = local.partition("+")
    return f"{name}@{domain}", tag


def reply_address(credentials: Mapping[str, Any], account: str, address: str) -> str:
    """Where an answer of this person should go; "" without a key, or where it would be too long."""
    key = credentials.get("thread_key")
    local, _, domain = account.rpartition("@")
    if not isinstance(key, str) or not key.strip():
        return ""
    tagged = f"{local}+{_token(key, account, address)}"
    return f"{tagged}@{domain}" if len(tagged) <= MAX_LOCAL else ""


def proves(credentials: Mapping[str, Any], account: str, address: str, tag: str) -> bool:
    """Whether this tag was made for this person: by the present key, or by the one before it."""
    held = (credentials, credentials.get(PREVIOUS))
    keys = [one.get("thread_key") for one in held if isinstance(one, Mapping)]
    fits = [
        hmac.compare_digest(_token(key, account, address), tag)
        for key in keys
        if isinstance(key, str) and key.strip()
    ]
    return any(fits)


def is_token(tag: str) -> bool:
    """Whether it looks like one: people have tags of their own."""
    return TOKEN.fullmatch(tag) is not None


def message_ids(header: str) -> list[str]:
    """The ids in In-Reply-To or References, each once, without their brackets; whatever stands between."""
    return list(dict.fromkeys(MESSAGE_ID.findall(header)))


def ours(ids: Iterable[str]) -> str | None:
    """The provider's id of the last of these mails that SES sent, or none."""
    sent = (one.rpartition("@") for one in ids)
    known = [local for local, _, domain in sent if SES_DOMAIN.fullmatch(domain.lower())]
    return known[-1] if known else None


def reference(provider_id: str, region: str) -> str:
    """What goes into a header for one of our mails, or for somebody else's, whose id has an @ already."""
    if "@" in provider_id:
        return f"<{provider_id.strip('<>')}>"
    return f"<{provider_id}@{'email' if region == 'us-east-1' else region}.amazonses.com>"


def _token(key: str, account: str, address: str) -> str:
    signed = json.dumps([account.lower(), address.lower()]).encode()
    digest = hmac.new(key.encode(), signed, hashlib.sha256).digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()

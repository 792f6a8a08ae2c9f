"""What Twilio's channels share: a webhook's signature, its form, and the answer it wants.

Source: Twilio's "Webhooks Security". Signed are the address as Twilio called it
and the form's fields, with the auth token of the account that owns the number; there is no time stamp in it,
so that a replay is caught by the event's key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote_to_bytes, urlsplit

from recado.channels import Reply, Request, Secrets
from recado.channels.strict_json import clean
from recado.channels.traits import ALL_PURPOSES, live
from recado.errors import Forged, UnreadableInput

HEADER: Final = "x-twilio-signature"
STOPS: Final = {"21610": ALL_PURPOSES}
"""The number has sent STOP."""
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
MAX_FIELDS: Final = 1000
"""Of a form. Twilio's longest have some tens."""


def verify(request: Request, secrets: Secrets) -> None:
    """Raise Forged unless a live auth token signed the address and the body, for an account of ours."""
    given = request.headers.get(HEADER, "").encode("utf-8", "surrogatepass")
    try:
        signed, addresses = _signed(request), _addresses(request.url)
        named = form(request.body).get("AccountSid", "") if "account_sids" in secrets else ""
    except (ValueError, UnreadableInput):
        raise Forged from None
    # Every token is tried with every address, so that the time taken does not tell which one fits.
    fits = [
        hmac.compare_digest(given, signature(address + signed, token).encode())
        for token in live(secrets, "auth_tokens")
        for address in addresses
    ]
    if not any(fits) or ("account_sids" in secrets and named not in _account_sids(secrets)):
        raise Forged


def handshake(_request: Request, _secrets: Secrets) -> str:
    """Twilio checks no address beforehand. Raises Forged."""
    raise Forged


def reply(_request: Request, _secrets: Secrets) -> Reply:
    """No message in answer: what we say, we send."""
    return Reply(text="<Response/>", kind="text/xml")


def signature(signed: bytes, token: str) -> str:
    """The header's value for an address with its fields: what Twilio computes, for whoever plays Twilio."""
    key = token.encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.new(key, signed, hashlib.sha1).digest()).decode()


def signed_fields(body: bytes) -> bytes:
    """A form as it is signed: the names in order, behind each its different values in order."""
    values: dict[bytes, set[bytes]] = {}
    for name, value in _pairs(body):
        values.setdefault(name, set()).add(value)
    return b"".join(name + value for name in sorted(values) for value in sorted(values[name]))


def form(body: bytes) -> dict[str, str]:
    """The fields of a form, cleaned; of a repeated one the first. Raises UnreadableInput."""
    fields: dict[str, str] = {}
    for name, value in _pairs(body):
        fields.setdefault(_text(name), _text(value))
    return fields


def _signed(request: Request) -> bytes:
    """What is signed beside the address. Raises Forged.

    JSON is signed by its hash, in the address; whoever signs that signs no field. A GET has no body.
    """
    digests = parse_qs(urlsplit(request.url).query).get("bodySHA256", [])
    if request.method == "GET":
        body = b""
        if request.body:
            raise Forged
    elif not digests:
        return signed_fields(request.body)
    else:
        body = request.body
    actual = hashlib.sha256(body).hexdigest().encode()
    if not all(hmac.compare_digest(one.lower().encode("utf-8", "replace"), actual) for one in digests):
        raise Forged
    return b""


def _addresses(url: str) -> list[bytes]:
    """The address as it is configured, with its scheme's usual port, and with none: Twilio signs any."""
    whole = url.partition("#")[0]
    parts = urlsplit(whole)
    host = parts.netloc.rpartition("@")[2]
    bare = host[: -len(f":{parts.port}")] if parts.port is not None else host
    ported = f"{bare}:{DEFAULT_PORTS.get(parts.scheme, '')}"
    hosts = dict.fromkeys((host, bare, *([ported] if parts.port is None else [])))
    return [_at(whole, parts, one).encode("utf-8", "surrogatepass") for one in hosts]


def _at(url: str, parts: SplitResult, host: str) -> str:
    """The same address at another host and port; not taken apart and built again, which could change it."""
    old = parts.netloc.rpartition("@")[2]
    return url.replace(f"{parts.netloc}", f"{parts.netloc[: len(parts.netloc) - len(old)]}{host}", 1)


def _pairs(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and value of each field, in bytes: what is no UTF-8 was signed as it is."""
    pairs = [one for one in body.split(b"&", MAX_FIELDS) if one]
    if len(pairs) > MAX_FIELDS:
        raise UnreadableInput("too many fields")
    for pair in pairs:
        name, _, value = pair.replace(b"+", b" ").partition(b"=")
        yield unquote_to_bytes(name), unquote_to_bytes(value)


def _text(value: bytes) -> str:
    return clean(value.decode("utf-8", "replace"))


def _account_sids(secrets: Secrets) -> list[str]:
    """The accounts at Twilio whose events are taken, where the setting names any."""
    given = secrets.get("account_sids")
    listed = [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else []
    return [sid for sid in listed if isinstance(sid, str) and sid.strip()]

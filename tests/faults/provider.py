"""A provider in memory: takes what is sent, or does as a fault tells it. One per stage."""

from __future__ import annotations

import json
from collections import Counter, deque
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import urllib3
from recado.channels import pinned
from recado.channels.twilio_messages import REFERENCE
from urllib3.exceptions import ConnectTimeoutError, ReadTimeoutError

URL = "http://127.0.0.1:9"
"""Where the provider seems to be; nothing is ever sent there."""


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Provider:
    """`taken` holds every request that had an effect; `refuses` the error codes for the next ones."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.refuses: deque[int] = deque()

    def fresh(self) -> None:
        """Forget everything."""
        self.taken.clear()
        self.refuses.clear()

    def copies(self) -> Counter[str]:
        """How often each of our communications reached it, by our reference."""
        return Counter(one["biz_opaque_callback_data"] for one in self.taken)

    def provider_id(self, number: int) -> str:
        """The id that it gave to the `number`-th message it took (from 1)."""
        return f"wamid.out.{number}"

    def file(self, url: str, status: int) -> pinned.Fetched:
        """A picture that somebody sent by WhatsApp, or where it is."""
        if status != 200:
            return pinned.Fetched(status, {}, b"{}")
        if "lookaside.fbsbx.com" in url:
            return pinned.Fetched(200, {"content-type": "image/png"}, PICTURE)
        where = {"url": "https://lookaside.fbsbx.com/m1", "mime_type": "image/png"}
        return pinned.Fetched(200, {}, json.dumps(where).encode())

    def mail(self, raw: bytes) -> str:
        """Amazon SES takes a mail; the id that it gives to it."""
        tags = {one["Name"]: one["Value"] for one in json.loads(raw)["EmailTags"]}
        self.taken.append({"biz_opaque_callback_data": tags["reference"]})
        return self.provider_id(len(self.taken))

    def call(self, raw: bytes) -> str:
        """Amazon Connect calls somebody; the id that it gives to the call, the same again for a token that it
        knows, since it rings still."""
        told = json.loads(raw)
        reference = {"biz_opaque_callback_data": told["Attributes"]["reference"]}
        if reference not in self.taken:
            self.taken.append(reference)
        return f"call-{told['ClientToken']}"

    def answer(
        self, url: str, raw: bytes, fault: str | None
    ) -> tuple[urllib3.HTTPResponse | Exception, bool]:
        """What the caller sees, and whether the fault befell the request."""
        if fault == "lost_request":
            return ConnectTimeoutError(None, "made up"), True
        if fault == "throttled":
            return _response(429, {"error": {"code": 130429}}), True
        if self.refuses:
            return _response(400, {"error": {"code": self.refuses.popleft()}}), False
        self.taken.append(_read(url, raw))
        if fault == "lost_response":
            return ReadTimeoutError(urllib3.HTTPConnectionPool("127.0.0.1"), url, "made up"), True
        own_id = self.provider_id(len(self.taken))
        told: dict[str, Any] = {"messages": [{"id": own_id}], "sid": own_id}
        answers: dict[str, tuple[int, dict[str, Any]]] = {
            "http500_after": (500, {}),
            "soft": (200, {"messages": []}),
        }
        return _response(*answers.get(fault or "", (200, told))), fault in answers


def _read(url: str, raw: bytes) -> dict[str, Any]:
    """What Meta is sent, or Twilio: to that our reference goes within the address that it calls back."""
    if "/api.twilio.com/" not in url:
        return dict(json.loads(raw))
    called_back = parse_qs(urlsplit(parse_qs(raw.decode())["StatusCallback"][0]).query)
    return {"biz_opaque_callback_data": called_back[REFERENCE][0]}


def _response(status: int, document: dict[str, Any]) -> urllib3.HTTPResponse:
    body = BytesIO(json.dumps(document).encode())
    return urllib3.HTTPResponse(body=body, status=status, preload_content=False)

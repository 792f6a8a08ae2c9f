"""Sending by WhatsApp's Cloud API: what an answer means. whatsapp_body.py says what goes into the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit

from recado.channels import File, Outgoing, Sent
from recado.channels.events import identifier, items, text
from recado.channels.http import Answer, Http
from recado.channels.meta_graph import (
    GRAPH_URL,
    authorised,
    download,
    error_of,
    failure,
    number,
    refused_check,
)
from recado.channels.whatsapp_body import request_body
from recado.channels.whatsapp_codes import outcome, wait_s
from recado.errors import SendFailed

FILES: Final = "lookaside.fbsbx.com"
"""Where Meta keeps files; it wants the token, and no other host is shown it."""

MAX_NUMBERS: Final = 200
"""Of one business, of which Meta allows 20 at first and seldom more than 100."""


def send(account: str, credentials: Mapping[str, Any], outgoing: Outgoing, http: Http) -> Sent:
    """POST the message once. Raises SendFailed; without a token, or over a limit, nothing leaves."""
    url = f"{GRAPH_URL}/{quote(account, safe='')}/messages"
    answer = http.post_json(url, request_body(outgoing), authorised(credentials))
    if (error := error_of(answer)) is not None:
        raise _failure(error, answer)
    messages = items(answer.json(), "messages")
    if not (provider_id := text(messages[0], "id") if messages else ""):
        raise SendFailed("unknown", "The provider accepted the request but named no message.")
    return Sent(provider_id)


def fetch(credentials: Mapping[str, Any], attachment: Mapping[str, Any], http: Http) -> File:
    """A file by its id: first where it is (for five minutes), then the file. Raises SendFailed."""
    token = authorised(credentials)
    found = http.get(f"{GRAPH_URL}/{quote(str(attachment['id']), safe='')}", token)
    if (error := error_of(found)) is not None:
        raise _failure(error, found)
    url = text(found.json(), "url")
    file = download(url, token if urlsplit(url).hostname == FILES else {}, http)
    return file._replace(mime=text(found.json(), "mime_type") or file.mime)


def check(account: str, credentials: Mapping[str, Any], http: Http) -> None:
    """Ask for the number's own entry, and whether the business is the number's. Raises SendFailed."""
    _checked(f"{quote(account, safe='')}?fields=verified_name,quality_rating", credentials, http)
    if not (business := str(credentials.get("business_account") or "")):
        return
    path = f"{quote(business, safe='')}/phone_numbers?fields=id&limit={MAX_NUMBERS}"
    numbers = items(_checked(path, credentials, http).json(), "data")
    if account not in {identifier(one, "id") for one in numbers}:
        raise SendFailed(
            "fix_account", "The business account has no such number.", provider_code="another_account"
        )


def _checked(path: str, credentials: Mapping[str, Any], http: Http) -> Answer:
    answer = http.get(f"{GRAPH_URL}/{path}", authorised(credentials))
    if (error := error_of(answer)) is not None:
        code = number(error)
        raise refused_check(answer, code, outcome(code, answer.status))
    return answer


def _failure(error: Mapping[str, Any], answer: Answer) -> SendFailed:
    code = number(error)
    return failure(answer, code, outcome(code, answer.status), wait_s(code))

"""Meta's Graph API as all its channels ask it: the address, the token, and what an answer means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from recado.channels import File
from recado.channels.events import Fields, child
from recado.errors import Outcome, SendFailed

if TYPE_CHECKING:
    from recado.channels.http import Answer, Http

GRAPH_URL: Final = "https://graph.facebook.com/v25.0"
MAX_FILE: Final = 25 * 1024 * 1024
"""Bytes, as of any channel (rules.files)."""


def authorised(credentials: Mapping[str, Any]) -> dict[str, str]:
    """The header with the token. Raises SendFailed `fix_account` without one: nothing leaves."""
    token = credentials.get("access_token", "")
    if not token:
        raise SendFailed("fix_account", "No access token is stored for this account.")
    return {"authorization": f"Bearer {token}"}


def error_of(answer: Answer) -> Fields | None:
    """The error in an answer, be it under HTTP 200; an empty one where only the status tells of it."""
    document = answer.json()
    if "error" in document or not 200 <= answer.status < 300:
        return child(document, "error")
    return None


def number(error: Mapping[str, Any], key: str = "code") -> int | None:
    """A code of an error."""
    code = error.get(key)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def failure(answer: Answer, code: int | None, outcome: Outcome, wait: float | None = None) -> SendFailed:
    """What is raised of an error. Never the provider's own words: they may repeat the number or the text."""
    told = f"The provider answered HTTP {answer.status}, code {code}."
    seconds = answer.headers.get("retry-after", "")
    asked = float(seconds) if re.fullmatch(r"[0-9]{1,6}", seconds) else None
    return SendFailed(outcome, told, provider_code=code, retry_after=asked or wait)


def by_status(status: int) -> Outcome:
    """What an answer without a code allows."""
    if status == 429:
        return "retry"
    # Accepted without an id, or given up after it may have been read.
    if status in (200, 408) or status >= 500:
        return "unknown"
    if status in (401, 403, 404) or status < 400:
        return "fix_account"
    return "fix_request"


def download(url: str, headers: Mapping[str, str], http: Http) -> File:
    """The file at `url`. Raises SendFailed: `retry`, or for good."""
    answer = http.get(url, headers, MAX_FILE + 1)
    if answer.status in (408, 429) or answer.status >= 500:
        raise SendFailed("retry", f"The file's host answered HTTP {answer.status}.")
    if answer.status != 200:
        raise SendFailed("fix_request", f"The file is not there: HTTP {answer.status}.")
    if len(answer.body) > MAX_FILE:
        raise SendFailed("fix_request", "The file is too large.")
    return File(answer.body, answer.headers.get("content-type", "").partition(";")[0].strip())


def refused_check(answer: Answer, code: int | None, outcome: Outcome) -> SendFailed:
    """What a trial of an account tells a clinic's administrator."""
    told = {
        "retry": "Meta is busy. Please try again in a few minutes.",
        "unknown": "Meta does not answer as it should. Please try again in a few minutes.",
        "fix_request": "Meta knows no such account for this token. Are the account's id and the token right?",
    }.get(outcome, "Meta does not accept the access token. Please connect the account again.")
    return SendFailed(outcome, f"{told} (HTTP {answer.status}, code {code})", provider_code=code)

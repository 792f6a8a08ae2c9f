"""The one module that opens sockets to a provider: hosts on a list, time-outs, no redirects, bounded answers.

Whatever goes wrong is told as SendFailed, and the difference that matters is kept: before the first byte was
written the message is certainly *not sent* (`retry`); after that, without an answer, it is `unknown`.

On a laptop (STAGE "local") every provider is one fake on loopback: PROVIDERS_URL stands before the host, so
that https://graph.facebook.com/v25.0/… is asked of <PROVIDERS_URL>/graph.facebook.com/v25.0/….
"""

from __future__ import annotations

import functools
import json
import os
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlencode, urlsplit

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError

from recado.channels import pinned
from recado.errors import Outcome, SendFailed

PROVIDERS: Final = frozenset(
    {
        "graph.facebook.com",
        "api.twilio.com",
        "api.telegram.org",
        "challenges.cloudflare.com",
        "api.hcaptcha.com",
    }
)
"""Where messages are sent, and files asked for, with credentials."""
FILES: Final = (
    re.compile(r"(lookaside|cdn)\.fbsbx\.com"),
    re.compile(r"([a-z0-9-]{1,63}\.)+(fbcdn\.net|cdninstagram\.com)"),
    re.compile(r"(mms|media)\.twiliocdn\.com"),
)
"""Where providers keep files that people sent; whole hosts. No label of a name is longer (RFC 1035)."""
BUCKET: Final = "https://s3-external-1.amazonaws.com/media.twiliocdn.com/"
"""Where Twilio's redirects may lead; all else of that host is anybody's."""
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
CONNECT_S: Final = 3.0
READ_S: Final = 10.0
MAX_ANSWER: Final = 1_048_576
"""Bytes. A provider's answer to a send is some hundred."""


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as a JSON object; an empty one when it is anything else."""
        try:
            document = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}


class Http:
    """A pool of connections to the providers' hosts.

    `local` is the URL under which, on a laptop only, all providers are found; it is ignored unless it is
    loopback. Time-outs are in seconds.
    """

    def __init__(
        self,
        local: str = "",
        *,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        total_s: float = pinned.TOTAL_S,
    ) -> None:
        self._total_s = total_s
        self._local = local.rstrip("/") if urlsplit(local).hostname in LOOPBACK else ""
        self._pool = urllib3.PoolManager(
            num_pools=4,
            maxsize=4,
            retries=False,
            timeout=urllib3.Timeout(connect=connect_s, read=read_s),
        )

    def post_json(self, url: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        """POST JSON once. Any HTTP status is an Answer; no answer is SendFailed (`retry` or `unknown`)."""
        payload = json.dumps(body, separators=(",", ":")).encode()
        return self.request("POST", url, payload, {**headers, "content-type": "application/json"})

    def post_form(self, url: str, fields: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """POST a form (urlencoded) once; otherwise like `post_json`."""
        kind = "application/x-www-form-urlencoded"
        return self.request("POST", url, urlencode(fields).encode(), {**headers, "content-type": kind})

    def get(self, url: str, headers: Mapping[str, str], limit: int = MAX_ANSWER) -> Answer:
        """GET once, from a public address only (pinned.py). At most `limit` bytes of the body are read.

        Any HTTP status is an Answer, a redirect too; no answer in time is SendFailed `retry`. SendFailed
        `fix_account` for a host that is not on the list, `fix_request` for one that leads into a network.
        """
        if not may_reach(url):
            raise SendFailed("fix_account", "This host is not on the list of providers.")
        fetch = pinned.get_locally if self._local else pinned.get
        with _told():
            return Answer(*fetch(self._found(url), headers, limit, total_s=self._total_s))

    def post_anywhere(self, url: str, body: bytes, headers: Mapping[str, str], limit: int = 4096) -> Answer:
        """POST once to an address that a clinic has given (see rules.subscriptions): at a public address
        only, with nothing of ours but what `headers` and `body` hold. Follows no redirect.

        Any HTTP status is an Answer. SendFailed `fix_request` for what is no https address, or leads into a
        network; `retry` for no answer in time: it may have arrived, and whoever calls must bear that.
        """
        if not is_plain(url):
            raise SendFailed("fix_request", "This is no plain https address.")
        send = pinned.post_locally if self._local else pinned.post
        with _told():
            return Answer(*send(self._found(url), body, headers, limit, total_s=self._total_s))

    def request(
        self,
        method: str,
        url: str,
        payload: bytes | None,
        headers: Mapping[str, str],
        limit: int = MAX_ANSWER,
    ) -> Answer:
        """Ask a provider once; a file is asked for by `get`.

        A host that is not on the list is SendFailed `fix_account`: nothing leaves, and an operator must look.
        """
        if not may_reach(url):
            raise SendFailed("fix_account", "This host is not on the list of providers.")
        try:
            return self._ask(method, self._found(url), payload, headers, limit)
        except (HTTPError, OSError) as error:
            outcome: Outcome = "retry" if _never_connected(error) else "unknown"
            # An error of urllib3 may name the address, which for some providers holds a token.
            raise SendFailed(outcome, f"No answer: {type(error).__name__}.") from None

    def _found(self, url: str) -> str:
        return f"{self._local}/{url.removeprefix('https://')}" if self._local else url

    def _ask(
        self, method: str, url: str, payload: bytes | None, headers: Mapping[str, str], limit: int
    ) -> Answer:
        response = self._pool.request(
            method, url, body=payload, headers=headers, redirect=False, preload_content=False
        )
        answer = Answer(response.status, response.headers, response.read(limit))
        if len(answer.body) < limit:
            response.release_conn()
        else:
            response.close()
        return answer


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong at an address that is asked pinned."""
    try:
        yield
    except UnicodeError:
        raise SendFailed("fix_request", "This host has no name that can be looked up.") from None
    except (HTTPException, OSError) as error:
        raise SendFailed("retry", f"No answer: {type(error).__name__}.") from None


def may_reach(url: str) -> bool:
    """Whether `url` is https to a provider's own host on the usual port, and written plainly."""
    return is_plain(url) and (_is_provider(urlsplit(url).hostname or "") or url.startswith(BUCKET))


def is_plain(url: str) -> bool:
    """Whether `url` is https to some host on the usual port, and written plainly."""
    if not url.isascii() or not url.isprintable() or re.search(r"[\s\\]", url):
        return False
    try:
        parts = urlsplit(url)
        origin = _origin(parts)
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None or not url.startswith("https://"):
        return False
    return origin[0] == "https" and bool(origin[1]) and origin[2] == 443


def _is_provider(host: str) -> bool:
    return host in PROVIDERS or any(one.fullmatch(host) for one in FILES)


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _never_connected(error: Exception) -> bool:
    """Only what fails before the first byte of the request: refused, no such host, a wrong certificate."""
    if isinstance(error, SSLError):
        return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in error.args)
    return isinstance(error, NewConnectionError | ConnectTimeoutError)


@functools.cache
def client() -> Http:
    """The process's one client; in the stage "local" the fakes at PROVIDERS_URL stand for all providers."""
    return Http(os.environ.get("PROVIDERS_URL", "") if os.environ.get("STAGE") == "local" else "")
